from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"fs", "size", "used", "available", "use", "type", "mount"})


@define(repr=False)
class FileSystem(Model):
    """How full a file system is.

    Attributes:
        fs: The device, or the path that was looked at.
        size: Bytes.
        used: Bytes.
        available: Bytes.
        use: How much of it is used, in percent.
        type: The type.
        mount: The mount.
    """

    fs: str
    size: int
    used: int
    available: int
    use: float
    type: str | None = None
    mount: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FileSystem:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["fs"],
            data["size"],
            data["used"],
            data["available"],
            data["use"],
            get("type"),
            get("mount"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "fs": self.fs,
            "size": self.size,
            "used": self.used,
            "available": self.available,
            "use": self.use,
        }
        if self.type is not None:
            data["type"] = self.type
        if self.mount is not None:
            data["mount"] = self.mount
        return data


lazy_hints(globals(), {})
