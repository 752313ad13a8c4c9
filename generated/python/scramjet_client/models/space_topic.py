from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .topic_actor import TopicActor

_KNOWN: frozenset[str] = frozenset({"name", "contentType", "actors"})


@define(repr=False)
class SpaceTopic(Model):
    """A topic of a Space and who takes part in it.

    Attributes:
        name: Letters, digits, `_`, `+` and `-`.
        content_type: The Space passes on what it was told; besides the four types of a Hub,
            `application/json` has been seen.
        actors: The actors.
    """

    name: str
    content_type: str
    actors: list[TopicActor]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceTopic:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        actors = data["actors"]
        return cls(
            data["name"],
            data["contentType"],
            [TopicActor.from_dict(item) for item in actors],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "name": self.name,
            "contentType": self.content_type,
            "actors": [item.to_dict() for item in self.actors],
        }
        return data


lazy_hints(globals(), {})
