from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .topic_actor_role import TopicActorRole
from .topic_actor_type import TopicActorType

_KNOWN: frozenset[str] = frozenset({"role", "type", "stream", "retired", "hostId"})


@define(repr=False)
class TopicActor(Model):
    """TopicActor.

    Attributes:
        role: The role.
        type: What takes part; `host` is a Hub, `api` a client of the Space.
        stream: Whether its stream is open.
        retired: Whether its stream has ended; it is removed moments later.
        host_id: The host id.
    """

    role: TopicActorRole
    type: TopicActorType
    stream: bool
    retired: bool
    host_id: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TopicActor:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["role"],
            data["type"],
            data["stream"],
            data["retired"],
            get("hostId"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "role": self.role,
            "type": self.type,
            "stream": self.stream,
            "retired": self.retired,
        }
        if self.host_id is not None:
            data["hostId"] = self.host_id
        return data


lazy_hints(globals(), {})
