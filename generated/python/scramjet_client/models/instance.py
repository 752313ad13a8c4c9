from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, around_odd_dates, extras, format_datetime, parse_datetime
from .._runtime.hints import lazy_hints
from .instance_status import InstanceStatus
from .limits import Limits
from .started_sequence import StartedSequence
from .terminated import Terminated

_KNOWN: frozenset[str] = frozenset(
    {
        "id",
        "sequence",
        "instanceName",
        "appConfig",
        "args",
        "provides",
        "requires",
        "ports",
        "created",
        "started",
        "ended",
        "status",
        "terminated",
        "limits",
        "sequenceArgs",
        "sequenceInfo",
    }
)


@define(repr=False)
class Instance(Model):
    """A running, or lately finished, Sequence.

    Attributes:
        id: The id.
        sequence: The Sequence it was started from; older Hubs give its id alone.
        instance_name: The name given at start. Since Hub 2.0.
        app_config: The configuration of an Instance, which the Sequence reads as `context.config`.
        args: The args.
        provides: The topic that its output feeds; empty or left out if there is none.
        requires: The topic that feeds its input; empty or left out if there is none.
        ports: Ports that an Instance has open, by name.
        created: None if the server sends no date there; `additional_properties` has it then.
        started: None if the server sends no date there; `additional_properties` has it then.
        ended: None if the server sends no date there; `additional_properties` has it then.
        status: Where an Instance is in its life. It goes from left to right and never back:
            `initializing`, `starting`, `running`, then `stopping` after `_stop` or `killing` after
            `_kill`, and ends as `completed` or `errored`. `gone` is one of which the Hub has lost
            sight.
        terminated: How an Instance ended.
        limits: What an Instance may use at most.
        sequence_args: `args`, as older Hubs call it.
        sequence_info: The Sequence as an Instance shows it.
    """

    id: str
    sequence: str | StartedSequence
    instance_name: str | None = None
    app_config: dict[str, Any] | None = None
    args: list[Any] | None = None
    provides: str | None = None
    requires: str | None = None
    ports: dict[str, Any] | None = None
    created: datetime.datetime | None = None
    started: datetime.datetime | None = None
    ended: datetime.datetime | None = None
    status: InstanceStatus | None = None
    terminated: Terminated | None = None
    limits: Limits | None = None
    sequence_args: list[Any] | None = None
    sequence_info: StartedSequence | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Instance:
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
        terminated = get("terminated")
        limits = get("limits")
        sequence_info = get("sequenceInfo")
        try:
            return cls(
                data["id"],
                StartedSequence.from_dict(sequence) if isinstance(sequence, dict) else sequence,
                get("instanceName"),
                get("appConfig"),
                get("args"),
                get("provides"),
                get("requires"),
                get("ports"),
                None if created is None else parse_datetime(created),
                None if started is None else parse_datetime(started),
                None if ended is None else parse_datetime(ended),
                get("status"),
                None if terminated is None else Terminated.from_dict(terminated),
                None if limits is None else Limits.from_dict(limits),
                get("sequenceArgs"),
                None if sequence_info is None else StartedSequence.from_dict(sequence_info),
                NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
            )
        except (TypeError, ValueError):
            return around_odd_dates(cls.from_dict, data, ["created", "started", "ended"])

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "sequence": self.sequence.to_dict() if isinstance(self.sequence, StartedSequence) else self.sequence,
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
        if self.ports is not None:
            data["ports"] = self.ports
        if self.created is not None:
            data["created"] = format_datetime(self.created)
        if self.started is not None:
            data["started"] = format_datetime(self.started)
        if self.ended is not None:
            data["ended"] = format_datetime(self.ended)
        if self.status is not None:
            data["status"] = self.status
        if self.terminated is not None:
            data["terminated"] = self.terminated.to_dict()
        if self.limits is not None:
            data["limits"] = self.limits.to_dict()
        if self.sequence_args is not None:
            data["sequenceArgs"] = self.sequence_args
        if self.sequence_info is not None:
            data["sequenceInfo"] = self.sequence_info.to_dict()
        return data


lazy_hints(globals(), {})
