"""Where records are kept: the interface that SQLite, or a broker, implements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from scramjet_space.state.records import Record

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scramjet_space.state.records import HubRecord, KeyRecord, PackageRecord, SpaceRecord, TokenRecord

R = TypeVar("R", bound=Record)


class Table(Protocol[R]):
    """The records of one kind. Reading is from memory; a write is visible at once and durable once it was awaited."""

    def all(self) -> list[R]:
        """Return all records, in the order of their creation."""

    def get(self, key: str) -> R | None:
        """Return the record with this key."""

    def find(self, key: str) -> R | None:
        """Return the record with this key, even if another process has only just added it; slower than `get`.

        Raises:
            StorageFailed: It could not be read.
        """

    def put(self, record: R) -> Awaitable[None]:
        """Add or replace a record; need not be awaited.

        Raises:
            StorageFailed: It could not be stored; raised when awaited.
        """

    def remove(self, key: str) -> Awaitable[None]:
        """Remove a record, if it is there; need not be awaited.

        Raises:
            StorageFailed: It could not be removed; raised when awaited.
        """

    def on_change(self, callback: Callable[[], object]) -> None:
        """Call `callback` after another process has changed a record."""


class State(Protocol):
    """Everything that a Platform keeps."""

    @property
    def spaces(self) -> Table[SpaceRecord]:
        """The Spaces."""

    @property
    def hubs(self) -> Table[HubRecord]:
        """The Hubs of all Spaces."""

    @property
    def keys(self) -> Table[KeyRecord]:
        """The access keys of all Spaces."""

    @property
    def tokens(self) -> Table[TokenRecord]:
        """The user tokens."""

    @property
    def packages(self) -> Table[PackageRecord]:
        """The packages in the stores of all Spaces."""

    def start(self) -> None:
        """Begin to watch for changes of other processes; called in the event loop."""

    async def close(self) -> None:
        """Complete all writes and close."""
