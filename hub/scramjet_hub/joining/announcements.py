"""What a Hub tells its Space: first all that it has, then what changes, in the messages of STH."""

from __future__ import annotations

import asyncio
import socket
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import orjson
import psutil

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scramjet_hub.topics.topic import Topic

Json: TypeAlias = dict[str, Any]

# Seconds between two reports of the load, and between two looks at what has changed.
LOAD_INTERVAL: Final = 5.0
LOOK_INTERVAL: Final = 0.2


class Code(IntEnum):
    """What a message is about."""

    STH_ID = 7000
    LOAD = 7001
    NETWORK_INFO = 7002
    INSTANCES = 7003
    SEQUENCES = 7004
    INSTANCE = 7005
    SEQUENCE = 7006
    TOPIC = 7007
    KEY_REVOKED = 9001
    LIMIT_EXCEEDED = 9002
    ID_DROP = 9003


@attrs.frozen
class Known:
    """What there is on a Hub.

    Attributes:
        load: Returns the load.
        sequences: Returns the Sequences, by id; one that is replaced is another object.
        instances: Returns the Instances that are listed, by id.
        topics: Returns the topics.
        show_sequence: Returns a Sequence in the form of the API.
        show_instance: Returns an Instance in the form of the API.
    """

    load: Callable[[], Json]
    sequences: Callable[[], dict[str, Any]]
    instances: Callable[[], dict[str, Any]]
    topics: Callable[[], list[Topic]]
    show_sequence: Callable[[Any], Json]
    show_instance: Callable[[Any], Json]


class Announcer:
    """Tells one Space, once, what there is, and then what changes.

    Args:
        known: What there is.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._sequences: dict[str, Any] = {}
        self._instances: dict[str, Any] = {}
        self._topics: dict[str, Json] = {}
        self._used: list[bytes] = []
        self._changed = asyncio.Event()

    def topic_used(self, topic: Topic, role: str) -> None:
        """Tell at once that a client reads or writes a topic.

        Args:
            topic: The topic.
            role: `provides` or `requires`.
        """
        self._used.append(_message(Code.TOPIC, {**_topic(topic), role: topic.name}))
        self._changed.set()

    async def lines(self) -> AsyncIterator[bytes]:
        """Return the messages, as they come up, without end."""
        self._sequences = self._known.sequences()
        self._instances = self._known.instances()
        self._topics = {topic.name: _topic(topic) for topic in self._known.topics()}
        yield b"".join(self._all())
        told = asyncio.get_running_loop().time()
        while True:
            lines = [*self._changes(), *self._take_used()]
            now = asyncio.get_running_loop().time()
            if now - told >= LOAD_INTERVAL:
                told = now
                lines.append(self._load())
            if lines:
                yield b"".join(lines)
            await self._wait()

    async def _wait(self) -> None:
        self._changed.clear()
        try:
            async with asyncio.timeout(LOOK_INTERVAL):
                await self._changed.wait()
        except TimeoutError:
            return

    def _all(self) -> list[bytes]:
        show_sequence, show_instance = self._known.show_sequence, self._known.show_instance
        sequences = [{**show_sequence(each), "status": 0} for each in self._sequences.values()]
        return [
            self._load(),
            _message(Code.NETWORK_INFO, network()),
            _message(Code.SEQUENCES, {"sequences": sequences}),
            _message(Code.INSTANCES, {"instances": list(map(show_instance, self._instances.values()))}),
            *(_message(Code.TOPIC, topic) for topic in self._topics.values()),
        ]

    def _load(self) -> bytes:
        return _message(Code.LOAD, {"msgCode": Code.LOAD, **self._known.load()})

    def _take_used(self) -> list[bytes]:
        used, self._used = self._used, []
        return used

    def _changes(self) -> list[bytes]:
        """Return what has changed since the last look: deleted and gone first, as their names may be used again."""
        sequences, instances = self._known.sequences(), self._known.instances()
        topics = {topic.name: _topic(topic) for topic in self._known.topics()}
        changes = [
            *(self._instance(each, gone=True) for each in _less(self._instances, instances)),
            *(self._sequence(each, gone=True) for each in _less(self._sequences, sequences)),
            *(_message(Code.TOPIC, {**each, "status": "remove"}) for each in _less(self._topics, topics)),
            *(self._sequence(each) for each in _more(self._sequences, sequences)),
            *(self._instance(each) for each in _less(instances, self._instances)),
            *(_message(Code.TOPIC, each) for each in _more(self._topics, topics)),
        ]
        self._sequences, self._instances, self._topics = sequences, instances, topics
        return changes

    def _sequence(self, sequence: Any, *, gone: bool = False) -> bytes:
        shown = self._known.show_sequence(sequence)
        told = {"id": shown["id"], "status": 1 if gone else 0, "config": shown if gone else shown["config"]}
        return _message(Code.SEQUENCE, told)

    def _instance(self, instance: Any, *, gone: bool = False) -> bytes:
        shown = self._known.show_instance(instance)
        return _message(Code.INSTANCE, {"instance": {**shown, "status": "gone"} if gone else shown})


def _less(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    return [before[key] for key in before if key not in after]


def _more(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    """Return what is new, or another than before."""
    return [after[key] for key in after if key not in before or before[key] != after[key]]


def _topic(topic: Topic) -> Json:
    told = {"topicName": topic.name, "status": "add", "contentType": topic.content_type}
    provider = min(topic.providers, default="")
    return {**told, "localProvider": provider} if provider else told


def _message(code: Code, payload: Json | list[Json]) -> bytes:
    return orjson.dumps([int(code), payload], default=str) + b"\n"


def network() -> list[Json]:
    """Return the network interfaces of the machine."""
    found = []
    for name, addresses in psutil.net_if_addrs().items():
        told: Json = {"iface": name, "ifaceName": name, "mac": "", "dhcp": False}
        for each in addresses:
            if each.family == socket.AF_INET:
                told |= {"ip4": each.address, "ip4subnet": each.netmask or ""}
            elif each.family == socket.AF_INET6:
                told |= {"ip6": each.address.partition("%")[0], "ip6subnet": each.netmask or ""}
            elif each.family == psutil.AF_LINK:
                told["mac"] = each.address
        found.append(told)
    return found
