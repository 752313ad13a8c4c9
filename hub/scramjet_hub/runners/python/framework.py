"""The input as a `Stream` of scramjet-framework-py. Imported only if that package is installed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scramjet.streams import Stream  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class InputStream(Stream):  # type: ignore[misc]  # as above
    """A `Stream` that reads the input lazily.

    Iterating over it returns the items directly; the framework, which creates a task for every item, is involved only
    when one of its methods is called. It also creates objects of this class for the results of those methods, which
    have no input of their own.
    """

    _items: AsyncIterator[Any] | None = None
    _failed: Callable[[BaseException], object]
    _feeder: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, items: AsyncIterator[Any], failed: Callable[[BaseException], object]) -> InputStream:
        """Create the stream of the input.

        Args:
            items: The items of the input.
            failed: Called if reading the input fails, which the framework cannot report.
        """
        stream = cls()
        stream._items = items
        stream._failed = failed
        return stream

    def __aiter__(self) -> Any:
        if self._items is None or self._consumed or self._feeder is not None:
            return super().__aiter__()
        self._mark_consumed()
        return self._items

    def _uncork(self) -> None:
        if self._items is not None and self._feeder is None:
            self._feeder = asyncio.get_running_loop().create_task(self._feed(self._items))
        super()._uncork()

    async def _feed(self, items: AsyncIterator[Any]) -> None:
        try:
            async for item in items:
                await self.write(item)
        except Exception as error:  # noqa: BLE001 - after any error, the Sequence would wait forever
            self._failed(error)
        else:
            self.end()
