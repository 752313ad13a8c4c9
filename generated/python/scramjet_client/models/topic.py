from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .listed_topic_content_type import ListedTopicContentType

_KNOWN: frozenset[str] = frozenset({"topic", "contentType", "topicName", "localProvider"})


@define(repr=False)
class Topic(Model):
    """A named stream within a Hub.

    Attributes:
        topic: Letters, digits, `_`, `+` and `-`.
        content_type: As TopicContentType; empty in older Hubs until the type has been set.
        topic_name: Letters, digits, `_`, `+` and `-`.
        local_provider: The id of the Instance that feeds it; empty or left out if none does.
    """

    topic: str
    content_type: ListedTopicContentType
    topic_name: str | None = None
    local_provider: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Topic:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["topic"],
            data["contentType"],
            get("topicName"),
            get("localProvider"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "topic": self.topic, "contentType": self.content_type}
        if self.topic_name is not None:
            data["topicName"] = self.topic_name
        if self.local_provider is not None:
            data["localProvider"] = self.local_provider
        return data


lazy_hints(globals(), {})
