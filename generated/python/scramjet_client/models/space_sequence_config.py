from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset(
    {
        "type",
        "id",
        "name",
        "version",
        "engines",
        "entrypointPath",
        "sequenceDir",
        "language",
        "description",
        "packageSize",
        "_filename",
        "_fileId",
    }
)


@define(repr=False)
class SpaceSequenceConfig(Model):
    """What is known of a package, as `SequenceConfig` at a Hub and `StoreItem` in the store.

    Attributes:
        type: What runs its Instances; not of packages in the store.
        id: The id.
        name: The name.
        version: The version.
        engines: From `package.json`; versions of at most one language. A list there, as in old
            packages, becomes an object.
        entrypoint_path: The entrypoint path.
        sequence_dir: The sequence dir.
        language: The language.
        description: The description.
        package_size: Bytes.
        filename: The file name of a package in the store.
        file_id: The id of a package in the store.
    """

    type: str | None = None
    id: str | None = None
    name: str | None = None
    version: str | None = None
    engines: dict[str, str] | None = None
    entrypoint_path: str | None = None
    sequence_dir: str | None = None
    language: str | None = None
    description: str | None = None
    package_size: int | None = None
    filename: str | None = None
    file_id: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceSequenceConfig:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            get("type"),
            get("id"),
            get("name"),
            get("version"),
            get("engines"),
            get("entrypointPath"),
            get("sequenceDir"),
            get("language"),
            get("description"),
            get("packageSize"),
            get("_filename"),
            get("_fileId"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.type is not None:
            data["type"] = self.type
        if self.id is not None:
            data["id"] = self.id
        if self.name is not None:
            data["name"] = self.name
        if self.version is not None:
            data["version"] = self.version
        if self.engines is not None:
            data["engines"] = self.engines
        if self.entrypoint_path is not None:
            data["entrypointPath"] = self.entrypoint_path
        if self.sequence_dir is not None:
            data["sequenceDir"] = self.sequence_dir
        if self.language is not None:
            data["language"] = self.language
        if self.description is not None:
            data["description"] = self.description
        if self.package_size is not None:
            data["packageSize"] = self.package_size
        if self.filename is not None:
            data["_filename"] = self.filename
        if self.file_id is not None:
            data["_fileId"] = self.file_id
        return data


lazy_hints(globals(), {})
