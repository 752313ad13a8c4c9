"""Entries of the history: their types, and their form in the API."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import attrs
import orjson

if TYPE_CHECKING:
    from collections.abc import Collection

CREATED: Final = "created"
STARTED: Final = "started"
STATUS: Final = "status"
HEALTH: Final = "health"
TOPICS: Final = "topics"
STOP: Final = "stop"
KILL: Final = "kill"
ENDED: Final = "ended"
START_REFUSED: Final = "start_refused"
# Entry of a stream that only moves the reader's cursor on.
BOOKMARK: Final = "bookmark"
# How many characters of a message are kept.
LONGEST_MESSAGE: Final = 1000


class Recorder(Protocol):
    """Takes what happens to Instances."""

    def record(self, kind: str, instance_id: str | None, message: str, **metadata: Any) -> None:
        """Record an event; returns at once.

        Args:
            kind: Its type.
            instance_id: The Instance; None if there is none.
            message: What happened, for people.
            metadata: What happened, for programs; values are JSON.
        """


class Draft(NamedTuple):
    """An event that is not stored yet, so that it has no id.

    Attributes:
        moment: When it happened, in microseconds since 1970.
        kind: Its type.
        instance_id: The Instance; None if there is none.
        message: What happened, for people.
        metadata: What happened, for programs, as JSON.
    """

    moment: int
    kind: str
    instance_id: str | None
    message: str
    metadata: str

    @classmethod
    def of(cls, kind: str, instance_id: str | None, message: str, metadata: dict[str, Any]) -> Draft:
        """Return the draft of an event that happens now."""
        # SQLite stores no half characters.
        text = message[:LONGEST_MESSAGE].encode("utf-8", "backslashreplace").decode()
        return cls(time.time_ns() // 1000, kind, instance_id, text, orjson.dumps(metadata, default=str).decode())


class Entry(NamedTuple):
    """A stored event.

    Attributes:
        number: Its id: when it happened, in microseconds since 1970, but larger than that of every event before it.
        kind: Its type.
        instance_id: The Instance; None if there is none.
        message: What happened, for people.
        metadata: What happened, for programs, as JSON.
    """

    number: int
    kind: str
    instance_id: str | None
    message: str
    metadata: str

    def info(self) -> dict[str, Any]:
        """Return its representation in the API."""
        instance = {} if self.instance_id is None else {"instance_id": self.instance_id}
        return {
            "id": str(self.number),
            "when": when(self.number),
            "type": self.kind,
            **instance,
            "message": self.message,
            "metadata": orjson.loads(self.metadata),
        }

    def line(self) -> bytes:
        """Return it as a line of a stream."""
        return orjson.dumps(self.info()) + b"\n"


@attrs.frozen
class Filter:
    """Which events to show.

    Attributes:
        instance_ids: Those of these Instances; empty for all.
        kinds: Those of these types; empty for all.
    """

    instance_ids: Collection[str] = ()
    kinds: Collection[str] = ()

    def matches(self, entry: Entry) -> bool:
        """Return whether an event is to be shown."""
        return (not self.instance_ids or entry.instance_id in self.instance_ids) and (
            not self.kinds or entry.kind in self.kinds
        )


EVERYTHING: Final = Filter()


def bookmark(number: int) -> bytes:
    """Return the line that moves a reader's cursor on to a number."""
    told = {"id": str(number), "when": when(number), "type": BOOKMARK, "message": "Nothing else until here"}
    return orjson.dumps({**told, "metadata": {}}) + b"\n"


def when(number: int) -> str:
    """Return the time in a number, in the format of the API."""
    seconds, rest = divmod(number, 1_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest // 1000:03}Z"
