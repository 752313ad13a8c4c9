"""A Hub in the list of its Space: what it told, and how it is connected."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from scramjet_serving.errors import Full

from scramjet_space.hubs import events

if TYPE_CHECKING:
    from scramjet_space.hubs.hub import Hub
    from scramjet_space.state.records import HubRecord

Json: TypeAlias = dict[str, Any]


class HubEntry:
    """A Hub that is, was or will be connected.

    Args:
        record: What is kept of it.
        most: The maximum number of Sequences, Instances or topics that it may report.

    Attributes:
        record: What is kept of it.
        hub: Its connection; None if it has none.
        heard: When it last reported its load, on the clock of the event loop.
        load: Its load, as it reported it.
        sequences: Its Sequences by id, as it reported them.
        instances: Its Instances by id.
        topics: The names of its topics.
    """

    def __init__(self, record: HubRecord, most: int) -> None:
        self.record = record
        self.hub: Hub | None = None
        self.heard = float("-inf")
        self._most = most
        self.forget()

    @property
    def id(self) -> str:
        """Its id."""
        return self.record.id

    def forget(self) -> None:
        """Forget what it told: it tells all of it again after it has connected."""
        self.load: Json = {}
        self.sequences: dict[str, Json] = {}
        self.instances: dict[str, Json] = {}
        self.topics: dict[str, None] = {}

    def take(self, event: events.HubEvent) -> None:
        """Take over what the Hub tells.

        Raises:
            Full: It tells of too many things.
        """
        match event:
            case events.LoadReported(load):
                self.load = load
            case events.SequencesReported(sequences):
                self.sequences = {sequence["id"]: sequence for sequence in sequences}
            case events.SequenceChanged():
                self._change_sequence(event)
            case events.InstancesReported(instances):
                self.instances = {instance["id"]: instance for instance in instances}
            case events.InstanceChanged():
                self._change_instance(event)
            case events.TopicChanged():
                self._change_topic(event)
            case events.NetworkReported():
                pass
        for what, found in (("Sequences", self.sequences), ("Instances", self.instances), ("topics", self.topics)):
            if len(found) > self._most:
                raise Full(f"Hub {self.id} reports more than {self._most} {what}")

    def _change_sequence(self, event: events.SequenceChanged) -> None:
        if event.deleted:
            self.sequences.pop(event.id, None)
        else:
            known = self.sequences.get(event.id, {"id": event.id, "instances": []})
            self.sequences[event.id] = {**known, "config": event.config or known.get("config", {})}

    def _change_instance(self, event: events.InstanceChanged) -> None:
        instance_id = event.instance["id"]
        sequence = self.sequences.get(sequence_id(event.instance), {})
        ids = [known for known in sequence.get("instances", []) if known != instance_id]
        if event.ended:
            self.instances.pop(instance_id, None)
        else:
            self.instances[instance_id] = {**self.instances.get(instance_id, {}), **event.instance}
            ids.append(instance_id)
        if sequence:
            sequence["instances"] = ids

    def _change_topic(self, event: events.TopicChanged) -> None:
        if event.removed:
            self.topics.pop(event.name, None)
        else:
            self.topics[event.name] = None

    def is_healthy(self, now: float, timeout: float) -> bool:
        """Return whether it is connected and was heard lately.

        Args:
            now: The time on the clock of the event loop.
            timeout: How long it may say nothing, in seconds.
        """
        return self.hub is not None and now - self.heard <= timeout

    def summary(self, *, healthy: bool) -> Json:
        """Return the Hub in the form of `GET /sth/{hub}/info`."""
        record = self.record
        info = {
            "created": timestamp(record.created),
            "lastConnected": timestamp(record.connected),
            "lastDisconnected": timestamp(record.disconnected),
        }
        shown: Json = {
            "id": record.id,
            "info": {name: value for name, value in info.items() if value is not None},
            "healthy": healthy,
            "selfHosted": record.self_hosted,
            "isConnectionActive": self.hub is not None,
            "tags": list(record.tags),
        }
        if record.description:
            shown["description"] = record.description
        if record.reason and self.hub is None:
            shown["disconnectReason"] = record.reason
        return shown

    def whole(self, *, healthy: bool) -> Json:
        """Return the Hub in the form of `GET /list`."""
        held = {"topics": list(self.topics), "sequences": list(self.sequences), "instances": list(self.instances)}
        return {**self.summary(healthy=healthy), **held}


def sequence_id(instance: Json) -> str:
    """Return the id of the Sequence of an Instance, of which older Hubs report no more."""
    sequence = instance.get("sequence", "")
    return str(sequence.get("id", "")) if isinstance(sequence, dict) else str(sequence)


def timestamp(milliseconds: int | None) -> str | None:
    """Return a time in the form of the API."""
    if milliseconds is None:
        return None
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
