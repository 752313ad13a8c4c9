"""Records everything that a run creates on the Hub, and deletes it again: all of it, and nothing else."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import attrs

from scramjet_contract.api import Call, NotServed
from scramjet_contract.listed import key_of, names_of, sequence_of, things, topic_of
from scramjet_contract.wire import Deadline, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scramjet_contract.api import Api
    from scramjet_contract.listed import Thing
    from scramjet_contract.names import Names


SWEEPING = 15.0
"""Seconds to try to delete what the run created."""
LOOKING = 6.0
"""Seconds to look for what is left."""
GONE = (200, 202, 204, 404)
"""Replies to a deletion after which nothing is left to do."""
ENDED = (*GONE, 400)
"""The same for a kill: 400 means that the Instance has ended already."""


@attrs.define
class Ledger:
    """The record of what a run created. Thread-safe.

    Attributes:
        names: The names of the run.
        sequences: Ids of Sequences that we created.
        instances: Ids of Instances that we started.
        topics: Names of topics that our requests may have created.
        looked: Whether the Hub's lists could be read at the last look for what is left; if not, this record is used.
        taken: Ids of ours that a check or the clean-up has deleted or killed since.
    """

    names: Names
    sequences: set[str] = attrs.field(factory=set)
    instances: set[str] = attrs.field(factory=set)
    topics: set[str] = attrs.field(factory=set)
    looked: bool = False
    taken: set[str] = attrs.field(factory=set)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, repr=False)

    def add_sequence(self, key: str) -> str:
        """Record the id of a Sequence that we created, and return it."""
        with self._lock:
            self.sequences.add(key)
        return key

    def add_instance(self, key: str) -> str:
        """Record the id of an Instance that we started, and return it."""
        with self._lock:
            self.instances.add(key)
        return key

    def add_topic(self, name: str) -> str:
        """Record the name of a topic that one of our requests may create, and return it."""
        with self._lock:
            self.topics.add(name)
        return name

    def take(self, keys: Iterable[str]) -> None:
        """Record that these were deleted or killed, so that their absence is no fault of the Hub."""
        with self._lock:
            self.taken.update(keys)

    def owns(self, key: object) -> bool:
        """Return whether an id or a name is one of ours."""
        return self.names.owns(key) or key in self.sequences or key in self.instances

    def sweep(self, api: Api) -> list[str]:
        """Delete everything of ours: kill Instances, delete Sequences and topics. Tries each in any case.

        Also uses the lists of the Hub, because an upload whose reply was lost is known by its name alone. Where there
        is no list, the record shows what was not seen to go.

        Args:
            api: The Hub.

        Returns:
            What is known to be left, by kind and id or name.
        """
        deadline = Deadline(SWEEPING)
        # A Hub that answers no deletion must not block us forever.
        hurried = api.until(deadline)
        while True:
            self._note_sequences(hurried)
            self._kill_instances(hurried)
            self._delete_sequences(hurried)
            self._delete_topics(hurried)
            left = self._left(api.until(Deadline(LOOKING)))
            if not left or not deadline.left:
                return left
            # A Hub may release an Instance late, and a Sequence in use cannot be deleted.
            time.sleep(0.2)

    def delete(self, api: Api, keys: set[str]) -> None:
        """Delete some of what is ours, Instances first.

        Args:
            api: The Hub.
            keys: Ids; ids that are not ours are ignored.
        """
        for key in keys & self.instances:
            self._kill(api, key)
        for key in keys & self.sequences:
            self._delete_sequence(api, key)

    def _note_sequences(self, api: Api) -> None:
        # An Instance may give only the id of its Sequence.
        for key in _keys(filter(self._is_my_sequence, things(api, "listSequences") or [])):
            self.add_sequence(key)

    def _kill_instances(self, api: Api) -> None:
        listed = things(api, "listInstances") or []
        for key in _keys(filter(self._is_my_instance, listed)) | set(self.instances):
            self._kill(api, key)

    def _delete_sequences(self, api: Api) -> None:
        for key in set(self.sequences):
            self._delete_sequence(api, key)

    def _delete_topics(self, api: Api) -> None:
        if "deleteTopic" not in api.operations:
            return
        listed = self._my_topics(api)
        for name in set(self.topics) if listed is None else listed:
            if reply_to(api, Call(operation="deleteTopic", path={"topic": name}, json={})) in GONE:
                self.topics.discard(name)

    def _kill(self, api: Api, key: str) -> None:
        if reply_to(api, Call(operation="killInstance", path={"id": key}, json={"removeImmediately": True})) in ENDED:
            self.instances.discard(key)
            self.take([key])

    def _delete_sequence(self, api: Api, key: str) -> None:
        headers = {"x-seq-kill-inst": "true"}
        if reply_to(api, Call(operation="deleteSequence", path={"id": key}, json={}, headers=headers)) in GONE:
            self.sequences.discard(key)
            self.take([key])

    def _left(self, api: Api) -> list[str]:
        sequences, instances = things(api, "listSequences"), things(api, "listInstances")
        topics = self._my_topics(api)
        self.looked = None not in (sequences, instances, topics)
        return [
            *self._still_there("Sequence", sequences, self._is_my_sequence, self.sequences),
            *self._still_there("Instance", instances, self._lives, self.instances),
            *(f"topic {name}" for name in (sorted(self.topics) if topics is None else topics)),
        ]

    def _still_there(
        self, kind: str, listed: list[Thing] | None, is_mine: Callable[[Thing], bool], noted: set[str]
    ) -> list[str]:
        if listed is None:
            return [f"{kind} {key}" for key in sorted(noted)]
        return [f"{kind} {key_of(item) or next(names_of(item), 'without an id')}" for item in listed if is_mine(item)]

    def _my_topics(self, api: Api) -> list[str] | None:
        """Return the names of our topics on the Hub; None if they cannot be listed."""
        if "deleteTopic" not in api.operations:
            return []
        listed = things(api, "listTopics")
        if listed is None:
            return None
        return [name for name in map(topic_of, listed) if name is not None and self.names.owns(name)]

    def _is_my_sequence(self, item: Thing) -> bool:
        return key_of(item) in self.sequences or any(map(self.names.owns, names_of(item)))

    def _is_my_instance(self, item: Thing) -> bool:
        return key_of(item) in self.instances or self._is_my_sequence(sequence_of(item))

    def _lives(self, item: Thing) -> bool:
        # Ended Instances disappear by themselves after a while; a Hub need not offer a way to remove them sooner.
        has_ended = item.get("status") in ("completed", "errored", "gone") or bool(item.get("terminated"))
        return not has_ended and self._is_my_instance(item)


def names_on(api: Api) -> frozenset[str]:
    """Return the names of the Sequences and topics that are on the Hub now."""
    sequences = things(api, "listSequences") or []
    topics = map(topic_of, things(api, "listTopics") or [])
    return frozenset(name for item in sequences for name in names_of(item)) | frozenset(filter(None, topics))


def _keys(items: Iterable[Thing]) -> set[str]:
    return {key for item in items if (key := key_of(item)) is not None}


def reply_to(api: Api, call: Call) -> int | None:
    """Call an operation that deletes or kills; return the status of the reply, or None if there is no reply."""
    try:
        return api.call(call).status
    except (WireError, NotServed, ValueError):
        # _left reports what remains.
        return None
