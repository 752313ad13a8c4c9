# Copied by `make generate` from client/runtime/aio/reading.py: edit it there.
"""Readers of streamed replies that lose no piece when a wait for one is cancelled."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, cast

from ..._runtime.hints import lazy_hints
from .. import process
from ..broken import CLOSED, OTHER_PROCESS
from ..errors import StreamBroken
from .primitives import AsyncBackground, running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from .reply import AsyncReply

Begin: TypeAlias = "Callable[[], Awaitable[AsyncReply]]"
"""Requests a reply."""

ENOUGH_AHEAD = 1 << 16
"""The most bytes to buffer from the network before they are requested."""


class AsyncReading:
    """A reply that a separate task opens and reads, from the first request for a piece on.

    Cancelling a wait for a piece does not cancel the task: the piece is there at the next request.
    The task ends when this object is closed or garbage-collected.

    Args:
        begin: Requests the reply. It must not reference this object, not even indirectly.
        idle_timeout: Seconds to wait for each piece; None for no limit.

    Raises:
        ConfigurationError: The code does not run in asyncio.
    """

    def __init__(self, begin: Begin, idle_timeout: float | None) -> None:
        self._loop = running_loop()
        self._process = process.generation
        self._pump = _Pump(self._loop)
        self._background = AsyncBackground(partial(self._pump.run, begin, idle_timeout))

    @property
    def opened(self) -> AsyncReply | None:
        """The reply, once it has begun."""
        return self._pump.reply

    async def reply(self) -> AsyncReply:
        """Wait for the reply to begin.

        Raises:
            ScramjetError: No reply arrived, or it is an error.
        """
        self._check_owner()
        pump = self._pump
        while pump.reply is None:
            pump.check()
            await pump.change()
        return pump.reply

    async def next(self) -> bytes:
        """Return the next piece of the body, an empty one at its end.

        Raises:
            ScramjetError: No reply arrived, or it was cut off, or this object was closed.
        """
        self._check_owner()
        pump = self._pump
        while not pump.chunks:
            if pump.ended:
                return b""
            pump.check()
            pump.want()
            await pump.change()
        return pump.take()

    def _check_owner(self) -> None:
        if self._process != process.generation:
            raise StreamBroken(OTHER_PROCESS)
        if asyncio.get_running_loop() is not self._loop:
            raise StreamBroken("This stream belongs to the event loop in which it was opened: open a new one.")

    async def aclose(self) -> None:
        """Abort: closes the connection at once. Does nothing to a reply that was read to its end."""
        if self._process != process.generation:
            return
        self._pump.close()
        await self._background.stop()

    def abandon(self) -> None:
        """Abort soon; callable from any thread."""
        self._background.abandon()

    def __del__(self) -> None:
        if hasattr(self, "_background"):
            self.abandon()


class _Pump:
    """The state shared by the task and its readers; the task must not reference the `AsyncReading` itself."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.reply: AsyncReply | None = None
        self.chunks: deque[bytes] = deque()
        self.ended = False
        self.closed = False
        self._loop = loop
        self._failure: BaseException | None = None
        self._ahead = 0
        self._wanted = False
        self._waiting: list[asyncio.Future[None]] = []
        self._room: asyncio.Future[None] | None = None

    async def run(self, begin: Begin, idle_timeout: float | None) -> None:
        """Open the reply and read it, not further ahead than the limit allows."""
        try:
            self.reply = reply = await begin()
            reply.set_read_timeout(idle_timeout)
            self._wake()
            try:
                await self._read(reply)
            finally:
                await reply.aclose()
            self.ended = not self.closed
        except asyncio.CancelledError:
            self._failure = StreamBroken(CLOSED)
            raise
        except Exception as error:  # noqa: BLE001 -- re-raised where the stream is read
            self._failure = error
        finally:
            self._wake()

    async def _read(self, reply: AsyncReply) -> None:
        if not self._wanted:
            await self._wait_for_room()
        async with aclosing(cast("AsyncGenerator[bytes, None]", reply.chunks())) as chunks:
            async for chunk in chunks:
                self.chunks.append(chunk)
                self._ahead += len(chunk)
                if self._waiting:
                    self._wake()
                if self._ahead >= ENOUGH_AHEAD:
                    await self._wait_for_room()

    async def _wait_for_room(self) -> None:
        self._room = self._loop.create_future()
        await self._room

    def want(self) -> None:
        """Request more data."""
        self._wanted = True
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    def take(self) -> bytes:
        """Return a piece that has arrived."""
        chunk = self.chunks.popleft()
        self._ahead -= len(chunk)
        if self._room is not None and self._ahead < ENOUGH_AHEAD:
            self.want()
        return chunk

    def check(self) -> None:
        """Raise the error of the task, if any."""
        if self._failure is not None:
            # The same error each time, but without the tracebacks of earlier raises.
            raise self._failure.with_traceback(None)

    async def change(self) -> None:
        """Wait for something to happen."""
        future = self._loop.create_future()
        self._waiting.append(future)
        await future

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def close(self) -> None:
        """Stop requesting data."""
        self.closed = True
        if self.chunks or not self.ended:
            self.ended = False
            self._failure = self._failure or StreamBroken(CLOSED)
        self.chunks.clear()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncGenerator": "collections.abc",
        "AsyncReply": ".reply",
        "Awaitable": "collections.abc",
        "Callable": "collections.abc",
    },
)
