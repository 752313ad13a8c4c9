from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .sequence_config import SequenceConfig

_KNOWN: frozenset[str] = frozenset({"id", "config", "instances", "name", "location"})


@define(repr=False)
class Sequence(Model):
    """A program that a Hub keeps, ready to be started.

    Attributes:
        id: The id.
        config: What the Hub knows of a package: fields of its `package.json` and where the Hub keeps
            it. Other fields of `package.json` may be passed on, so this object is open.
        instances: Ids of its Instances that have not finished.
        name: The alias given with `x-name` at upload.
        location: The id of the Hub that keeps it.
    """

    id: str
    config: SequenceConfig
    instances: list[str]
    name: str | None = None
    location: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Sequence:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        config = data["config"]
        return cls(
            data["id"],
            SequenceConfig.from_dict(config),
            data["instances"],
            get("name"),
            get("location"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "config": self.config.to_dict(),
            "instances": self.instances,
        }
        if self.name is not None:
            data["name"] = self.name
        if self.location is not None:
            data["location"] = self.location
        return data


lazy_hints(globals(), {})
