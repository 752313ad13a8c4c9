"""Merges streams of whole lines into one."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Collection

# How many batches of lines may wait for the reader, of all streams together.
WAITING: Final = 16


async def merged(sources: Collection[AsyncIterator[bytes]]) -> AsyncGenerator[bytes]:
    """Return what comes from any of some streams, until all have ended."""
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING)

    async def pump(source: AsyncIterator[bytes]) -> None:
        try:
            async for batch in source:
                await queue.put(batch)
        finally:
            with contextlib.suppress(AttributeError):
                await source.aclose()  # type: ignore[attr-defined]  # generators have it

    async def pump_all() -> None:
        await asyncio.gather(*map(pump, sources))
        await queue.put(None)

    task = asyncio.get_running_loop().create_task(pump_all())
    try:
        while (batch := await queue.get()) is not None:
            yield batch
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
