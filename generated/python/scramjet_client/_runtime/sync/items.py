# Copied by `make generate` from client/runtime/sync/items.py: edit it there.
"""Iterators that survive an interruption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Self

T = TypeVar("T")


class Items(Generic[T]):
    """Items that come one after the other; an interruption loses none of them.

    A generator in which something is raised, be it a KeyboardInterrupt, has ended: it would say next that there is
    nothing more. Here the next item is asked for again.

    Args:
        make: Makes a generator of the items that are left. What it takes from must itself remember its end.
            The list that it is given is empty whenever the generator is not running: one that is cancelled before
            it begins has ended, too, without a word.
    """

    def __init__(self, make: Callable[[list[bool]], Generator[T, None]]) -> None:
        self._make = make
        self._running: list[bool] = []
        self._items = make(self._running)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        if not self._running:
            self._items = self._make(self._running)
        return next(self._items)

    def close(self) -> None:
        """End the iteration; what is left can be taken from the stream itself."""
        self._items.close()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Callable": "collections.abc", "Generator": "collections.abc", "Self": "typing"})
