from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .space_sequence_config import SpaceSequenceConfig

_KNOWN: frozenset[str] = frozenset({"id", "config", "location", "instances", "name"})


@define(repr=False)
class SpaceSequence(Model):
    """A Sequence of a Hub, or a package of the store, as a Space lists it.

    Attributes:
        id: The id.
        config: What is known of a package, as `SequenceConfig` at a Hub and `StoreItem` in the store.
        location: The id of the Hub that keeps it, or `store`.
        instances: Ids of its Instances.
        name: The alias given at upload to the Hub.
    """

    id: str
    config: SpaceSequenceConfig
    location: str
    instances: list[str]
    name: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceSequence:
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
            SpaceSequenceConfig.from_dict(config),
            data["location"],
            data["instances"],
            get("name"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "config": self.config.to_dict(),
            "location": self.location,
            "instances": self.instances,
        }
        if self.name is not None:
            data["name"] = self.name
        return data


lazy_hints(globals(), {})
