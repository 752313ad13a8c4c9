"""Async iteration over blocking iterables."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

LONGEST_QUEUE = 16
"""The most pieces to read ahead of sending."""


class Feed:
    """Reads the items of a blocking iterable in a separate thread.

    The thread waits once it is a few items ahead of the consumer, and ends when the consumer is gone.

    Args:
        items: The iterable.
    """

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = items
        self._loop = asyncio.get_running_loop()
        self._arrived = asyncio.Event()
        self._room = threading.Semaphore(LONGEST_QUEUE)
        self._queue: deque[Any] = deque()
        self._error: BaseException | None = None
        self._ended = False
        self._abandoned = False

    async def __aiter__(self) -> AsyncIterator[Any]:
        # A daemon thread, not the loop's executor: a source that blocks indefinitely must not keep the process alive.
        threading.Thread(target=self._run, name="scramjet-upload", daemon=True).start()
        try:
            while True:
                while self._queue:
                    yield self._queue.popleft()
                    self._room.release()
                if self._ended:
                    break
                await self._arrived.wait()
                self._arrived.clear()
            if self._error is not None:
                raise self._error
        finally:
            self._abandoned = True
            self._room.release()

    def _run(self) -> None:
        try:
            for item in self._items:
                self._room.acquire()
                if self._abandoned:
                    break
                self._queue.append(item)
                self._tell()
        except BaseException as error:  # noqa: BLE001 -- re-raised where the upload is awaited
            self._error = error
        finally:
            close = getattr(self._items, "close", None)
            if close is not None and hasattr(self._items, "send"):
                close()
            self._ended = True
            self._tell()

    def _tell(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._arrived.set)
        except RuntimeError:
            # The loop is closed: no task waits any more.
            self._abandoned = True
