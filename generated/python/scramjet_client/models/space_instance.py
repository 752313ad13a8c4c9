from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, around_odd_dates, extras, format_datetime, parse_datetime
from .._runtime.hints import lazy_hints
from .instance_status import InstanceStatus
from .space_instance_sequence import SpaceInstanceSequence

_KNOWN: frozenset[str] = frozenset(
    {
        "id",
        "sequence",
        "instanceName",
        "appConfig",
        "args",
        "provides",
        "requires",
        "sequenceId",
        "hubId",
        "location",
        "created",
        "started",
        "ended",
        "status",
    }
)


@define(repr=False)
class SpaceInstance(Model):
    """An Instance as its Hub reported it to the Space, and where it runs.

    Open, as Spaces pass on what Hubs report.

    Attributes:
        id: The id.
        sequence: The Sequence it was started from; older Hubs give its id alone.
        instance_name: The instance name.
        app_config: The configuration of an Instance, which the Sequence reads as `context.config`.
        args: The args.
        provides: The provides.
        requires: The requires.
        sequence_id: The id of the Sequence.
        hub_id: The hub id.
        location: The id of the Hub that runs it.
        created: None if the server sends no date there; `additional_properties` has it then.
        started: None if the server sends no date there; `additional_properties` has it then.
        ended: None if the server sends no date there; `additional_properties` has it then.
        status: Where an Instance is in its life. It goes from left to right and never back:
            `initializing`, `starting`, `running`, then `stopping` after `_stop` or `killing` after
            `_kill`, and ends as `completed` or `errored`. `gone` is one of which the Hub has lost
            sight.
    """

    id: str
    sequence: str | SpaceInstanceSequence
    instance_name: str | None = None
    app_config: dict[str, Any] | None = None
    args: list[Any] | None = None
    provides: str | None = None
    requires: str | None = None
    sequence_id: str | None = None
    hub_id: str | None = None
    location: str | None = None
    created: datetime.datetime | None = None
    started: datetime.datetime | None = None
    ended: datetime.datetime | None = None
    status: InstanceStatus | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceInstance:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        sequence = data["sequence"]
        created = get("created")
        started = get("started")
        ended = get("ended")
        try:
            return cls(
                data["id"],
                SpaceInstanceSequence.from_dict(sequence) if isinstance(sequence, dict) else sequence,
                get("instanceName"),
                get("appConfig"),
                get("args"),
                get("provides"),
                get("requires"),
                get("sequenceId"),
                get("hubId"),
                get("location"),
                None if created is None else parse_datetime(created),
                None if started is None else parse_datetime(started),
                None if ended is None else parse_datetime(ended),
                get("status"),
                NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
            )
        except (TypeError, ValueError):
            return around_odd_dates(cls.from_dict, data, ["created", "started", "ended"])

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "sequence": self.sequence.to_dict() if isinstance(self.sequence, SpaceInstanceSequence) else self.sequence,
        }
        if self.instance_name is not None:
            data["instanceName"] = self.instance_name
        if self.app_config is not None:
            data["appConfig"] = self.app_config
        if self.args is not None:
            data["args"] = self.args
        if self.provides is not None:
            data["provides"] = self.provides
        if self.requires is not None:
            data["requires"] = self.requires
        if self.sequence_id is not None:
            data["sequenceId"] = self.sequence_id
        if self.hub_id is not None:
            data["hubId"] = self.hub_id
        if self.location is not None:
            data["location"] = self.location
        if self.created is not None:
            data["created"] = format_datetime(self.created)
        if self.started is not None:
            data["started"] = format_datetime(self.started)
        if self.ended is not None:
            data["ended"] = format_datetime(self.ended)
        if self.status is not None:
            data["status"] = self.status
        return data


lazy_hints(globals(), {})
