from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .instance import Instance
from .sequence import Sequence
from .topic import Topic

_KNOWN: frozenset[str] = frozenset({"sequences", "instances", "topics"})


@define(repr=False)
class Entities(Model):
    """All that a Hub holds.

    Attributes:
        sequences: The sequences.
        instances: The instances.
        topics: The topics.
    """

    sequences: list[Sequence]
    instances: list[Instance]
    topics: list[Topic] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Entities:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        sequences = data["sequences"]
        instances = data["instances"]
        topics = get("topics")
        return cls(
            [Sequence.from_dict(item) for item in sequences],
            [Instance.from_dict(item) for item in instances],
            None if topics is None else [Topic.from_dict(item) for item in topics],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "sequences": [item.to_dict() for item in self.sequences],
            "instances": [item.to_dict() for item in self.instances],
        }
        if self.topics is not None:
            data["topics"] = [item.to_dict() for item in self.topics]
        return data


lazy_hints(globals(), {})
