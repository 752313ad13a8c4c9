# Copied by `make generate` from client/classes/_pages.py: edit it there.
"""Iterators over lists that a Hub gives in pages."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ._runtime.aio.items import AsyncItems
from ._runtime.errors import ArgumentTypeError, InvalidArgumentError
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from ._runtime.aio.connection import AsyncConnection
    from ._runtime.call import Call


class Identified(Protocol):
    """An item of a list."""

    id: str


T = TypeVar("T", bound=Identified)

LARGEST_PAGE = 1000
"""The most items that a Hub gives in one page."""


class AsyncPages(Generic[T]):
    """The items of a list, read page by page as they are asked for; none is given twice.

    A page is requested again if that was interrupted, so no item is lost.

    Args:
        connection: The connection to the server.
        page: Returns the call for the page that begins after a number of items.
        items: Takes the items out of the result of such a call.
        size: The number of items of a page.

    Raises:
        InvalidArgumentError: There is no page of this size.
        ArgumentTypeError: The size is no whole number.
    """

    def __init__(
        self, connection: AsyncConnection, page: Callable[[int], Call[Any]], items: Callable[[Any], list[T]], size: int
    ) -> None:
        if not isinstance(size, int) or isinstance(size, bool):
            raise ArgumentTypeError(
                f"The size of a page is a whole number, not {type(size).__name__}. Nothing was sent."
            )
        if not 1 <= size <= LARGEST_PAGE:
            raise InvalidArgumentError(f"A page has 1 to {LARGEST_PAGE} items, not {size}. Nothing was sent.")
        self._connection = connection
        self._page = page
        self._items = items
        self._size = size
        self._offset = 0
        self._ready: deque[T] = deque()
        self._given: set[str] = set()
        self._ended = False

    def items(self) -> AsyncItems[T]:
        """Iterate over the remaining items."""
        return AsyncItems(self._remaining)

    async def _remaining(self, running: list[bool]) -> AsyncGenerator[T, None]:
        running.append(True)
        try:
            while self._ready or not self._ended:
                if self._ready:
                    yield self._ready.popleft()
                else:
                    await self._load()
        finally:
            running.clear()

    async def _load(self) -> None:
        page = self._items(await self._connection.send(self._page(self._offset)))
        fresh = [item for item in page if item.id not in self._given]
        self._given.update(item.id for item in fresh)
        self._ready.extend(fresh)
        self._offset += len(page)
        # A Hub without pages gives everything each time.
        self._ended = len(page) != self._size or not fresh


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncConnection": "._runtime.aio.connection",
        "AsyncGenerator": "collections.abc",
        "Call": "._runtime.call",
        "Callable": "collections.abc",
    },
)
