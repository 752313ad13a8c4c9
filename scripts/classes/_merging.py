"""Several streams as one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from ._runtime.aio.streams import AsyncStream


class AsyncMerged:
    """Several streams as one that tells which each chunk is from.

    At most one chunk of each is read ahead.

    Args:
        streams: The streams by name.
    """

    def __init__(self, streams: Mapping[str, AsyncStream[Any]]) -> None:
        self._streams = streams
        self._next: dict[str, asyncio.Task[bytes | None]] | None = None

    def __aiter__(self) -> AsyncIterator[tuple[str, bytes]]:
        return self

    async def __anext__(self) -> tuple[str, bytes]:
        if self._next is None:
            self._next = {name: self._read(name) for name in self._streams}
        while self._next:
            await asyncio.wait(self._next.values(), return_when=asyncio.FIRST_COMPLETED)
            name = next(name for name, task in self._next.items() if task.done())
            chunk = self._next.pop(name).result()
            if chunk is not None:
                # Last in line now, so that a busy stream cannot starve the others.
                self._next[name] = self._read(name)
                return name, chunk
        raise StopAsyncIteration

    def _read(self, name: str) -> asyncio.Task[bytes | None]:
        return asyncio.ensure_future(_next_or_none(self._streams[name]))

    async def aclose(self) -> None:
        """Break off all of them."""
        waiting = list((self._next or {}).values())
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        self._next = {}
        for stream in self._streams.values():
            await stream.aclose()


async def _next_or_none(stream: AsyncStream[Any]) -> bytes | None:
    try:
        return await stream.__anext__()
    except StopAsyncIteration:
        return None
