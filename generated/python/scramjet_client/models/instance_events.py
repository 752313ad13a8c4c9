from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .instance_event import InstanceEvent
from .list_order import ListOrder

_KNOWN: frozenset[str] = frozenset({"events", "limit", "offset", "order", "has_next"})


@define(repr=False)
class InstanceEvents(Model):
    """A page of the history.

    Attributes:
        events: The events.
        limit: How many there are at most on this page.
        offset: How many were left out before it.
        order: The order of a list by time, `asc` with the oldest or `desc` with the newest first.
        has_next: Whether there are more after this page.
    """

    events: list[InstanceEvent]
    limit: int
    offset: int
    order: ListOrder
    has_next: bool
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> InstanceEvents:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        events = data["events"]
        return cls(
            [InstanceEvent.from_dict(item) for item in events],
            data["limit"],
            data["offset"],
            data["order"],
            data["has_next"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "events": [item.to_dict() for item in self.events],
            "limit": self.limit,
            "offset": self.offset,
            "order": self.order,
            "has_next": self.has_next,
        }
        return data


lazy_hints(globals(), {})
