from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .topic_content_type import TopicContentType
from .topic_created_state import TopicCreatedState
from .topic_origin import TopicOrigin

_KNOWN: frozenset[str] = frozenset({"id", "origin", "state", "contentType"})


@define(repr=False)
class TopicCreated(Model):
    """TopicCreated.

    Attributes:
        id: Letters, digits, `_`, `+` and `-`.
        origin: Where a topic was made.
        state: `flowing` for a new topic.
        content_type: What a topic can carry. The two ndjson types mean the same and still differ when
            they are compared.
    """

    id: str
    origin: TopicOrigin
    state: TopicCreatedState
    content_type: TopicContentType
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TopicCreated:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        origin = data["origin"]
        return cls(
            data["id"],
            TopicOrigin.from_dict(origin),
            data["state"],
            data["contentType"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "origin": self.origin.to_dict(),
            "state": self.state,
            "contentType": self.content_type,
        }
        return data


lazy_hints(globals(), {})
