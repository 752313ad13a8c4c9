from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"url", "type", "directory"})


@define(repr=False)
class SequenceRepository(Model):
    """SequenceRepository.

    Attributes:
        url: The url.
        type: The type.
        directory: The directory.
    """

    url: str
    type: str | None = None
    directory: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SequenceRepository:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["url"], get("type"), get("directory"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN)
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "url": self.url}
        if self.type is not None:
            data["type"] = self.type
        if self.directory is not None:
            data["directory"] = self.directory
        return data


lazy_hints(globals(), {})
