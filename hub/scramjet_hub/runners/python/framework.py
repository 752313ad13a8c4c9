"""The input as a `Stream` of scramjet-framework-py. Imported only when that package is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scramjet.streams import Stream  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class InputStream(Stream):  # type: ignore[misc]  # as above
    """A `Stream` that is read from the input when, and as, somebody wants it.

    Iterated over as it is, it gives the items themselves; the framework, which makes a task for every item, has its
    part in it only when one of its methods is called. It also makes more of this class for what those return, which
    have no input of their own.
    """

    _items: AsyncIterator[Any] | None = None
    _failed: Callable[[BaseException], object]
    _feeder: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, items: AsyncIterator[Any], failed: Callable[[BaseException], object]) -> InputStream:
        """The stream of the input.

        Args:
            items: The items of the input.
            failed: Called if the input cannot be read on, which the framework has no way to tell.
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
        except Exception as error:  # noqa: BLE001 - whatever it is, the Sequence would wait for ever
            self._failed(error)
        else:
            self.end()
