"""Checks that hold for every list of a Hub: it has no duplicates, and its items are consistent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.exchange import Exchange

CHECK = "list_conformance"
"""The name of the check."""
LISTS = {
    "listSequences": "id",
    "listInstances": "id",
    "listTopics": "topic",
}
ENTITIES = {"sequences": "listSequences", "instances": "listInstances", "topics": "listTopics"}


def wrong_in(exchange: Exchange) -> list[str]:
    """Return what is wrong with a list in a reply; nothing if it is no list or unreadable: other checks report that."""
    if exchange.status != 200 or not exchange.ended:
        return []
    try:
        data = exchange.json()
    except (ValueError, RecursionError):
        return []
    return list(_wrong(exchange.operation, data))


def _wrong(operation: str, data: Any) -> Iterator[str]:
    if operation in LISTS:
        yield from _in_list(operation, data)
    elif operation == "listEntities" and isinstance(data, dict):
        for part, kind in ENTITIES.items():
            yield from _in_list(kind, data.get(part), f" among the {part} of the entities")
    elif operation == "listSequenceInstances":
        yield from _doubles(data, "the list of its Instances")
    elif operation == "getSequence":
        yield from _in_sequence(data)


def _in_list(operation: str, data: Any, where: str = "") -> Iterator[str]:
    items = [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []
    field = LISTS[operation]
    yield from _doubles([item.get(field) for item in items], f"{operation}{where}")
    for item in items:
        if operation == "listSequences":
            yield from _in_sequence(item)
        elif operation == "listTopics" and item.get("topicName", item.get("topic")) != item.get("topic"):
            yield f"a topic has the two names {item['topic']!r} and {item['topicName']!r}"


def _in_sequence(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        yield from _doubles(item.get("instances"), f"the `instances` of Sequence {item.get('id')}")


def _doubles(values: Any, where: str) -> Iterator[str]:
    words = [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
    for word, count in Counter(words).items():
        if count > 1:
            yield f"{word} is {count} times in {where}"
