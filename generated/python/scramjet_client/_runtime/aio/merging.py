# Copied by `make generate` from client/runtime/aio/merging.py: edit it there.
"""Reading several streams at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints
from .. import process
from ..broken import CLOSED, OTHER_PROCESS
from ..errors import StreamBroken
from .primitives import running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from .streams import AsyncStream

LONGEST_QUEUE = 16
"""Pieces that are read before somebody takes them."""


class AsyncMerging:
    """Gives what several streams give, in the order in which it comes.

    Args:
        streams: The streams by name.
    """

    def __init__(self, streams: Mapping[str, AsyncStream[Any]]) -> None:
        self._process = process.generation
        self._loop = running_loop()
        # The tasks hold the queue and not this object, so that they end when nobody holds it any more.
        self._queue: asyncio.Queue[tuple[str, bytes, Exception | None]] = asyncio.Queue(LONGEST_QUEUE)
        self._tasks = [self._loop.create_task(_read(name, one, self._queue)) for name, one in streams.items()]
        self._left = len(self._tasks)
        self._failure: Exception | None = None

    async def next(self) -> tuple[str, bytes] | None:
        """Give the next piece with the name of its stream, an empty piece at the stream's end; None after the last.

        Raises:
            ScramjetError: One of them failed.
        """
        if self._process != process.generation:
            raise StreamBroken(OTHER_PROCESS)
        if self._failure is not None:
            raise self._failure.with_traceback(None)
        if not self._left:
            return None
        # Being cancelled here loses nothing: what was not taken stays in the queue.
        name, chunk, self._failure = await self._queue.get()
        if self._failure is not None:
            raise self._failure
        self._left -= not chunk
        return name, chunk

    async def aclose(self) -> None:
        """Stop reading; the streams stay as they are."""
        if self._left and self._failure is None:
            self._failure = StreamBroken(CLOSED)
            with suppress(asyncio.QueueFull):
                # For whoever waits.
                self._queue.put_nowait(("", b"", self._failure))
        if self._process != process.generation or asyncio.get_running_loop() is not self._loop:
            self.abandon()
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)

    def abandon(self) -> None:
        """Stop reading soon, from wherever."""
        if self._process != process.generation:
            return
        for task in self._tasks:
            with suppress(RuntimeError):
                # Raised by a loop that is closed.
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
    except Exception as failure:  # noqa: BLE001 -- it is raised again where the streams are read
        error = failure
    await queue.put((name, b"", error))


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"AsyncIterator": "collections.abc", "AsyncStream": ".streams", "Mapping": "collections.abc"})
