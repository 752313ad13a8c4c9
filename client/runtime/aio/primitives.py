"""What is different in kind with asyncio; `sync.primitives` has the same names without."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from .. import process
from ..errors import ConfigurationError
from .feeding import Feed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterable, Mapping
    from typing import Self

    from ..uploads.sources import Pieces

Opened = TypeVar("Opened", bound="AsyncOpenable")


class AsyncOpenable(ABC):
    """Something that opens when it is first used, or awaited."""

    @abstractmethod
    async def open(self) -> Self:
        """Open it, unless it is open already."""

    def __await__(self) -> Generator[Any, None, Self]:
        return self.open().__await__()


def running_loop() -> asyncio.AbstractEventLoop:
    """Give the event loop in which this runs.

    Raises:
        ConfigurationError: There is none, or it is not one of asyncio.
    """
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "The async client needs a running asyncio event loop. Under trio, or without a loop, use the blocking one, "
            "scramjet_client.sync: from trio with `await trio.to_thread.run_sync(...)`."
        ) from None


def opened(openable: Opened) -> Opened:
    """Open at once what blocking code opens at once; here nothing can be waited for."""
    return openable


async def sleep(seconds: float) -> None:
    """Wait."""
    await asyncio.sleep(seconds)


class AsyncNaps:
    """Waits that can be ended early."""

    def __init__(self) -> None:
        self._napping: set[asyncio.Future[None]] = set()

    def begun(self) -> object:
        """Give nothing of use: here nothing happens between the last look at the client and the wait."""
        return self

    async def sleep(self, seconds: float, _begun: object) -> None:
        """Wait, unless woken."""
        nap: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._napping.add(nap)
        try:
            await asyncio.wait({nap}, timeout=seconds)
        finally:
            self._napping.discard(nap)

    def wake(self) -> None:
        """End all waits."""
        for nap in list(self._napping):
            with suppress(RuntimeError):
                # Raised by a loop that is closed.
                nap.get_loop().call_soon_threadsafe(nap.cancel)


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


AsyncLock = asyncio.Lock
"""Lets one task after the other do something."""


class AsyncBackground:
    """Work that goes on beside the code that started it.

    Args:
        work: What to do; it must handle its own failures.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._process = process.generation
        self._loop = running_loop()
        self._task = self._loop.create_task(work())

    async def stop(self) -> None:
        """Stop it, if it is not done."""
        if asyncio.get_running_loop() is self._loop:
            self._task.cancel()
            await asyncio.wait({self._task})
        else:
            self.abandon()

    def abandon(self) -> None:
        """Stop it soon, from wherever."""
        if self._process == process.generation and not self._task.done():
            with suppress(RuntimeError):
                # Raised by a loop that is closed.
                self._loop.call_soon_threadsafe(self._task.cancel)
