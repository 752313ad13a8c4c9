"""The history of Instances: records events without waiting, finds them again, and lets readers follow them.

An event is acknowledged once the Hub shows it, in a list or in a stream, or has replied to the stop or kill that it is
about. Before that, it is committed: it survives every end of the Hub, also SIGKILL. A power cut may take the last ones
along; their numbers are not used again all the same. Starts do not wait for the disk; a list waits until everything
before it is committed. A disk that takes no event for `PATIENCE` seconds holds up nothing any longer.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Gone, StorageFailed

from scramjet_hub.history.database import Bounds, Database, Query, Unusable
from scramjet_hub.history.entries import Draft, bookmark
from scramjet_hub.history.writer import Writer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from scramjet_serving.log import ServiceLog

    from scramjet_hub.history.entries import Entry, Filter
    from scramjet_hub.history.writer import Committed

FILE: Final = "history.sqlite"
# How many of the newest events are kept in memory for followers.
RECENT: Final = 1000
# How many events a follower gets at once.
BATCH: Final = 200
# After how many seconds without an event a follower gets a bookmark.
QUIET: Final = 30.0
# How long, in seconds, a reply waits for a disk that does not take its event.
PATIENCE: Final = 1.0


class History:
    """The history of a Hub's Instances.

    Args:
        folder: The folder of its file.
        bounds: The bounds of what is kept; with a size of 0 there is no history.
        log: The Hub's log.

    Attributes:
        enabled: Whether there is a history.
    """

    def __init__(self, folder: Path, bounds: Bounds, log: ServiceLog) -> None:
        self.enabled = bounds.size > 0
        self._path = folder / FILE
        self._log = log
        self._writer = Writer(self._path, bounds, self._from_thread, self._log_from_thread)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="history-reader")
        self._reading: Database | None = None
        self._read_version = self._version = 0
        self._recorded = self._done = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._recent: deque[Entry] = deque()
        self._recent_after = self._last = self._lost = 0
        self._ready = asyncio.Event()
        self._changed = asyncio.Event()
        self._closed = False

    def start(self) -> None:
        """Start the writer; what is recorded before is stored then."""
        self._loop = asyncio.get_running_loop()
        if self.enabled:
            self._writer.start()

    # Recording

    def record(self, kind: str, instance_id: str | None, message: str, **metadata: Any) -> None:
        """Record an event; see `Recorder`."""
        if self.enabled and not self._closed and self._writer.put(Draft.of(kind, instance_id, message, metadata)):
            self._recorded += 1

    async def committed(self) -> None:
        """Wait until everything recorded so far is committed, but not longer than `PATIENCE`."""
        if self._done >= self._recorded or self._closed:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self._recorded, future))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(future, PATIENCE)

    def _from_thread(self, committed: Committed) -> None:
        # The loop may have ended already.
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._on_committed, committed)

    def _log_from_thread(self, level: str, message: str) -> None:
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._log.write, level, message)

    def _on_committed(self, committed: Committed) -> None:
        if committed.opened != self._version:
            self._version = committed.opened
            self._recent.clear()
            self._recent_after = committed.last
        else:
            self._recent.extend(committed.entries)
            while len(self._recent) > RECENT:
                self._recent_after = self._recent.popleft().number
        self._done, self._lost, self._last = committed.done, committed.lost, committed.last
        while self._waiting and self._waiting[0][0] <= self._done:
            self._resolve(self._waiting.popleft()[1])
        self._ready.set()
        self._wake()

    @staticmethod
    def _resolve(future: asyncio.Future[None]) -> None:
        if not future.done():
            future.set_result(None)

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    # Reading

    async def find(self, query: Query) -> list[Entry]:
        """Return a part of the history.

        Raises:
            StorageFailed: It cannot be read now.
        """
        await self._until_ready()
        await self.committed()
        if self._closed:
            raise StorageFailed("The Hub is stopping")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reader, self._find, query, self._version)
        except Unusable as error:
            self._writer.suspect()
            raise StorageFailed(f"The history is damaged ({error}); a fresh one is about to begin") from error
        except (OSError, sqlite3.Error, RuntimeError) as error:
            raise StorageFailed(f"The history cannot be read now: {error}") from error

    async def _until_ready(self) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), PATIENCE * 10)
        except TimeoutError:
            raise StorageFailed("The history cannot be opened; the Hub's log says why") from None

    def _find(self, query: Query, version: int) -> list[Entry]:
        """Run a query in the thread of the readers."""
        if self._reading is None or self._read_version != version:
            self._close_reading()
            self._reading, self._read_version = Database(self._path), version
        return self._reading.find(query)

    async def position(self, cursor: int | None) -> int:
        """Return where a follower begins.

        Args:
            cursor: The number of the last event it has; 0 for the oldest that is kept, None for what is new from now.

        Raises:
            Gone: Events after the cursor have been removed.
            StorageFailed: The history cannot be read now.
        """
        await self._until_ready()
        if cursor is None:
            return self._last
        if cursor == 0:
            return self._lost
        self._check(cursor)
        return cursor

    def _check(self, position: int) -> None:
        if position < self._lost:
            raise Gone(
                "Events after this cursor are no longer kept, so some would be missing;"
                " begin again with the cursor 0 (the oldest that is kept) or without one (new events only)"
            )

    async def follow(self, position: int, wanted: Filter, *, marked: bool) -> AsyncIterator[bytes]:
        """Return the events after a position as JSON lines, then new ones as they are committed.

        Args:
            position: See `position`.
            wanted: Which events.
            marked: Whether to begin with a bookmark.

        Raises:
            Gone: Events that the reader has not had yet have been removed.
        """
        loop = asyncio.get_running_loop()
        if marked:
            yield bookmark(position)
        due = loop.time() + QUIET
        while True:
            changed = self._changed
            self._check(position)
            entries = await self._after(position)
            position = entries[-1].number if entries else position
            shown = b"".join(entry.line() for entry in entries if wanted.matches(entry))
            if not shown and loop.time() >= due:
                shown = bookmark(position)
            if shown:
                yield shown
                due = loop.time() + QUIET
            elif not entries and self._closed:
                return
            elif not entries:
                await self._wait(changed, due - loop.time())

    async def _after(self, position: int) -> list[Entry]:
        if position >= self._recent_after:
            return [entry for entry in self._recent if entry.number > position][:BATCH]
        return await self.find(Query(after=position, limit=BATCH))

    @staticmethod
    async def _wait(changed: asyncio.Event, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), seconds)

    async def close(self) -> None:
        """Store what is waiting, end all followers, and close the file."""
        await asyncio.to_thread(self._writer.close)
        # The thread's last call is in the queue of the loop.
        await asyncio.sleep(0)
        self._closed = True
        while self._waiting:
            self._resolve(self._waiting.popleft()[1])
        self._wake()
        # The last connection to close the file empties its write-ahead log.
        await asyncio.get_running_loop().run_in_executor(self._reader, self._close_reading)
        self._reader.shutdown(wait=False)

    def _close_reading(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None
