# Copied by `make generate` from client/runtime/sync/items.py: edit it there.
"""Iterators that lose no item when they are interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Self

T = TypeVar("T")


class Items(Generic[T]):
    """An iterator that loses no item when it is interrupted.

    A generator that raises, even a KeyboardInterrupt, has ended: its next step would report the end of the
    items. Here the next item is requested again.

    Args:
        make: Makes a generator of the remaining items. Its source must itself remember its end.
            Its argument, a list, is empty whenever the generator is not running: one that is cancelled before
            it begins has ended too, silently.
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
        """End the iteration; the remaining data can be read from the stream itself."""
        self._items.close()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Callable": "collections.abc", "Generator": "collections.abc", "Self": "typing"})
