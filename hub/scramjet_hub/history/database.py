"""The database of the history: one table in an SQLite file, bounded by age and size."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING, Final

import attrs

from scramjet_hub.history.entries import CREATED, ENDED, EVERYTHING, Draft, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scramjet_hub.history.entries import Filter

FORMAT: Final = 1
SCHEMA: Final = """
CREATE TABLE events (id INTEGER PRIMARY KEY, type TEXT NOT NULL, instance_id TEXT, message TEXT NOT NULL,
    metadata TEXT NOT NULL);
CREATE INDEX events_of_an_instance ON events (instance_id, id);
CREATE TABLE state (lost INTEGER NOT NULL);
"""
STATE: Final = "INSERT INTO state VALUES ({})"
TABLES: Final = frozenset(("events", "state"))
COLUMNS: Final = "id, type, instance_id, message, metadata"
# How long, in seconds, to wait for another connection that holds a lock.
BUSY: Final = 5.0
# Bytes to which the write-ahead log is cut after a checkpoint.
LOG_SIZE: Final = 4 * 1024 * 1024
# How many damaged databases are kept beside the current one.
PUT_ASIDE: Final = 3
# The part of all events to remove at once when there is no more room, so that this is rare.
SHARE: Final = 10
CUT_OFF: Final = "The Hub ended without warning, and the Instance with it"


class Unusable(Exception):  # noqa: N818 - it describes the file
    """The file is no database of a history, or a damaged one; the text says what is wrong."""


@attrs.frozen
class Bounds:
    """The bounds of the history.

    Attributes:
        age: How long an event is kept, in seconds.
        size: How many bytes all of them may take on the disk.
    """

    age: float
    size: int


@attrs.frozen
class Query:
    """A part of the history.

    Attributes:
        wanted: Which events.
        after: Only events with a larger number.
        until: Only events up to this number; None for no limit.
        limit: The maximum number of events.
        offset: How many to leave out before.
        descending: Whether the newest come first.
    """

    wanted: Filter = EVERYTHING
    after: int = 0
    until: int | None = None
    limit: int = 100
    offset: int = 0
    descending: bool = False

    def statement(self) -> tuple[str, list[object]]:
        """Return it in SQL, with its parameters."""
        conditions = ["id > ?"]
        values: list[object] = [self.after]
        for column, choice in (("instance_id", self.wanted.instance_ids), ("type", self.wanted.kinds)):
            if choice:
                conditions.append(f"{column} IN ({', '.join('?' * len(choice))})")
                values += choice
        if self.until is not None:
            conditions.append("id <= ?")
            values.append(self.until)
        order = "DESC" if self.descending else "ASC"
        # Only names of columns and placeholders are put together here.
        text = f"SELECT {COLUMNS} FROM events WHERE {' AND '.join(conditions)} ORDER BY id {order} LIMIT ? OFFSET ?"  # noqa: S608
        return text, [*values, self.limit, self.offset]


class Database:
    """An open database; used by one thread at a time.

    Args:
        path: The file; created if it is missing.
        check: Whether to look for damage, which reads all of it.

    Raises:
        Unusable: It is damaged, or no history.
        sqlite3.OperationalError: It cannot be opened or written to.

    Attributes:
        last: The number of the newest event, or `lost` if that is larger.
        lost: The number up to which events may be missing: removed, lost, or from before the file was created.
    """

    def __init__(self, path: Path, *, check: bool = False) -> None:
        self._file = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            with usable():
                self._prepare(check=check)
        except BaseException:
            self._file.close()
            raise

    def _prepare(self, *, check: bool) -> None:
        if check:
            self._check()
        self._file.execute("PRAGMA journal_mode = WAL")
        # A commit survives the end of this process, however it ends; a power cut may take the last ones along.
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute(f"PRAGMA journal_size_limit = {LOG_SIZE}")
        if self._number("PRAGMA user_version") == 0:
            self._create()
        self.lost = self._number("SELECT max(lost) FROM state")
        self.last = max(self.lost, self._number("SELECT max(id) FROM events"))

    def _check(self) -> None:
        found = self._file.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Unusable(str(found))
        version = self._number("PRAGMA user_version")
        if version > FORMAT:
            raise Unusable(f"it was made by a later version of the Hub (its format is {version})")
        tables = {name for (name,) in self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if version == 0 and tables:
            raise Unusable("it is the database of something else")
        if version and not tables >= TABLES:
            raise Unusable("it has not all of its tables")

    def _create(self) -> None:
        # What happened before is unknown, so that cursors from before are not taken for complete.
        begin = time.time_ns() // 1000
        self._file.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT}; {STATE.format(begin)}; COMMIT")

    def _number(self, statement: str) -> int:
        row = self._file.execute(statement).fetchone()
        return int(row[0] or 0)

    def add(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Store events, all or none, and return them with their numbers.

        Raises:
            Unusable: The database is damaged.
            sqlite3.OperationalError: It cannot be written to.
        """
        last, entries = self.last, []
        for draft in drafts:
            last = max(last + 1, draft.moment)
            entries.append(Entry(last, *draft[1:]))
        with usable(), self._transaction():
            self._file.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", entries)
        self.last = last
        return entries

    def cut_off(self) -> list[Draft]:
        """Return the missing ends of Instances whose Hub was killed."""
        text = "SELECT instance_id FROM events WHERE type = ? EXCEPT SELECT instance_id FROM events WHERE type = ?"
        with usable():
            rows = self._file.execute(text, (CREATED, ENDED)).fetchall()
        return [Draft.of(ENDED, key, CUT_OFF, {"reason": CUT_OFF}) for (key,) in rows]

    def note_loss(self, number: int) -> None:
        """Record that events up to a number are missing, so that what follows is not taken for complete."""
        with usable(), self._transaction():
            self._file.execute("UPDATE state SET lost = max(lost, ?)", (number,))
        self.lost = max(self.lost, number)
        self.last = max(self.last, self.lost)

    def trim(self, bounds: Bounds) -> None:
        """Remove the oldest events until the rest is within the bounds."""
        self._remove_until(int((time.time() - bounds.age) * 1_000_000))
        while self.size > bounds.size and (count := self._number("SELECT count(*) FROM events")):
            skip = min(max(count // SHARE, 1), count) - 1
            self._remove_until(self._number(f"SELECT id FROM events ORDER BY id LIMIT 1 OFFSET {skip}"))  # noqa: S608 - a number

    def _remove_until(self, number: int) -> None:
        with usable():
            newest = self._file.execute("SELECT max(id) FROM events WHERE id <= ?", (number,)).fetchone()[0]
            if newest is None:
                return
            with self._transaction():
                self._file.execute("DELETE FROM events WHERE id <= ?", (newest,))
                self._file.execute("UPDATE state SET lost = max(lost, ?)", (newest,))
        self.lost = max(self.lost, newest)

    @property
    def size(self) -> int:
        """How many bytes the events take."""
        pages = self._number("PRAGMA page_count") - self._number("PRAGMA freelist_count")
        return pages * self._number("PRAGMA page_size")

    def find(self, query: Query) -> list[Entry]:
        """Return a part of the history.

        Raises:
            Unusable: The database is damaged.
            sqlite3.OperationalError: It cannot be read.
        """
        with usable():
            return [Entry(*row) for row in self._file.execute(*query.statement())]

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._file.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close it."""
        with contextlib.suppress(sqlite3.Error):
            self._file.close()


@contextlib.contextmanager
def usable() -> Iterator[None]:
    """Tell damage from a disk that is full or fails.

    Raises:
        Unusable: The file is damaged.
    """
    try:
        yield
    except sqlite3.OperationalError:
        # A full disk, a lock, an input or output error: the file itself may be sound.
        raise
    except sqlite3.DatabaseError as error:
        raise Unusable(str(error)) from error


def put_aside(path: Path) -> Path:
    """Rename an unusable database, so that a fresh one can take its place; returns its new name.

    Raises:
        OSError: It cannot be renamed.
    """
    name = f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{os.getpid()}"
    place = path.with_name(name)
    path.rename(place)
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(place.with_name(place.name + suffix))
    for old in sorted(path.parent.glob(f"{path.name}.damaged-*[0-9]"))[:-PUT_ASIDE]:
        for suffix in ("", "-wal", "-shm"):
            old.with_name(old.name + suffix).unlink(missing_ok=True)
    return place
