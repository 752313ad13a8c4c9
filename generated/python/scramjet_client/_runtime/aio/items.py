# Copied by `make generate` from client/runtime/aio/items.py: edit it there.
"""Iterators that survive an interruption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from typing import Self

T = TypeVar("T")


class AsyncItems(Generic[T]):
    """Items that come one after the other; an interruption loses none of them.

    A generator in which something is cancelled has ended: it would say next that there is nothing more. Here the
    next item is waited for again.

    Args:
        make: Makes a generator of the items that are left. What it takes from must itself remember its end.
            The list that it is given is empty whenever the generator is not running: one that is cancelled before
            it begins has ended, too, without a word.
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
        """End the iteration; what is left can be taken from the stream itself."""
        await self._items.aclose()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncGenerator": "collections.abc",
        "Awaitable": "collections.abc",
        "Callable": "collections.abc",
        "Self": "typing",
    },
)
