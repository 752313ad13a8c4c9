"""A record mixer: merges several writers into one stream without cutting a record of one by another's.

The possible cuts depend on the content type:

- ndjson: only whole lines pass. An incomplete line is held back, so that readers never see half a record, not even of
  a writer that breaks off. A last line without a newline gets one.
- text: bytes pass as they arrive while one writer writes; another waits until the begun line ends.
  A line without new data for a while gives way, because text need not have lines at all.
  A writer never continues the line of another: if that line has not ended, it is ended first.
- any other: chunks pass as they arrive.
"""

from __future__ import annotations

import asyncio
import contextlib
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from scramjet_serving.streams.broadcast import StreamEnded

if TYPE_CHECKING:
    from collections.abc import Callable

# A longer line is passed on before it is complete; other writers wait for its end.
LONGEST_HELD = 1024 * 1024

# How long, in seconds, an incomplete line of text without new data keeps other writers waiting.
PATIENCE = 2.0


class Cut(Enum):
    """Finds the places where another writer's data may interrupt that of one."""

    RECORDS = "records"
    LINES = "lines"
    ANYWHERE = "anywhere"

    @classmethod
    def of(cls, content_type: str) -> Cut:
        """Return the cut for a media type."""
        if content_type.endswith("/x-ndjson"):
            return cls.RECORDS
        return cls.LINES if content_type.startswith("text/") else cls.ANYWHERE


class Sink(Protocol):
    """The target of merged data, for example a `Broadcast`."""

    @property
    def full(self) -> bool:
        """Whether a writer has to wait."""

    async def room(self) -> None:
        """Wait until there is room."""

    def push(self, chunk: bytes) -> None:
        """Pass a chunk on without waiting.

        Raises:
            StreamEnded: Nothing is taken any more.
        """


class OpenSink(Sink, Protocol):
    """A sink that also takes what its readers outside must not get."""

    def push_from_outside(self, chunk: bytes) -> None:
        """Pass a chunk on without waiting, but not to readers outside.

        Raises:
            StreamEnded: Nothing is taken any more.
        """


class Mixer:
    """Merges the data of several writers into one sink.

    Args:
        sink: The target.
        cut: Where writers may interrupt each other.
    """

    __slots__ = ("_changed", "_cut", "_holder", "_sink", "_unended", "_waiting")

    def __init__(self, sink: OpenSink, cut: Cut) -> None:
        self._sink = sink
        self._cut = cut
        self._holder: RecordWriter | None = None  # the writer of a record in progress, which others must not interrupt
        self._unended: RecordWriter | None = None  # the writer of the last line, if that has no end yet
        self._changed = asyncio.Event()
        self._waiting = 0

    def writer(self) -> RecordWriter:
        """Create a writer, which must be finished or abandoned, or others may wait for it."""
        return RecordWriter(self)

    def writer_from_outside(self) -> RecordWriter:
        """Create a writer whose data the readers outside do not get (see `Broadcast`)."""
        return OutsideWriter(self)

    def begin_anew(self) -> None:
        """Separate future data from past data: it neither continues the last line nor waits for its end."""
        self._unended = None
        self._hold(None)

    async def _turn(self, writer: RecordWriter) -> None:
        """Wait until `writer` may push; what it pushes before its next await stays together."""
        await self._sink.room()
        while self._holder is not None and self._holder is not writer:
            await self._wait_for_holder()
            await self._sink.room()

    async def _wait_for_holder(self) -> None:
        holder = self._holder
        self._waiting += 1
        try:
            await asyncio.wait_for(self._changed.wait(), PATIENCE if self._cut is Cut.LINES else None)
        except TimeoutError:
            # A writer that itself waits for room is not stalled.
            if holder is self._holder and holder is not None and not holder._writing:
                self._hold(None)
        finally:
            self._waiting -= 1

    def _hold(self, writer: RecordWriter | None) -> None:
        if writer is not self._holder:
            self._holder = writer
            self._changed.set()
            self._changed = asyncio.Event()

    def _holds_back(self) -> bool:
        return self._cut is Cut.RECORDS or (self._cut is Cut.LINES and self._waiting > 0)


class RecordWriter:
    """One writer of a `Mixer`."""

    __slots__ = ("_held", "_held_size", "_mixer", "_push", "_writing")

    def __init__(self, mixer: Mixer) -> None:
        self._mixer = mixer
        self._push: Callable[[bytes], None] = mixer._sink.push
        self._held: list[bytes] = []
        self._held_size = 0
        self._writing = False

    @property
    def ready(self) -> bool:
        """Whether `write` would return without waiting."""
        return not self._mixer._sink.full and self._mixer._holder in (None, self)

    async def write(self, chunk: bytes) -> None:
        """Write, waiting while there is no room or another writer is within a record.

        Raises:
            StreamEnded: Nothing is taken any more.
        """
        if not chunk:
            return
        if self._mixer._cut is Cut.RECORDS and self._keep(chunk):
            return
        if not self.ready:
            await self._turn()
        end = chunk.rfind(b"\n") + 1 if self._mixer._holds_back() else len(chunk)
        if end:
            self._pass(chunk[:end])
        if end < len(chunk) and not self._keep(chunk[end:]):
            self._pass(chunk[end:])

    async def finish(self) -> None:
        """Complete the write with the held-back data, and let others write.

        Raises:
            StreamEnded: Nothing is taken any more.
        """
        try:
            if self._held:
                await self._turn()
                self._pass(b"\n" if self._mixer._cut is Cut.RECORDS else b"")
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Drop the held-back data of an incomplete write, and let others write."""
        self._held.clear()
        if self._mixer._holder is not self:
            return
        if self._mixer._cut is Cut.RECORDS and self._mixer._unended is self:
            with contextlib.suppress(StreamEnded):
                self._pass(b"\n")  # so that readers see the end of this record without waiting for the next
        self._mixer._hold(None)

    async def _turn(self) -> None:
        self._writing = True
        try:
            await self._mixer._turn(self)
        finally:
            self._writing = False

    def _keep(self, chunk: bytes) -> bool:
        """Hold back a piece without a line end; return whether it was one, and fitted."""
        if self._held_size + len(chunk) > LONGEST_HELD or b"\n" in chunk:
            return False
        if self._mixer._holder is self:  # part of this record has passed already: holding back the rest would not help
            return False
        self._held.append(chunk)
        self._held_size += len(chunk)
        return True

    def _pass(self, chunk: bytes) -> None:
        if self._held:
            self._held.append(chunk)
            chunk = b"".join(self._held)
            self._held.clear()
            self._held_size = 0
        if not chunk:
            return
        mixer = self._mixer
        if mixer._unended is not None and mixer._unended is not self:
            mixer._unended._push(b"\n")
        self._push(chunk)
        mixer._unended = self if mixer._cut is not Cut.ANYWHERE and not chunk.endswith(b"\n") else None
        mixer._hold(mixer._unended)


class OutsideWriter(RecordWriter):
    """A writer whose data the readers outside do not get."""

    __slots__ = ()

    def __init__(self, mixer: Mixer) -> None:
        super().__init__(mixer)
        self._push = mixer._sink.push_from_outside
