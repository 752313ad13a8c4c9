from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset(
    {
        "id",
        "_filename",
        "name",
        "version",
        "engines",
        "entrypointPath",
        "description",
        "language",
        "packageSize",
        "sequenceDir",
        "_fileId",
        "etag",
        "versionId",
    }
)


@define(repr=False)
class StoreItem(Model):
    """A package in the Space's store, with what is known of it from its `package.json`.

    Open, as `SequenceConfig` is.

    Attributes:
        id: Created by the Space.
        filename: The name by which it is fetched and deleted.
        name: The name.
        version: The version.
        engines: From `package.json`; versions of at most one language. A list there, as in old
            packages, becomes an object.
        entrypoint_path: The entrypoint path.
        description: The description.
        language: The language.
        package_size: Bytes. Older Spaces count the head of the upload's request too.
        sequence_dir: Empty, as no Hub has unpacked it.
        file_id: The same as `id`.
        etag: A checksum of the stored file; in the reply to an upload only.
        version_id: The version of the stored file; in the reply to an upload only.
    """

    id: str
    filename: str
    name: str | None = None
    version: str | None = None
    engines: dict[str, str] | None = None
    entrypoint_path: str | None = None
    description: str | None = None
    language: str | None = None
    package_size: int | None = None
    sequence_dir: str | None = None
    file_id: str | None = None
    etag: str | None = None
    version_id: str | None = None
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
            data["_filename"],
            get("name"),
            get("version"),
            get("engines"),
            get("entrypointPath"),
            get("description"),
            get("language"),
            get("packageSize"),
            get("sequenceDir"),
            get("_fileId"),
            get("etag"),
            get("versionId"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "id": self.id, "_filename": self.filename}
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
        if self.language is not None:
            data["language"] = self.language
        if self.package_size is not None:
            data["packageSize"] = self.package_size
        if self.sequence_dir is not None:
            data["sequenceDir"] = self.sequence_dir
        if self.file_id is not None:
            data["_fileId"] = self.file_id
        if self.etag is not None:
            data["etag"] = self.etag
        if self.version_id is not None:
            data["versionId"] = self.version_id
        return data


lazy_hints(globals(), {})
