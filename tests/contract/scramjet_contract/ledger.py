"""What a run has created on the Hub, and how it takes that away again: all of it, and nothing else."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import attrs

from scramjet_contract.api import Call
from scramjet_contract.wire import Deadline, WireError

if TYPE_CHECKING:
    from scramjet_contract.api import Api
    from scramjet_contract.names import Names


SWEEPING = 15.0
"""Seconds to try to delete what is ours."""


@attrs.define
class Ledger:
    """What is ours. Threads may share it.

    Attributes:
        names: The names of the run.
        sequences: Ids of Sequences that we created.
        instances: Ids of Instances that we started.
    """

    names: Names
    sequences: set[str] = attrs.field(factory=set)
    instances: set[str] = attrs.field(factory=set)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, repr=False)

    def add_sequence(self, key: str) -> str:
        """Note the id of a Sequence that we created, and return it."""
        with self._lock:
            self.sequences.add(key)
        return key

    def add_instance(self, key: str) -> str:
        """Note the id of an Instance that we started, and return it."""
        with self._lock:
            self.instances.add(key)
        return key

    def owns(self, key: object) -> bool:
        """Whether an id or a name is that of something of ours."""
        return self.names.owns(key) or key in self.sequences or key in self.instances

    def sweep(self, api: Api) -> list[str]:
        """Delete what is ours: kill Instances, delete Sequences and topics.

        The lists of the Hub are asked, not only our notes: an upload whose reply was lost is known by its name alone.

        Args:
            api: The Hub.

        Returns:
            What could not be deleted.
        """
        deadline = Deadline(SWEEPING)
        # A Hub that answers to no deletion must not keep us for ever.
        hurried = api.until(deadline)
        while True:
            self._kill_instances(hurried)
            self._delete_sequences(hurried)
            self._delete_topics(hurried)
            left = self._left(api)
            if not left or not deadline.left:
                return left
            # A Hub may take its time to let go of an Instance, and a Sequence in use cannot be deleted.
            time.sleep(0.2)

    def delete(self, api: Api, keys: set[str]) -> None:
        """Delete some of what is ours, Instances first.

        Args:
            api: The Hub.
            keys: Ids; those that are not ours are left alone.
        """
        for key in keys & self.instances:
            _quietly(api, Call(operation="killInstance", path={"id": key}, json={"removeImmediately": True}))
            self.instances.discard(key)
        for key in keys & self.sequences:
            headers = {"x-seq-kill-inst": "true"}
            _quietly(api, Call(operation="deleteSequence", path={"id": key}, json={}, headers=headers))
            self.sequences.discard(key)

    def _kill_instances(self, api: Api) -> None:
        mine = {item["id"] for item in _listed(api, "listInstances") if self._is_my_instance(item)}
        for key in mine | self.instances:
            _quietly(api, Call(operation="killInstance", path={"id": key}, json={"removeImmediately": True}))
            self.instances.discard(key)

    def _delete_sequences(self, api: Api) -> None:
        mine = {item["id"] for item in _listed(api, "listSequences") if self._is_my_sequence(item)}
        for key in mine | self.sequences:
            headers = {"x-seq-kill-inst": "true"}
            _quietly(api, Call(operation="deleteSequence", path={"id": key}, json={}, headers=headers))
            self.sequences.discard(key)

    def _delete_topics(self, api: Api) -> None:
        if "deleteTopic" not in api.operations:
            return
        for name in self._my_topics(api):
            _quietly(api, Call(operation="deleteTopic", path={"topic": name}, json={}))

    def _left(self, api: Api) -> list[str]:
        sequences = [f"Sequence {item['id']}" for item in _listed(api, "listSequences") if self._is_my_sequence(item)]
        instances = [f"Instance {item['id']}" for item in _listed(api, "listInstances") if self._lives(item)]
        topics = [f"topic {name}" for name in self._my_topics(api)] if "deleteTopic" in api.operations else []
        return sequences + instances + topics

    def _my_topics(self, api: Api) -> list[str]:
        names = (item.get("topic", item.get("name")) for item in _listed(api, "listTopics"))
        return [str(name) for name in names if self.names.owns(name)]

    def _is_my_sequence(self, item: dict[str, Any]) -> bool:
        return item["id"] in self.sequences or self._has_my_name(item)

    def _is_my_instance(self, item: dict[str, Any]) -> bool:
        sequence = item.get("sequence")
        if isinstance(sequence, dict):
            return item["id"] in self.instances or self._is_my_sequence(sequence)
        return item["id"] in self.instances or sequence in self.sequences

    def _lives(self, item: dict[str, Any]) -> bool:
        # What has ended goes by itself after a while; a Hub need not offer a way to hurry it.
        return self._is_my_instance(item) and item.get("status") not in ("completed", "errored", "gone")

    def _has_my_name(self, item: dict[str, Any]) -> bool:
        config = item.get("config") or {}
        return self.names.owns(item.get("name")) or self.names.owns(config.get("name"))


def names_on(api: Api) -> frozenset[str]:
    """The names of Sequences and topics that are on the Hub now."""
    sequences = _listed(api, "listSequences")
    topics = _listed(api, "listTopics")
    names = [item.get("name") for item in sequences] + [(item.get("config") or {}).get("name") for item in sequences]
    return frozenset(filter(None, names + [item.get("topic") for item in topics]))


def _listed(api: Api, operation: str) -> list[dict[str, Any]]:
    try:
        listed = api.call(Call(operation=operation)).json()
    except (WireError, ValueError):
        return []
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _quietly(api: Api, call: Call) -> None:
    try:
        api.call(call)
    except WireError:
        # What remains is reported by _left.
        return
