"""Several writers into one stream, without one's record cut in two by another's.

How a stream is cut depends on its content type:

- ndjson: only whole lines pass. A line that is not complete yet is held back, so that readers never see half a record,
  not even of a writer that breaks off. A last line without a newline gets one.
- text: bytes pass as they come while one writer writes; another waits until the line that was begun ends.
  A line that does not go on for a while gives way, for text need not have lines at all.
  What another writes never goes on in somebody's line: if that has not ended, it is ended first.
- anything else: chunks pass as they come.
"""

from __future__ import annotations

import asyncio
import contextlib
from enum import Enum
from typing import Protocol

from scramjet_hub.streams.broadcast import StreamEnded

# A line longer than this is passed on before it is complete; other writers wait for its end.
LONGEST_HELD = 1024 * 1024

# For how long, in seconds, a line of text whose writer does nothing about it keeps other writers waiting.
PATIENCE = 2.0


class Cut(Enum):
    """Where one writer's data may be interrupted by another's."""

    RECORDS = "records"
    LINES = "lines"
    ANYWHERE = "anywhere"

    @classmethod
    def of(cls, content_type: str) -> Cut:
        """The cut that fits a media type."""
        if content_type.endswith("/x-ndjson"):
            return cls.RECORDS
        return cls.LINES if content_type.startswith("text/") else cls.ANYWHERE


class Sink(Protocol):
    """Where merged data goes, for example a `Broadcast`."""

    @property
    def full(self) -> bool:
        """Whether a writer has to wait."""

    async def room(self) -> None:
        """Wait until something may be pushed."""

    def push(self, chunk: bytes) -> None:
        """Pass a chunk on without waiting.

        Raises:
            StreamEnded: Nothing is taken any more.
        """


class Mixer:
    """Merges what several writers write into one sink.

    Args:
        sink: Where it goes.
        cut: Where writers may interrupt each other.
    """

    __slots__ = ("_changed", "_cut", "_holder", "_sink", "_unended", "_waiting")

    def __init__(self, sink: Sink, cut: Cut) -> None:
        self._sink = sink
        self._cut = cut
        self._holder: RecordWriter | None = None  # who has begun a record that others must not interrupt
        self._unended: RecordWriter | None = None  # whose line is the last and has no end yet
        self._changed = asyncio.Event()
        self._waiting = 0

    def writer(self) -> RecordWriter:
        """A new writer; it has to be finished or abandoned, or others may wait for it."""
        return RecordWriter(self)

    def begin_anew(self) -> None:
        """What is written from now on does not go on from what was written before, and waits for no end of it."""
        self._unended = None
        self._hold(None)

    async def _turn(self, writer: RecordWriter) -> None:
        """Wait until `writer` may push; what it pushes before it awaits anything stays together."""
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
            # One that waits for room itself is not to blame.
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
    """One of the writers of a `Mixer`."""

    __slots__ = ("_held", "_held_size", "_mixer", "_writing")

    def __init__(self, mixer: Mixer) -> None:
        self._mixer = mixer
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
        """Write what is held back, this having been all, and give way to others.

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
        """Drop what is held back, this having been broken off, and give way to others."""
        self._held.clear()
        if self._mixer._holder is not self:
            return
        if self._mixer._cut is Cut.RECORDS and self._mixer._unended is self:
            with contextlib.suppress(StreamEnded):
                self._pass(b"\n")  # so that readers need not wait for the next record to know this one's end
        self._mixer._hold(None)

    async def _turn(self) -> None:
        self._writing = True
        try:
            await self._mixer._turn(self)
        finally:
            self._writing = False

    def _keep(self, chunk: bytes) -> bool:
        """Hold back a piece without a line's end; whether it was one, and one more fitted."""
        if self._held_size + len(chunk) > LONGEST_HELD or b"\n" in chunk:
            return False
        if self._mixer._holder is self:  # the record has been begun: holding back its rest would help nobody
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
        if mixer._unended not in (None, self):
            mixer._sink.push(b"\n")
        mixer._sink.push(chunk)
        mixer._unended = self if mixer._cut is not Cut.ANYWHERE and not chunk.endswith(b"\n") else None
        mixer._hold(mixer._unended)
