"""The thread that writes the history: takes events from a queue and commits as many as are waiting at once."""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from scramjet_hub.history.database import Database, Unusable, put_aside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scramjet_hub.history.database import Bounds
    from scramjet_hub.history.entries import Draft, Entry

# How many events are committed at once.
MOST_AT_ONCE: Final = 1000
# How many events wait for a disk that does not take them; more are lost.
MOST_WAITING: Final = 100_000
# Seconds until a failed write is repeated.
PAUSE: Final = 1.0
# How often to remove old events: after how many new ones, and after how many seconds.
TRIM_AFTER: Final = 1000
TRIM_EVERY: Final = 60.0
# How long, in seconds, the end of the Hub waits for the last commit.
LAST_COMMIT: Final = 5.0


class Committed(NamedTuple):
    """What a commit has changed.

    Attributes:
        entries: The events that are stored now.
        done: How many events have been stored since the Hub started.
        lost: See `Database.lost`.
        last: See `Database.last`.
        opened: How often a database has been opened; readers of an older one have to open it again.
    """

    entries: list[Entry]
    done: int
    lost: int
    last: int
    opened: int


class Writer:
    """Writes events in a thread of its own, the only one that changes the database.

    Args:
        path: The file.
        bounds: The bounds of what is kept.
        committed: Called in the thread after each change.
        log: Called in the thread with a level and a sentence.
    """

    def __init__(
        self,
        path: Path,
        bounds: Bounds,
        committed: Callable[[Committed], object],
        log: Callable[[str, str], object],
    ) -> None:
        self._path = path
        self._bounds = bounds
        self._committed = committed
        self._log = log
        self._queue: queue.SimpleQueue[Draft | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._suspected = False
        self._dropped = 0
        self._database: Database | None = None
        self._opened = 0
        self._done = 0
        self._failing = False
        self._since_trimmed = 0
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)

    def start(self) -> None:
        """Start the thread, which first opens the database."""
        self._thread.start()

    def put(self, draft: Draft) -> bool:
        """Queue an event; return whether there was room for it."""
        if self._queue.qsize() >= MOST_WAITING:
            self._dropped = draft.moment
            return False
        self._queue.put(draft)
        return True

    def suspect(self) -> None:
        """Have the database checked before the next write: a reader found damage."""
        self._suspected = True

    def close(self) -> None:
        """Store what is waiting, and end the thread; may take `LAST_COMMIT` seconds."""
        if self._thread.ident is None:
            return
        self._queue.put(None)
        self._stopping.set()
        self._thread.join(LAST_COMMIT)

    def _run(self) -> None:
        ended = False
        self._insist(self._open)
        while not ended:
            batch, ended = self._take()
            if batch:
                self._insist(partial(self._write, batch))
            if not ended and self._is_time_to_trim(len(batch)):
                self._attempt(self._trim)
        self._forget()

    def _insist(self, step: Callable[[], object]) -> None:
        """Attempt something until it succeeds, or the Hub stops."""
        while not self._attempt(step) and not self._stopping.is_set():
            pass

    def _take(self) -> tuple[list[Draft], bool]:
        """Wait for events; return all that are there, and whether none will follow."""
        batch: list[Draft] = []
        with contextlib.suppress(queue.Empty):
            item = self._queue.get(timeout=TRIM_EVERY)
            while item is not None:
                batch.append(item)
                if len(batch) == MOST_AT_ONCE:
                    return batch, False
                item = self._queue.get_nowait()
            return batch, True
        return batch, False

    def _attempt(self, step: Callable[[], object]) -> bool:
        """Do something with the database; log a failure, replace a damaged one, and wait before the next try."""
        try:
            self._replace_if_suspected()
            step()
        except Unusable as error:
            self._replace(error)
            return False
        except (OSError, sqlite3.Error) as error:
            if not self._failing:
                self._log("ERROR", f"The history cannot be written, and is tried again: {error}")
            self._failing = True
            self._stopping.wait(PAUSE)
            return False
        if self._failing:
            self._log("INFO", "The history can be written again")
        self._failing = False
        return True

    def _write(self, batch: list[Draft]) -> None:
        database = self._open()
        entries = database.add(batch)
        self._done += len(batch)
        if dropped := self._dropped:
            self._dropped = 0
            database.note_loss(max(database.last, dropped))
            self._log("ERROR", "Events are missing in the history: the disk did not take them in time")
        self._tell(entries)

    def _trim(self) -> None:
        database = self._open()
        database.trim(self._bounds)
        self._tell([])

    def _is_time_to_trim(self, written: int) -> bool:
        self._since_trimmed = self._since_trimmed + written if written else TRIM_AFTER
        if self._since_trimmed < TRIM_AFTER:
            return False
        self._since_trimmed = 0
        return True

    def _open(self) -> Database:
        """Return the open database; opens it if necessary, and completes what an interrupted Hub left open."""
        if self._database is None:
            database = Database(self._path, check=True)
            try:
                entries = database.add(database.cut_off()) if not self._opened else []
                database.trim(self._bounds)
            except BaseException:
                database.close()
                raise
            self._database = database
            self._opened += 1
            self._tell(entries)
        return self._database

    def _tell(self, entries: list[Entry]) -> None:
        if (database := self._database) is not None:
            self._committed(Committed(entries, self._done, database.lost, database.last, self._opened))

    def _replace_if_suspected(self) -> None:
        if self._suspected:
            self._suspected = False
            self._forget()

    def _forget(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _replace(self, error: Unusable) -> None:
        """Put a damaged database aside, so that the next try begins a fresh one."""
        self._forget()
        try:
            place = put_aside(self._path)
        except OSError as problem:
            self._log("ERROR", f"The history is damaged ({error}) and cannot be put aside: {problem}")
            self._stopping.wait(PAUSE)
            return
        told = f"The history was damaged ({error}); it was put aside as {place.name}, and a fresh one has begun"
        self._log("ERROR", f"{told}. Nothing else is lost")
