from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .sequence_author import SequenceAuthor
from .sequence_config_type import SequenceConfigType
from .sequence_repository import SequenceRepository

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
        "author",
        "keywords",
        "args",
        "repository",
        "packageSize",
        "damaged",
        "container",
        "config",
    }
)


@define(repr=False)
class SequenceConfig(Model):
    """What the Hub knows of a package: fields of its `package.json` and where the Hub keeps it.

    Other fields of `package.json` may be passed on, so this object is open.

    Attributes:
        type: What runs its Instances.
        id: The id.
        name: From `package.json`, empty if it has none.
        version: From `package.json`, empty if it has none.
        engines: From `package.json`; versions of at most one language. A list there, as in old
            packages, becomes an object.
        entrypoint_path: `main` of `package.json`.
        sequence_dir: The folder of the package, as the runner sees it.
        language: What runs it; STH says `js` or `py`.
        description: The description.
        author: A name, or what `package.json` has in its place.
        keywords: From `package.json`; a text there is taken apart at its commas.
        args: From `package.json`; what `start` takes, described in any form.
        repository: From `package.json`.
        package_size: Bytes of the uploaded package.
        damaged: What of the stored package is not as it was uploaded; missing if all is. Such a
            Sequence cannot be started, but replaced and deleted.
        container: How the container is set up, where there is one.
        config: `scramjet.config` of `package.json`.
    """

    type: SequenceConfigType
    id: str
    name: str
    version: str
    engines: dict[str, str]
    entrypoint_path: str
    sequence_dir: str
    language: str | None = None
    description: str | None = None
    author: str | SequenceAuthor | None = None
    keywords: list[str] | None = None
    args: list[Any] | None = None
    repository: str | SequenceRepository | None = None
    package_size: int | None = None
    damaged: str | None = None
    container: dict[str, Any] | None = None
    config: dict[str, Any] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SequenceConfig:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        author = get("author")
        repository = get("repository")
        return cls(
            data["type"],
            data["id"],
            data["name"],
            data["version"],
            data["engines"],
            data["entrypointPath"],
            data["sequenceDir"],
            get("language"),
            get("description"),
            None if author is None else SequenceAuthor.from_dict(author) if isinstance(author, dict) else author,
            get("keywords"),
            get("args"),
            None
            if repository is None
            else SequenceRepository.from_dict(repository)
            if isinstance(repository, dict)
            else repository,
            get("packageSize"),
            get("damaged"),
            get("container"),
            get("config"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "type": self.type,
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "engines": self.engines,
            "entrypointPath": self.entrypoint_path,
            "sequenceDir": self.sequence_dir,
        }
        if self.language is not None:
            data["language"] = self.language
        if self.description is not None:
            data["description"] = self.description
        if self.author is not None:
            data["author"] = self.author.to_dict() if isinstance(self.author, SequenceAuthor) else self.author
        if self.keywords is not None:
            data["keywords"] = self.keywords
        if self.args is not None:
            data["args"] = self.args
        if self.repository is not None:
            data["repository"] = (
                self.repository.to_dict() if isinstance(self.repository, SequenceRepository) else self.repository
            )
        if self.package_size is not None:
            data["packageSize"] = self.package_size
        if self.damaged is not None:
            data["damaged"] = self.damaged
        if self.container is not None:
            data["container"] = self.container
        if self.config is not None:
            data["config"] = self.config
        return data


lazy_hints(globals(), {})
