"""Merging of several streams into one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .. import process
from ..broken import CLOSED, OTHER_PROCESS
from ..errors import StreamBroken
from .primitives import running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from .streams import AsyncStream

LONGEST_QUEUE = 16
"""The most pieces to read ahead."""


class AsyncMerging:
    """Merges several streams, in order of arrival.

    Args:
        streams: The streams by name.
    """

    def __init__(self, streams: Mapping[str, AsyncStream[Any]]) -> None:
        self._process = process.generation
        self._loop = running_loop()
        # The tasks reference the queue, not this object, so that they end when it is garbage-collected.
        self._queue: asyncio.Queue[tuple[str, bytes, Exception | None]] = asyncio.Queue(LONGEST_QUEUE)
        self._tasks = [self._loop.create_task(_read(name, one, self._queue)) for name, one in streams.items()]
        self._left = len(self._tasks)
        self._failure: Exception | None = None

    async def next(self) -> tuple[str, bytes] | None:
        """Return the name of a stream and its next piece, an empty one at the stream's end; None at the end of all.

        Raises:
            ScramjetError: One of them failed.
        """
        if self._process != process.generation:
            raise StreamBroken(OTHER_PROCESS)
        if self._failure is not None:
            raise self._failure.with_traceback(None)
        if not self._left:
            return None
        # Cancelling this loses nothing: pieces that were not taken stay in the queue.
        name, chunk, self._failure = await self._queue.get()
        if self._failure is not None:
            raise self._failure
        self._left -= not chunk
        return name, chunk

    async def aclose(self) -> None:
        """Stop reading; the streams stay open."""
        if self._left and self._failure is None:
            self._failure = StreamBroken(CLOSED)
            with suppress(asyncio.QueueFull):
                # Wakes a waiting reader.
                self._queue.put_nowait(("", b"", self._failure))
        if self._process != process.generation or asyncio.get_running_loop() is not self._loop:
            self.abandon()
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)

    def abandon(self) -> None:
        """Stop reading soon; callable from any thread."""
        if self._process != process.generation:
            return
        for task in self._tasks:
            with suppress(RuntimeError):
                # Raised by a closed loop.
                self._loop.call_soon_threadsafe(task.cancel)

    def __del__(self) -> None:
        if hasattr(self, "_left") and self._left:
            self.abandon()


async def _read(
    name: str, chunks: AsyncIterator[bytes], queue: asyncio.Queue[tuple[str, bytes, Exception | None]]
) -> None:
    error = None
    try:
        async for chunk in chunks:
            await queue.put((name, chunk, None))
    except Exception as failure:  # noqa: BLE001 -- re-raised where the streams are read
        error = failure
    await queue.put((name, b"", error))
