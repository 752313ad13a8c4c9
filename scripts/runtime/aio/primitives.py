"""What is different in kind with asyncio; `sync.primitives` has the same names without."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable
from typing import TYPE_CHECKING, Any, TypeVar

from .feeding import Feed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterable, Mapping
    from typing import Self

    from ..sources import Pieces

Opened = TypeVar("Opened", bound="AsyncOpenable")


class AsyncOpenable(ABC):
    """Something that opens when it is first used, or awaited."""

    @abstractmethod
    async def open(self) -> Self:
        """Open it, unless it is open already."""

    def __await__(self) -> Generator[Any, None, Self]:
        return self.open().__await__()


def opened(openable: Opened) -> Opened:
    """Open at once what blocking code opens at once; here nothing can be waited for."""
    return openable


async def sleep(seconds: float) -> None:
    """Wait."""
    await asyncio.sleep(seconds)


def interrupt(extensions: Mapping[str, Any]) -> None:
    """Wake whoever reads from a connection that is about to be closed; closing it does, here."""


def each(pieces: Pieces) -> AsyncIterator[Any]:
    """Give the pieces of an upload without ever blocking the event loop."""
    items = pieces.items
    if isinstance(items, AsyncIterable):
        return items.__aiter__()
    return _at_once(items) if pieces.ready else Feed(items).__aiter__()


async def _at_once(items: Iterable[Any]) -> AsyncIterator[Any]:
    for item in items:
        yield item


class AsyncBackground:
    """Work that goes on beside the code that started it.

    Args:
        work: What to do; it must handle its own failures.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._task = asyncio.get_running_loop().create_task(work())

    async def stop(self) -> None:
        """Stop it, if it is not done."""
        self._task.cancel()
        await asyncio.wait({self._task})
