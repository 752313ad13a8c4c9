"""Reads the lists of a Hub defensively: a Hub may list anything, and the clean-up must cope with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from scramjet_contract.api import Call, NotServed
from scramjet_contract.wire import WireError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scramjet_contract.api import Api

Thing: TypeAlias = "Mapping[str, Any]"

UNREADABLE = (WireError, NotServed, ValueError, RecursionError)
"""The errors that reading a list may raise."""


def things(api: Api, operation: str) -> list[Thing] | None:
    """Return the objects in a list of the Hub, without anything else it may hold; None if no list can be read."""
    try:
        exchange = api.call(Call(operation=operation))
        listed = exchange.json()
    except UNREADABLE:
        return None
    if exchange.status != 200 or not isinstance(listed, list):
        return None
    return [item for item in listed if isinstance(item, dict)]


def key_of(item: Thing) -> str | None:
    """Return the id of a list item, None if it has none that a path could hold."""
    return _word(item.get("id"))


def names_of(item: Thing) -> Iterator[str]:
    """Return the names under which a list item may be known: its own, and that of its package."""
    config = item.get("config")
    for value in (item.get("name"), config.get("name") if isinstance(config, dict) else None):
        if isinstance(value, str):
            yield value


def topic_of(item: Thing) -> str | None:
    """Return the name of a topic in the list of topics, None if it has none."""
    return _word(item.get("topic")) or _word(item.get("name"))


def sequence_of(item: Thing) -> Thing:
    """Return the Sequence of an Instance in a list; older Hubs give its id alone."""
    sequence = item.get("sequence")
    return sequence if isinstance(sequence, dict) else {"id": sequence}


def _word(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    # These would lead to the path of something else.
    return None if value in ("", ".", "..") else str(value)
