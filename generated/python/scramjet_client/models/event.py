from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"eventName", "message"})


@define(repr=False)
class Event(Model):
    """An event that an Instance has sent.

    Attributes:
        event_name: The event name.
        message: What came with it; left out if nothing did.
    """

    event_name: str
    message: Any = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Event:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(data["eventName"], get("message"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "eventName": self.event_name}
        if self.message is not None:
            data["message"] = self.message
        return data


lazy_hints(globals(), {})
