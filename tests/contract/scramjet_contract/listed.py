"""What a Hub lists, read with care: a Hub may list anything, and the clean-up must get past it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from scramjet_contract.api import Call, NotServed
from scramjet_contract.wire import WireError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scramjet_contract.api import Api

Thing: TypeAlias = "Mapping[str, Any]"

UNREADABLE = (WireError, NotServed, ValueError, RecursionError)
"""What reading a list may end with."""


def things(api: Api, operation: str) -> list[Thing] | None:
    """The objects in a list of the Hub, without what else it may hold; None if there is no list to be had."""
    try:
        exchange = api.call(Call(operation=operation))
        listed = exchange.json()
    except UNREADABLE:
        return None
    if exchange.status != 200 or not isinstance(listed, list):
        return None
    return [item for item in listed if isinstance(item, dict)]


def key_of(item: Thing) -> str | None:
    """The id of something in a list, None if it has none that a path could hold."""
    return _word(item.get("id"))


def names_of(item: Thing) -> Iterator[str]:
    """The names under which something in a list may be known: its own, and that of its package."""
    config = item.get("config")
    for value in (item.get("name"), config.get("name") if isinstance(config, dict) else None):
        if isinstance(value, str):
            yield value


def topic_of(item: Thing) -> str | None:
    """The name of a topic in the list of topics, None if it has none."""
    return _word(item.get("topic")) or _word(item.get("name"))


def sequence_of(item: Thing) -> Thing:
    """The Sequence of an Instance in a list; older Hubs give its id alone."""
    sequence = item.get("sequence")
    return sequence if isinstance(sequence, dict) else {"id": sequence}


def _word(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    # These would lead to another path than that of a thing.
    return None if value in ("", ".", "..") else str(value)
