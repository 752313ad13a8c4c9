"""Broadcast streams: fan-out of bytes from writers to all readers, with bounded buffers and back-pressure.

Guarantees of every stream:

- Without readers, written data is kept, up to a limit; then the writer waits.
- The first reader gets the kept data. From then on every reader gets every byte written after it joined.
- The slowest reader sets the pace: a writer waits while any reader is a whole limit behind. Nothing is dropped.
- Data that neither a leaving reader nor any other has got goes to the one after it, or is kept for the next one.
- After the end, the remaining data stays readable until the stream itself is dropped.
- What comes from outside (`push_from_outside`) does not reach the readers outside (`read_outside`), so that two streams
  that read each other form no loop. It keeps no writer waiting while nobody inside reads it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.delivery import Undelivered
    from scramjet_serving.streams.quota import Quota

# Chunks smaller than this are joined while they wait: one send costs more than a copy of this size,
# and a buffer full of single bytes would take fifty times its size.
JOIN_BELOW = 64 * 1024


class StreamEnded(Exception):  # noqa: N818 - an event the writer may expect, not an error of ours
    """The stream accepts no more data."""


class StreamBroken(Exception):  # noqa: N818 - says what happened to the stream
    """The stream broke off: the data read so far is incomplete."""


class Broadcast:
    """One stream of bytes with any number of writers and readers.

    Args:
        limit: How many bytes may wait, in the buffer or for the slowest reader, before writers have to wait.
            One chunk more than fits may wait, so that no chunk is ever too large.
        patience: For how long, in seconds, a reader may read nothing while writers wait for it; 0 is unlimited.
        quota: The memory limit it shares with other streams.

    Attributes:
        lines: Whether it consists of lines, so that data returned for the next reader begins with a whole line.
    """

    __slots__ = (
        "_end",
        "_ended",
        "_error",
        "_kept",
        "_kept_from_outside",
        "_limit",
        "_on_room",
        "_outside",
        "_patience",
        "_quota",
        "_readers",
        "_timer",
        "lines",
    )

    def __init__(self, limit: int, patience: float = 0, quota: Quota | None = None) -> None:
        self._limit = limit
        self._quota = quota
        self._patience = patience
        self._timer: asyncio.TimerHandle | None = None
        self.lines = False
        self._kept = _Backlog()
        self._end = 0  # the number of bytes written
        self._readers: dict[Reader, None] = {}
        self._outside: dict[Reader, None] = {}
        self._kept_from_outside = False
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
        waiting = self.waiting
        if waiting >= self._limit:
            return True
        return waiting > 0 and self._quota is not None and self._quota.exceeded()

    @property
    def readers(self) -> int:
        """The current number of readers."""
        return len(self._readers)

    @property
    def waiting(self) -> int:
        """Bytes that wait for the slowest reader, or for the first one."""
        waiting = 0 if self._readers or self._outside else self._kept.size
        for reader in (*self._readers, *self._outside) if self._outside else self._readers:
            if (behind := reader.waiting) > waiting:
                waiting = behind
        return waiting

    @property
    def held(self) -> int:
        """Bytes kept for all readers together."""
        return self._kept.size + sum(reader.waiting for reader in self._readers)

    def push(self, chunk: bytes) -> None:
        """Write without waiting; check `full` first, or wait for `room`.

        Raises:
            StreamEnded: The stream has ended.
        """
        if self._ended:
            raise StreamEnded
        if not chunk:
            return
        self._end += len(chunk)
        if not self._readers and not self._outside:
            self._kept.add(chunk)
        for reader in self._readers:
            reader._give(chunk)
        for reader in self._outside:
            reader._give(chunk)

    def push_from_outside(self, chunk: bytes) -> None:
        """Write what the readers outside must not get, without waiting; check `full` first, or wait for `room`.

        While nobody inside reads, what exceeds the limit is dropped: it is kept nowhere else, and must not keep those
        waiting who wrote it for others.

        Raises:
            StreamEnded: The stream has ended.
        """
        if self._ended:
            raise StreamEnded
        if not chunk:
            return
        self._end += len(chunk)
        if not self._readers and self._kept.size < self._limit:
            self._kept.add(chunk)
            self._kept_from_outside = True
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
        """Wait until there is room; returns at once if the stream has ended.

        There is room when this returns, so a caller that pushes before its next await need not check again.
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
        """Call `callback` once there may be room again, or the stream has ended; the callback checks for itself."""
        self._on_room.append(callback)
        if self._quota is not None and self._quota.exceeded():
            self._quota.when_room(self._wake_writers)
        if self._patience and self._readers and self._timer is None:
            self._look_again()

    def _look_again(self) -> None:
        """Record the progress of each reader, to find out later which of them read nothing."""
        marks = {reader: reader._mark() for reader in self._readers}
        self._timer = asyncio.get_running_loop().call_later(self._patience, self._cut_stuck, marks)

    def _cut_stuck(self, marks: dict[Reader, object]) -> None:
        self._timer = None
        if self._ended or not self._on_room:
            return
        for reader, mark in marks.items():
            if reader in self._readers and reader.waiting >= self._limit and reader._mark() == mark:
                reader._cut()
        self._look_again()

    def _forget(self, callback: Callable[[], object]) -> None:
        if callback in self._on_room:
            self._on_room.remove(callback)

    def end(self, error: BaseException | None = None) -> None:
        """End the stream for good; readers get the remaining data and then the end.

        Args:
            error: Why it broke off, if it did; readers then get `StreamBroken` instead of the end.
        """
        if self._ended:
            return
        self._ended, self._error = True, error
        self._finish_readers()
        self._wake_writers()

    def cut(self) -> None:
        """End the stream for the current readers, or for the first one to come; later readers get later data."""
        self._kept.cut()
        for reader in self._readers:
            reader._finish(None)
            reader._release()
        self._readers.clear()
        for reader in self._outside:
            reader._finish(None)
            reader._release()
        self._outside.clear()
        self._wake_writers()

    def read(self) -> Reader:
        """Join as a reader, from now on; the first one also gets the kept data."""
        reader = Reader(self)
        self._kept_from_outside = False
        if self._kept.pour_into(reader._backlog):
            reader._release()
            reader._finish(None)
            self._wake_writers()
            return reader
        self._readers[reader] = None
        if self._ended:
            self._finish_readers()
        return reader

    def read_outside(self) -> Reader:
        """Join as a reader outside, who gets nothing that came from there; the first one also gets the kept data.

        Kept data of which a part came from outside stays for a reader inside.
        """
        reader = Reader(self, outside=True)
        first = not self._readers and not self._outside
        self._outside[reader] = None
        if first and not self._kept_from_outside and not self._kept.has_cuts:
            self._kept.pour_into(reader._backlog)
        if self._ended:
            reader._finish(self._error)
        return reader

    def _leave(self, reader: Reader) -> None:
        if reader in self._outside:
            del self._outside[reader]
            if not self._readers and not self._outside:
                self._kept.extend(reader._backlog)
            self._wake_writers()
            return
        self._readers.pop(reader, None)
        if self._readers:
            self._pass_on(reader, reader._backlog)
        else:
            self._kept.extend(reader._backlog)
        if self._ended:
            self._finish_readers()
        self._wake_writers()

    def _finish_readers(self) -> None:
        """Let readers end, except those that may still get data that so far only an earlier reader was given."""
        for reader in self._outside:
            reader._finish(self._error)
        for reader in list(self._readers):
            reader._finish(self._error)
            if reader.waiting and not reader._taken:
                break

    def _pass_on(self, reader: Reader, backlog: _Backlog) -> None:
        """Pass data that only a leaving reader was given to the first reader that joined after it."""
        heir = min(self._readers, key=lambda other: other._since)
        # Data kept before it joined was given to it alone, and so was data written before the heir joined.
        old = max(0, backlog.size - (self._end - reader._since))
        backlog.shorten(old + max(0, heir._since - (self._end - backlog.size + old)))
        if heir._taken:
            self._kept.extend(backlog)
        else:
            heir._backlog.put_back(backlog)
            heir._wake()

    def _taken(self) -> None:
        # Waking only at half the limit spares a writer that is a transport a pause and a start at every chunk.
        if self._on_room and self.waiting <= self._limit // 2:
            self._wake_writers()
        if self._ended:
            self._finish_readers()

    def _wake_writers(self) -> None:
        if self._on_room and (self._ended or not self.full):
            callbacks, self._on_room = self._on_room, []
            for callback in callbacks:
                callback()


class Reader:
    """One reader of a `Broadcast`: an async iterator of its bytes, in chunks as they arrive.

    It must be closed (`aclose`) if it is not read to its end, because others wait for it.
    """

    __slots__ = (
        "_backlog",
        "_broadcast",
        "_error",
        "_finished",
        "_home",
        "_is_outside",
        "_progress",
        "_since",
        "_stuck",
        "_taken",
        "_waiter",
    )

    def __init__(self, broadcast: Broadcast, *, outside: bool = False) -> None:
        self._is_outside = outside
        self._broadcast: Broadcast | None = broadcast
        self._home: Broadcast | None = broadcast
        self._progress: Callable[[], int] | None = None
        self._stuck: Callable[[], object] | None = None
        self._taken = 0
        self._since = broadcast._end  # the position in the stream at which it joined
        self._backlog = _Backlog()
        self._finished = False
        self._error: BaseException | None = None
        self._waiter: asyncio.Future[None] | None = None

    @property
    def waiting(self) -> int:
        """Bytes that it has yet to read."""
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
        self._taken += 1
        if self._broadcast is not None:
            self._broadcast._taken()
        return chunk

    async def aclose(self) -> None:
        """Leave the stream; further reads give the end."""
        broadcast, self._broadcast = self._broadcast, None
        if broadcast is not None:
            broadcast._leave(self)
        self._backlog = _Backlog()
        self._finish(None)

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Set how to check that read data reaches its destination.

        Args:
            progress: Returns a number that changes with progress.
            stuck: Called when there was no progress for too long while writers wait; it must close this reader.
        """
        self._progress, self._stuck = progress, stuck

    def give_back(self, undelivered: Undelivered) -> None:
        """Put back read data that was not delivered; the next reader gets it, unless other readers have it, too."""
        chunks, received = undelivered
        if self._home is None or not chunks:
            return
        backlog = _Backlog()
        kept_from = chunks[0].rfind(b"\n", 0, received) + 1 if self._home.lines else received
        for chunk in (chunks[0][kept_from:], *chunks[1:]):
            if chunk:
                backlog.append(chunk)
        if self._broadcast is not None:
            self._backlog.put_back(backlog)
        elif self._is_outside and (self._home._readers or self._home._outside):
            return
        elif self._home._readers:
            self._home._pass_on(self, backlog)
        else:
            self._home._kept.put_back(backlog)

    def _mark(self) -> object:
        return self._taken, self._progress() if self._progress is not None else 0

    def _cut(self) -> None:
        if self._stuck is not None:
            self._stuck()

    def _give(self, chunk: bytes) -> None:
        self._backlog.add(chunk)
        self._wake()

    def _finish(self, error: BaseException | None) -> None:
        self._finished = True
        self._error = self._error or error
        self._wake()

    def _release(self) -> None:
        """Detach it from the stream: the data it holds no longer concerns others."""
        self._broadcast = self._home = None

    def _wake(self) -> None:
        if self._waiter is not None:
            resolve(self._waiter)


class _Backlog:
    """A queue of chunks and their total size; a cut between chunks marks where the first reader has to stop."""

    __slots__ = ("_cuts", "_sealed", "chunks", "size")

    def __init__(self) -> None:
        self.chunks: deque[bytes | bytearray] = deque()
        self.size = 0
        self._cuts: deque[int] = deque()  # the number of chunks from each cut to the next
        self._sealed = 0  # the number of chunks before the last cut

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

    def append(self, chunk: bytes) -> None:
        self.chunks.append(chunk)
        self.size += len(chunk)

    @property
    def has_cuts(self) -> bool:
        return bool(self._cuts)

    def cut(self) -> None:
        if fresh := len(self.chunks) - self._sealed:
            self._cuts.append(fresh)
            self._sealed += fresh

    def take(self) -> bytes:
        chunk = self.chunks.popleft()
        self.size -= len(chunk)
        return bytes(chunk)  # costs nothing if it is bytes already

    def pour_into(self, other: _Backlog) -> bool:
        """Move everything up to the first cut; return whether there was one."""
        ends = bool(self._cuts)
        count = self._cuts.popleft() if ends else len(self.chunks)
        for _ in range(count):
            other.chunks.append(chunk := self.chunks.popleft())
            other.size += len(chunk)
        self.size -= other.size
        self._sealed = max(0, self._sealed - count)
        return ends

    def shorten(self, size: int) -> None:
        """Drop all but the first `size` bytes."""
        while self.size > size:
            self.size -= len(last := self.chunks.pop())
            if self.size < size:
                self.append(bytes(last[: size - self.size]))

    def extend(self, other: _Backlog) -> None:
        """Append the data that another reader has left."""
        self.chunks.extend(other.chunks)
        self.size += other.size

    def put_back(self, other: _Backlog) -> None:
        """Prepend the data that another reader has left."""
        self.chunks.extendleft(reversed(other.chunks))
        self.size += other.size
        if self._cuts:
            self._cuts[0] += len(other.chunks)
            self._sealed += len(other.chunks)


def resolve(waiter: asyncio.Future[None]) -> None:
    """Resolve a future, unless it is done already."""
    if not waiter.done():
        waiter.set_result(None)
