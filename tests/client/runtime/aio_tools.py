"""Test tools for asyncio; `sync_tools` has the same names for threads."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
from scramjet_client._runtime.aio.attachment import AsyncAttachment
from scramjet_client._runtime.aio.connection import AsyncConnection
from scramjet_client._runtime.settings.config import ApiConfig, resolve

from tests.client.runtime.servers import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine

__all__ = ["AsyncAttachment", "AsyncBeside", "connected", "eventually", "pause", "take", "transport_that_answers"]


@asynccontextmanager
async def connected(url: str, **config: Any) -> AsyncIterator[AsyncConnection]:
    """Connect to a server."""
    settings = resolve(ApiConfig(url=url, **config), environ={"HOME": "/nonexistent"})
    async with AsyncConnection(settings) as connection:
        yield connection


async def eventually(happens: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.005)


async def take(items: AsyncIterable[Any], got: list[Any]) -> None:
    """Collect items, so that those that came before an error are known."""
    async for item in items:
        got.append(item)  # noqa: PERF401 -- a comprehension would lose them


class AsyncBeside:
    """Something that is done beside the test."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self._task = asyncio.create_task(work())

    async def result(self) -> Any:
        """Wait for its end and give what it gave."""
        return await asyncio.wait_for(self._task, PATIENCE)


async def pause(seconds: float) -> None:
    """Wait for time to pass, where nothing can be waited for."""
    await asyncio.sleep(seconds)


def transport_that_answers(response: httpx.Response) -> httpx.AsyncBaseTransport:
    """Give a transport that always gives the same reply."""
    return httpx.MockTransport(lambda _: response)
