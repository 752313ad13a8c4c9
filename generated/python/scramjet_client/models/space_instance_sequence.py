from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .space_sequence_config import SpaceSequenceConfig

_KNOWN: frozenset[str] = frozenset({"id", "name", "config", "location", "instances"})


@define(repr=False)
class SpaceInstanceSequence(Model):
    """The Sequence of an Instance.

    Open, as Spaces pass on what Hubs report.

    Attributes:
        id: The id.
        name: The name.
        config: What is known of a package, as `SequenceConfig` at a Hub and `StoreItem` in the store.
        location: The id of the Hub that keeps it.
        instances: The instances.
    """

    id: str
    name: str | None = None
    config: SpaceSequenceConfig | None = None
    location: str | None = None
    instances: list[str] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceInstanceSequence:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        config = get("config")
        return cls(
            data["id"],
            get("name"),
            None if config is None else SpaceSequenceConfig.from_dict(config),
            get("location"),
            get("instances"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "id": self.id}
        if self.name is not None:
            data["name"] = self.name
        if self.config is not None:
            data["config"] = self.config.to_dict()
        if self.location is not None:
            data["location"] = self.location
        if self.instances is not None:
            data["instances"] = self.instances
        return data


lazy_hints(globals(), {})
