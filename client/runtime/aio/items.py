"""Iterators that lose no item when they are interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from typing import Self

T = TypeVar("T")


class AsyncItems(Generic[T]):
    """An iterator that loses no item when it is interrupted.

    A cancelled generator has ended: its next step would report the end of the items. Here the
    next item is awaited again.

    Args:
        make: Makes a generator of the remaining items. Its source must itself remember its end.
            Its argument, a list, is empty whenever the generator is not running: one that is cancelled before
            it begins has ended too, silently.
    """

    def __init__(self, make: Callable[[list[bool]], AsyncGenerator[T, None]]) -> None:
        self._make = make
        self._running: list[bool] = []
        self._items = make(self._running)

    def __aiter__(self) -> Self:
        return self

    def __anext__(self) -> Awaitable[T]:
        if not self._running:
            self._items = self._make(self._running)
        return self._items.__anext__()

    async def aclose(self) -> None:
        """End the iteration; the remaining data can be read from the stream itself."""
        await self._items.aclose()
