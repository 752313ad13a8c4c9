from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"hubs", "topics", "sequences", "instances"})


@define(repr=False)
class SpaceEntities(Model):
    """Ids of all that a Space holds.

    Attributes:
        hubs: The hubs.
        topics: The topics.
        sequences: The sequences.
        instances: The instances.
    """

    hubs: list[str]
    topics: list[str]
    sequences: list[str]
    instances: list[str]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceEntities:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(
            data["hubs"],
            data["topics"],
            data["sequences"],
            data["instances"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "hubs": self.hubs,
            "topics": self.topics,
            "sequences": self.sequences,
            "instances": self.instances,
        }
        return data


lazy_hints(globals(), {})
