"""A memory quota shared by several streams: while it is exceeded, each may only hold data in transit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# For how long, in seconds, a computed sum is cached, and how often waiting streams check for room.
FRESH: Final = 0.01
AGAIN: Final = 0.05


class Quota:
    """A limit on the memory of several streams together.

    Args:
        limit: The maximum number of bytes. It is exceeded by at most the data written in ten milliseconds, and one
            chunk per stream.
        count: Returns the number of bytes that they hold.
    """

    def __init__(self, limit: int, count: Callable[[], int]) -> None:
        self._limit = limit
        self._count = count
        self._counted_at = float("-inf")
        self._exceeded = False
        self._waiting: list[Callable[[], object]] = []
        self._timer: asyncio.TimerHandle | None = None

    def exceeded(self) -> bool:
        """Return whether there is no room."""
        now = asyncio.get_running_loop().time()
        if now - self._counted_at > FRESH:
            self._counted_at = now
            self._exceeded = self._count() >= self._limit
        return self._exceeded

    def when_room(self, callback: Callable[[], object]) -> None:
        """Call `callback` repeatedly until there is room; the callback checks for itself."""
        self._waiting.append(callback)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(AGAIN, self._look)

    def _look(self) -> None:
        self._timer = None
        if self.exceeded():
            self._timer = asyncio.get_running_loop().call_later(AGAIN, self._look)
            return
        waiting, self._waiting = self._waiting, []
        for callback in waiting:
            callback()
