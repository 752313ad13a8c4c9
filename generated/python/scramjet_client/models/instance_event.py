from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, around_odd_dates, extras, format_datetime, parse_datetime
from .._runtime.hints import lazy_hints
from .instance_event_type import InstanceEventType

_KNOWN: frozenset[str] = frozenset({"id", "type", "message", "metadata", "when", "instance_id"})


@define(repr=False)
class InstanceEvent(Model):
    """Something that happened to an Instance.

    Attributes:
        id: Its id, and the cursor after which a stream goes on. Larger, as a number, than those of all
            events before it.
        type: What happened: an Instance was `created`, its runner `started`, its `status` or its
            `health` changed, `topics` were tied to it, it was asked to `stop`, or was told to end
            (`kill`), it `ended`, or a start was refused (`start_refused`). In streams, a `bookmark`
            tells of no event but moves the cursor on: everything until its `id` has been sent.
        message: What happened, for people.
        metadata: What happened, for programs: `sequence` and `instanceName` (created, start_refused),
            `status` and `previous` (status), `healthy` (health), `requires` or `provides` (topics),
            `timeout` in milliseconds (stop), `reason` (kill, ended), `exitcode` and `status` (ended).
        when: When it happened. None if the server sends no date there; `additional_properties` has it
            then.
        instance_id: The Instance. Left out where a start was refused that chose no id.
    """

    id: str
    type: InstanceEventType
    message: str
    metadata: dict[str, Any]
    when: datetime.datetime | None = None
    instance_id: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> InstanceEvent:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        when = get("when")
        try:
            return cls(
                data["id"],
                data["type"],
                data["message"],
                data["metadata"],
                None if when is None else parse_datetime(when),
                get("instance_id"),
                NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
            )
        except (TypeError, ValueError):
            return around_odd_dates(cls.from_dict, data, ["when"])

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "type": self.type,
            "message": self.message,
            "metadata": self.metadata,
        }
        if self.when is not None:
            data["when"] = format_datetime(self.when)
        if self.instance_id is not None:
            data["instance_id"] = self.instance_id
        return data


lazy_hints(globals(), {})
