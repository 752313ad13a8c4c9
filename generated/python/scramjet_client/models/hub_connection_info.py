from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, around_odd_dates, extras, format_datetime, parse_datetime
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"created", "lastConnected", "lastDisconnected"})


@define(repr=False)
class HubConnectionInfo(Model):
    """When the Hub was registered and last seen.

    Attributes:
        created: None if the server sends no date there; `additional_properties` has it then.
        last_connected: None if the server sends no date there; `additional_properties` has it then.
        last_disconnected: None if the server sends no date there; `additional_properties` has it then.
    """

    created: datetime.datetime | None = None
    last_connected: datetime.datetime | None = None
    last_disconnected: datetime.datetime | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HubConnectionInfo:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        created = get("created")
        last_connected = get("lastConnected")
        last_disconnected = get("lastDisconnected")
        try:
            return cls(
                None if created is None else parse_datetime(created),
                None if last_connected is None else parse_datetime(last_connected),
                None if last_disconnected is None else parse_datetime(last_disconnected),
                NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
            )
        except (TypeError, ValueError):
            return around_odd_dates(cls.from_dict, data, ["created", "lastConnected", "lastDisconnected"])

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.created is not None:
            data["created"] = format_datetime(self.created)
        if self.last_connected is not None:
            data["lastConnected"] = format_datetime(self.last_connected)
        if self.last_disconnected is not None:
            data["lastDisconnected"] = format_datetime(self.last_disconnected)
        return data


lazy_hints(globals(), {})
