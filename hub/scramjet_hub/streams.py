"""Streams of bytes from writers to readers: buffered while nobody reads, given to everybody who does, never unbounded.

What holds for every stream of the Hub:

- While nobody reads, what is written is kept, up to a limit; then the writer waits.
- The first reader gets what was kept. From then on every reader gets every byte written after it joined.
- The slowest reader sets the pace: a writer waits while any reader is a whole limit behind. Nothing is dropped.
- What the last reader had not taken when it left is kept for the next one.
- After the end, what is left stays readable until the stream itself is dropped.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Chunks smaller than this are joined when they wait together: one send costs more than a copy of this size,
# and a buffer full of single bytes would take fifty times its size.
JOIN_BELOW = 64 * 1024


class StreamEnded(Exception):  # noqa: N818 - an event the writer may expect, not a mistake of ours
    """The stream takes nothing more."""


class StreamBroken(Exception):  # noqa: N818 - says what happened to the stream
    """The stream ended before its end: what was read so far is not all there should have been."""


class Broadcast:
    """One stream of bytes with any number of writers and readers.

    Args:
        limit: How many bytes may wait, in the buffer or for the slowest reader, before writers have to.
            One chunk more may wait than fits, so that no chunk is ever too large.
    """

    __slots__ = ("_ended", "_error", "_kept", "_limit", "_on_room", "_readers")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept = _Backlog()
        self._readers: set[Reader] = set()
        self._on_room: list[Callable[[], object]] = []
        self._ended = False
        self._error: BaseException | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will be written."""
        return self._ended

    @property
    def full(self) -> bool:
        """Whether a writer has to wait."""
        if not self._readers:
            return self._kept.size >= self._limit
        return any(reader.waiting >= self._limit for reader in self._readers)

    @property
    def readers(self) -> int:
        """How many read at this moment."""
        return len(self._readers)

    @property
    def waiting(self) -> int:
        """How many bytes wait, for the slowest reader or for the first one."""
        return max((reader.waiting for reader in self._readers), default=self._kept.size)

    def push(self, chunk: bytes) -> None:
        """Write without waiting; whoever pushes looks at `full` first, or waits for `room`.

        Raises:
            StreamEnded: The stream has ended.
        """
        if self._ended:
            raise StreamEnded
        if not chunk:
            return
        if not self._readers:
            self._kept.add(chunk)
        for reader in self._readers:
            reader._give(chunk)

    async def write(self, chunk: bytes) -> None:
        """Write, waiting until there is room.

        Raises:
            StreamEnded: The stream has ended, perhaps while this waited.
        """
        await self.room()
        self.push(chunk)

    async def room(self) -> None:
        """Wait until there is room; return at once if the stream has ended.

        There is room when this returns, so that whoever pushes before it awaits anything needs not look again.
        """
        while self.full and not self._ended:
            waiter = asyncio.get_running_loop().create_future()
            wake = partial(resolve, waiter)
            self.when_room(wake)
            try:
                await waiter
            except asyncio.CancelledError:
                self._forget(wake)
                raise

    def when_room(self, callback: Callable[[], object]) -> None:
        """Call `callback` once there may be room again, or the stream has ended; it looks for itself."""
        self._on_room.append(callback)

    def _forget(self, callback: Callable[[], object]) -> None:
        if callback in self._on_room:
            self._on_room.remove(callback)

    def end(self, error: BaseException | None = None) -> None:
        """End the stream for good; readers get what is left and then the end.

        Args:
            error: Why it broke off, if it did; readers then get `StreamBroken` instead of the end.
        """
        if self._ended:
            return
        self._ended, self._error = True, error
        for reader in self._readers:
            reader._finish(error)
        self._wake_writers()

    def cut(self) -> None:
        """End the stream for those who read now, or for the first who will; later readers get what comes later."""
        if not self._readers:
            self._kept.cut()
        for reader in self._readers:
            reader._finish(None)
            reader._release()
        self._readers.clear()
        self._wake_writers()

    def read(self) -> Reader:
        """Join as a reader, from now on; the first one also gets what was kept."""
        reader = Reader(self)
        if self._readers:
            self._readers.add(reader)
            return reader
        if self._kept.pour_into(reader._backlog):
            reader._release()
            reader._finish(None)
            self._wake_writers()
            return reader
        self._readers.add(reader)
        if self._ended:
            reader._finish(self._error)
        return reader

    def _leave(self, reader: Reader) -> None:
        self._readers.discard(reader)
        if not self._readers:
            self._kept.put_back(reader._backlog)
        self._wake_writers()

    def _taken(self) -> None:
        # Waking only at half the limit spares a writer that is a transport a pause and a start at every chunk.
        if self._on_room and self.waiting <= self._limit // 2:
            self._wake_writers()

    def _wake_writers(self) -> None:
        if self._on_room and (self._ended or not self.full):
            callbacks, self._on_room = self._on_room, []
            for callback in callbacks:
                callback()


class Reader:
    """One reader of a `Broadcast`: an async iterator of its bytes, in pieces as they come.

    It has to be closed (`aclose`) when it is not read to its end, for others wait for it.
    """

    __slots__ = ("_backlog", "_broadcast", "_error", "_finished", "_waiter")

    def __init__(self, broadcast: Broadcast) -> None:
        self._broadcast: Broadcast | None = broadcast
        self._backlog = _Backlog()
        self._finished = False
        self._error: BaseException | None = None
        self._waiter: asyncio.Future[None] | None = None

    @property
    def waiting(self) -> int:
        """How many bytes it has yet to take."""
        return self._backlog.size

    def __aiter__(self) -> Reader:
        return self

    async def __anext__(self) -> bytes:
        while not self._backlog.chunks:
            if self._finished:
                await self.aclose()
                raise StopAsyncIteration if self._error is None else StreamBroken(str(self._error)) from self._error
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        chunk = self._backlog.take()
        if self._broadcast is not None:
            self._broadcast._taken()
        return chunk

    async def aclose(self) -> None:
        """Leave the stream; reading on gives the end."""
        broadcast, self._broadcast = self._broadcast, None
        if broadcast is not None:
            broadcast._leave(self)
        self._backlog = _Backlog()
        self._finish(None)

    def _give(self, chunk: bytes) -> None:
        self._backlog.add(chunk)
        self._wake()

    def _finish(self, error: BaseException | None) -> None:
        self._finished = True
        self._error = self._error or error
        self._wake()

    def _release(self) -> None:
        """Be on its own: what it holds is nobody else's concern any more."""
        self._broadcast = None

    def _wake(self) -> None:
        if self._waiter is not None:
            resolve(self._waiter)


class _Backlog:
    """Chunks in a row and their total size; a cut between them marks where the first reader has to stop."""

    __slots__ = ("_cuts", "_sealed", "chunks", "size")

    def __init__(self) -> None:
        self.chunks: deque[bytes | bytearray] = deque()
        self.size = 0
        self._cuts: deque[int] = deque()  # how many chunks there are from one cut to the next
        self._sealed = 0  # how many chunks there are before the last cut

    def add(self, chunk: bytes) -> None:
        chunks = self.chunks
        self.size += len(chunk)
        if len(chunks) > self._sealed and len(chunk) < JOIN_BELOW and len(chunks[-1]) < JOIN_BELOW:
            last = chunks[-1]
            if not isinstance(last, bytearray):
                chunks[-1] = last = bytearray(last)
            last += chunk
        else:
            chunks.append(chunk)

    def cut(self) -> None:
        if fresh := len(self.chunks) - self._sealed:
            self._cuts.append(fresh)
            self._sealed += fresh

    def take(self) -> bytes:
        chunk = self.chunks.popleft()
        self.size -= len(chunk)
        return bytes(chunk)  # costs nothing if it is bytes already

    def pour_into(self, other: _Backlog) -> bool:
        """Move everything up to the first cut; whether there was one."""
        ends = bool(self._cuts)
        count = self._cuts.popleft() if ends else len(self.chunks)
        for _ in range(count):
            other.chunks.append(chunk := self.chunks.popleft())
            other.size += len(chunk)
        self.size -= other.size
        self._sealed = max(0, self._sealed - count)
        return ends

    def put_back(self, other: _Backlog) -> None:
        """Put what another left at the front."""
        self.chunks.extendleft(reversed(other.chunks))
        self.size += other.size
        if self._cuts:
            self._cuts[0] += len(other.chunks)
            self._sealed += len(other.chunks)


def resolve(waiter: asyncio.Future[None]) -> None:
    """Let go whoever waits for a future, if nobody has yet."""
    if not waiter.done():
        waiter.set_result(None)
