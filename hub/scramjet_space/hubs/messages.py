"""The messages of Hubs: lines `[code, payload]`, which differ from version to version, as the events they mean."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from scramjet_space.hubs.events import (
    InstanceChanged,
    InstancesReported,
    LoadReported,
    NetworkReported,
    SequenceChanged,
    SequencesReported,
    TopicChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_space.hubs.events import HubEvent

Json: TypeAlias = dict[str, Any]


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


class BadMessage(Exception):  # noqa: N818 - states a condition
    """A line that is not a message; the text says why."""


def parse(line: bytes) -> HubEvent | None:
    """Return what a message means.

    Args:
        line: The line.

    Returns:
        None for a message that is none of these, such as a later version may send.

    Raises:
        BadMessage: It is not a message, or lacks something.
    """
    try:
        message = orjson.loads(line)
    except ValueError as error:
        raise BadMessage(f"A message is not JSON: {line[:100]!r}") from error
    if not isinstance(message, list) or not message or not isinstance(message[0], int):
        raise BadMessage(f"A message is a list that begins with its code, this is none: {line[:100]!r}")
    meaning = _MEANINGS.get(message[0])
    if meaning is None:
        return None
    try:
        return meaning(message[1])
    except (IndexError, KeyError, TypeError, AttributeError) as error:
        raise BadMessage(f"A message of the kind {message[0]} lacks something ({error!r}): {line[:100]!r}") from error


def assign(hub_id: str) -> bytes:
    """Return the message that gives a Hub its id."""
    return orjson.dumps([Code.STH_ID, {"msgCode": Code.STH_ID, "id": hub_id}]) + b"\n"


def drop(code: int) -> bytes:
    """Return the message that tells a Hub that it is dropped, and not to come back."""
    return orjson.dumps([code]) + b"\n"


def _load(payload: Json) -> LoadReported:
    return LoadReported({name: value for name, value in payload.items() if name != "msgCode"})


def _network(payload: list[Json]) -> NetworkReported:
    return NetworkReported([each for each in payload if isinstance(each, dict)])


def _sequences(payload: Json) -> SequencesReported:
    return SequencesReported([_bare(each) for each in payload["sequences"]])


def _instances(payload: Json) -> InstancesReported:
    return InstancesReported([_bare(each) for each in payload["instances"]])


def _sequence(payload: Json) -> SequenceChanged:
    deleted = payload.get("status", 0) in (1, "deleted")
    config = payload.get("config") or {}
    return SequenceChanged(_id(payload), deleted, {} if deleted else dict(config))


def _instance(payload: Json) -> InstanceChanged:
    # Since 0.28 it is wrapped.
    instance = payload.get("instance", payload)
    return InstanceChanged(_bare(instance), instance.get("status") in (1, "gone"))


def _topic(payload: Json) -> TopicChanged:
    provides = bool(payload.get("provides") or payload.get("localProvider"))
    name = payload["topicName"]
    if not isinstance(name, str):
        raise TypeError("topicName")
    return TopicChanged(
        name,
        payload.get("status") == "remove",
        str(payload.get("contentType") or ""),
        "provider" if provides else "consumer",
    )


def _bare(item: Json) -> Json:
    """Return a Sequence or an Instance without the state of the message that it came in."""
    _id(item)
    return {name: value for name, value in item.items() if name != "status"}


def _id(item: Json) -> str:
    found = item["id"]
    if not isinstance(found, str):
        raise TypeError("id")
    return found


_MEANINGS: Final[dict[int, Callable[[Any], HubEvent]]] = {
    Code.LOAD: _load,
    Code.NETWORK_INFO: _network,
    Code.SEQUENCES: _sequences,
    Code.INSTANCES: _instances,
    Code.SEQUENCE: _sequence,
    Code.INSTANCE: _instance,
    Code.TOPIC: _topic,
}
