"""The events of an Instance: keeps the last of each name, and delivers new ones to waiting clients and followers."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import orjson
from scramjet_serving.streams.broadcast import Broadcast, StreamBroken

# How many bytes of events a follower may be behind; then its stream breaks off, instead of silently losing events.
BEHIND: Final = 4 * 1024 * 1024
# How many names are kept; the name without an event for the longest time is removed first.
NAMES: Final = 1000


class NoMoreEvents(Exception):  # noqa: N818 - an event the caller may expect, not an error of ours
    """The Instance ended before such an event occurred."""


class EventBoard:
    """The events of one Instance. Events and messages are given as JSON.

    Args:
        limit: How many bytes the last events may hold; that of the newest name is always kept.

    Attributes:
        size: How many bytes they hold.
    """

    def __init__(self, limit: int = BEHIND) -> None:
        self._limit = limit
        self.size = 0
        self._last: dict[str, bytes] = {}
        self._waiters: list[tuple[str | None, asyncio.Future[bytes]]] = []
        self._followers: list[Follower] = []
        self._ended = False

    def emit(self, name: str, data: dict[str, Any]) -> None:
        """Add an event.

        Args:
            name: Its name.
            data: `eventName`, and `message` if it has one.
        """
        # A copy, because orjson's result keeps a buffer many times its size alive.
        message = bytes(memoryview(orjson.dumps(data.get("message"))))
        event = orjson.dumps({"eventName": name, **({"message": data["message"]} if "message" in data else {})})
        self._forget(name)
        self._last[name] = message
        self.size += _weight(name, message)
        while len(self._last) > NAMES or (self.size > self._limit and len(self._last) > 1):
            self._forget(next(iter(self._last)))
        self._tell_waiters(name, event, message)
        self._tell_followers(name, event, message)

    def _forget(self, name: str) -> None:
        message = self._last.pop(name, None)
        if message is not None:
            self.size -= _weight(name, message)

    def end(self) -> None:
        """End all waiting requests and followers: the Instance emits no more events."""
        self._ended = True
        waiters, self._waiters = self._waiters, []
        for _, waiter in waiters:
            if not waiter.done():
                waiter.set_exception(NoMoreEvents())
        for follower in self._followers:
            follower.stream.end()
        self._followers.clear()

    async def last(self, name: str) -> bytes:
        """Return the message of the last event of a name; waits for one if there was none.

        Raises:
            NoMoreEvents: The Instance ended before.
        """
        known = self._last.get(name)
        return known if known is not None else await self.next(name)

    async def next(self, name: str | None = None) -> bytes:
        """Return the message of the next event of a name, or the next event of any name.

        Raises:
            NoMoreEvents: The Instance ended before.
        """
        if self._ended:
            raise NoMoreEvents
        waiter: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        entry = (name, waiter)
        self._waiters.append(entry)
        try:
            return await waiter
        finally:
            if entry in self._waiters:
                self._waiters.remove(entry)

    def follow(self, name: str | None = None) -> Follower:
        """Follow all events from now on, or the messages of one name, one per line."""
        follower = Follower(self, name)
        if self._ended:
            follower.stream.end()
        else:
            self._followers.append(follower)
        return follower

    def leave(self, follower: Follower) -> None:
        """Remove a follower."""
        if follower in self._followers:
            self._followers.remove(follower)

    def _tell_waiters(self, name: str, event: bytes, message: bytes) -> None:
        waiters, self._waiters = self._waiters, []
        for wanted, waiter in waiters:
            if wanted not in (None, name):
                self._waiters.append((wanted, waiter))
            elif not waiter.done():
                waiter.set_result(event if wanted is None else message)

    def _tell_followers(self, name: str, event: bytes, message: bytes) -> None:
        for follower in list(self._followers):
            if follower.name not in (None, name):
                continue
            follower.stream.push((event if follower.name is None else message) + b"\n")
            if follower.stream.full:
                follower.stream.end(StreamBroken(f"the reader was more than {BEHIND} bytes behind"))
                self._followers.remove(follower)


def _weight(name: str, message: bytes) -> int:
    # Besides their characters, a text, a bytes object and their place in a dict take this much.
    return len(name) + len(message) + 200


class Follower:
    """The lines that one follower gets: an async iterator that must be closed.

    Args:
        board: The events.
        name: The event name; None for all.
    """

    __slots__ = ("_board", "_reader", "name", "stream")

    def __init__(self, board: EventBoard, name: str | None) -> None:
        self.name = name
        self.stream = Broadcast(BEHIND)
        self._board = board
        self._reader = self.stream.read()

    def __aiter__(self) -> Follower:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._reader)

    async def aclose(self) -> None:
        """Stop following."""
        self._board.leave(self)
        await self._reader.aclose()
