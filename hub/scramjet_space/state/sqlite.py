"""Records in an SQLite database: read from memory, written by one thread, so that no request waits for a disk."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from scramjet_serving.errors import StorageFailed

from scramjet_space.state.records import (
    HubRecord,
    KeyRecord,
    PackageRecord,
    Record,
    SpaceRecord,
    TokenRecord,
    decode,
    encode,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

R = TypeVar("R", bound=Record)

FORMAT: Final = 1
CREATE: Final = """
CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, key)
)
"""
PUT: Final = (
    "INSERT INTO records (kind, key, value) VALUES (?, ?, ?)"
    " ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value"
)
REMOVE: Final = "DELETE FROM records WHERE kind = ? AND key = ?"
FIND: Final = "SELECT value FROM records WHERE kind = ? AND key = ?"
READ: Final = "SELECT value FROM records WHERE kind = ? ORDER BY rowid"
# How long, in seconds, another process may hold the database, and how often its changes are looked for.
BUSY: Final = 10.0
LOOK: Final = 0.5


class SqliteTable(Generic[R]):
    """The records of one kind.

    Args:
        kind: The class of the records.
        database: Where they are.
    """

    def __init__(self, kind: type[R], database: SqliteState) -> None:
        self._kind = kind
        self._database = database
        self._callbacks: list[Callable[[], object]] = []
        self._records: dict[str, R] = {}

    def all(self) -> list[R]:
        """Return all records, in the order of their creation."""
        return list(self._records.values())

    def get(self, key: str) -> R | None:
        """Return the record with this key."""
        return self._records.get(key)

    def find(self, key: str) -> R | None:
        """Return the record with this key, even if another process has only just added it; slower than `get`.

        Raises:
            StorageFailed: It could not be read.
        """
        known = self._records.get(key)
        if known is None and (row := self._database.find(self._kind.KIND, key)) is not None:
            known = self._records[key] = decode(self._kind, row)
        return known

    def put(self, record: R) -> asyncio.Future[None]:
        """Add or replace a record; need not be awaited.

        Raises:
            StorageFailed: It could not be stored; raised when awaited.
        """
        self._records[record.key] = record
        return self._database.write(PUT, (self._kind.KIND, record.key, encode(record)))

    def remove(self, key: str) -> asyncio.Future[None]:
        """Remove a record, if it is there; need not be awaited.

        Raises:
            StorageFailed: It could not be removed; raised when awaited.
        """
        self._records.pop(key, None)
        return self._database.write(REMOVE, (self._kind.KIND, key))

    def on_change(self, callback: Callable[[], object]) -> None:
        """Call `callback` after another process has changed a record."""
        self._callbacks.append(callback)

    def replace(self, rows: list[bytes], *, quietly: bool = False) -> None:
        """Take over what is in the database now.

        Args:
            rows: The records, as JSON.
            quietly: Whether nobody is told of changes.
        """
        records = {record.key: record for record in (decode(self._kind, row) for row in rows)}
        changed, self._records = records != self._records, records
        for callback in self._callbacks if changed and not quietly else ():
            callback()


class SqliteState:
    """All records of a Platform, in one file.

    Only one process serves them; but tokens are also created and revoked by the command line, in another process.

    Args:
        path: The file; created if it is missing.

    Raises:
        StorageFailed: It cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="state")
        self._path = path
        self._connection: sqlite3.Connection
        self._version = 0
        self._watching: asyncio.Task[None] | None = None
        self._writes: set[asyncio.Future[None]] = set()
        self.spaces = SqliteTable(SpaceRecord, self)
        self.hubs = SqliteTable(HubRecord, self)
        self.keys = SqliteTable(KeyRecord, self)
        self.tokens = SqliteTable(TokenRecord, self)
        self.packages = SqliteTable(PackageRecord, self)
        with self._explained():
            self._thread.submit(self._open).result()
            tables: list[SqliteTable[Any]] = [self.spaces, self.hubs, self.keys, self.tokens, self.packages]
            for table in tables:
                table.replace(self._thread.submit(self._read, table._kind.KIND).result(), quietly=True)

    def start(self) -> None:
        """Begin to watch for changes of other processes; called in the event loop."""
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    def write(self, statement: str, values: tuple[object, ...]) -> asyncio.Future[None]:
        """Execute a statement after all earlier ones, and commit it."""
        done = asyncio.wrap_future(self._thread.submit(self._execute, statement, values))
        self._writes.add(done)
        done.add_done_callback(self._written)
        return done

    def find(self, kind: str, key: str) -> bytes | None:
        """Read one record at once, over a connection of its own: a write that waits for a disk does not delay it.

        Raises:
            StorageFailed: It could not be read.
        """
        with self._explained(), contextlib.closing(sqlite3.connect(self._path, timeout=0)) as connection:
            row = connection.execute(FIND, (kind, key)).fetchone()
        return None if row is None else bytes(row[0])

    def write_now(self, record: Record) -> None:
        """Store a record without an event loop, as the command line does.

        Raises:
            StorageFailed: It could not be stored.
        """
        self._at_once(PUT, (record.KIND, record.key, encode(record)))

    def remove_now(self, record: Record) -> None:
        """Remove a record without an event loop, as the command line does.

        Raises:
            StorageFailed: It could not be removed.
        """
        self._at_once(REMOVE, (record.KIND, record.key))

    async def reload(self) -> None:
        """Take over the tokens that are in the database now."""
        version = await self._run(self._data_version)
        if version != self._version:
            self._version = version
            self.tokens.replace(await self._run(self._read, TokenRecord.KIND))

    async def close(self) -> None:
        """Complete all writes and close."""
        if self._watching is not None:
            self._watching.cancel()
        await asyncio.gather(*self._writes, return_exceptions=True)
        self.close_now()

    def close_now(self) -> None:
        """Close, as the command line does."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()

    def _written(self, done: asyncio.Future[None]) -> None:
        self._writes.discard(done)
        if not done.cancelled():
            done.exception()  # who needs to know has awaited it

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            # Another process that holds the database delays this; the next look finds the change.
            with contextlib.suppress(StorageFailed):
                await self.reload()

    def _run(self, work: Callable[..., Any], *arguments: object) -> asyncio.Future[Any]:
        return asyncio.wrap_future(self._thread.submit(work, *arguments))

    def _at_once(self, statement: str, values: tuple[object, ...]) -> None:
        done: Future[None] = self._thread.submit(self._execute, statement, values)
        done.result()

    # In the thread.

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._path, timeout=BUSY, isolation_level=None)
        for line in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", CREATE):
            self._connection.execute(line)
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT:
            raise StorageFailed(f"{self._path} was written by a newer version of this program")
        self._connection.execute(f"PRAGMA user_version = {FORMAT}")
        self._version = self._data_version()

    def _data_version(self) -> int:
        with self._explained():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _read(self, kind: str) -> list[bytes]:
        with self._explained():
            return [bytes(row[0]) for row in self._connection.execute(READ, (kind,))]

    def _execute(self, statement: str, values: tuple[object, ...]) -> None:
        with self._explained():
            self._connection.execute(statement, values)

    @contextlib.contextmanager
    def _explained(self) -> Any:
        try:
            yield
        except (sqlite3.Error, ValueError) as error:
            raise StorageFailed(f"{self._path} cannot be used: {error}") from error
