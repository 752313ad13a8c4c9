from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"id", "name", "version", "engines", "entrypointPath", "description", "packageSize"})


@define(repr=False)
class StoreItem(Model):
    """A package in the Space's store, with what is known of it from its `package.json`.

    Open, as `SequenceConfig` is.

    Attributes:
        id: The id.
        name: The name.
        version: The version.
        engines: From `package.json`; versions of at most one language. A list there, as in old
            packages, becomes an object.
        entrypoint_path: The entrypoint path.
        description: The description.
        package_size: Bytes.
    """

    id: str
    name: str | None = None
    version: str | None = None
    engines: dict[str, str] | None = None
    entrypoint_path: str | None = None
    description: str | None = None
    package_size: int | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> StoreItem:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["id"],
            get("name"),
            get("version"),
            get("engines"),
            get("entrypointPath"),
            get("description"),
            get("packageSize"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "id": self.id}
        if self.name is not None:
            data["name"] = self.name
        if self.version is not None:
            data["version"] = self.version
        if self.engines is not None:
            data["engines"] = self.engines
        if self.entrypoint_path is not None:
            data["entrypointPath"] = self.entrypoint_path
        if self.description is not None:
            data["description"] = self.description
        if self.package_size is not None:
            data["packageSize"] = self.package_size
        return data


lazy_hints(globals(), {})
