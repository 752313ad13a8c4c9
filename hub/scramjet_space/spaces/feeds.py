"""Feeds: lines that a Space reads from each of its Hubs for as long as that is connected, such as its log."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from scramjet_space.hubs.hub import HubAway, HubConfused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from scramjet_space.hubs.hub import Hub

OK: Final = 200
# Seconds until a feed that has ended is opened again, if its Hub is still connected.
AGAIN: Final = (1.0, 5.0, 30.0)
# Longer lines are dropped, so that no Hub can fill the memory.
LONGEST: Final = 1024 * 1024


class Feeds:
    """Reads one stream of lines from each Hub.

    Args:
        path: The path of the stream at a Hub.
        take: Gets the id of the Hub and each batch of whole lines.
    """

    def __init__(self, path: str, take: Callable[[str, list[bytes]], object]) -> None:
        self._path = path
        self._take = take
        self._reading: dict[Hub, asyncio.Task[None]] = {}

    def open(self, hub: Hub) -> None:
        """Begin to read from a Hub; does nothing if that has begun already."""
        if hub not in self._reading:
            self._reading[hub] = asyncio.get_running_loop().create_task(self._read(hub))

    def close(self, hub: Hub) -> None:
        """Stop to read from a Hub."""
        if (task := self._reading.pop(hub, None)) is not None:
            task.cancel()

    def close_all(self) -> None:
        """Stop to read from all Hubs."""
        for hub in list(self._reading):
            self.close(hub)

    async def _read(self, hub: Hub) -> None:
        attempt = 0
        while not hub.closed.done():
            with contextlib.suppress(HubAway, HubConfused):
                async with contextlib.aclosing(lines_of(hub, self._path)) as batches:
                    async for lines in batches:
                        attempt = 0
                        self._take(hub.id, lines)
            await asyncio.sleep(AGAIN[min(attempt, len(AGAIN) - 1)])
            attempt += 1


async def lines_of(hub: Hub, path: str) -> AsyncGenerator[list[bytes]]:
    """Return the whole lines of a stream of a Hub, several at once if available.

    Raises:
        HubAway: The Hub is not connected, or went.
        HubConfused: It does not speak HTTP.
    """
    reply = await hub.request("GET", path, [(b"cpm", b"true"), (b"accept", b"*/*")])
    try:
        if reply.status != OK:
            return
        rest = b""
        async for chunk in reply:
            *whole, rest = (rest + chunk).split(b"\n")
            if whole:
                yield [line + b"\n" for line in whole]
            if len(rest) > LONGEST:
                rest = b""
    finally:
        await reply.aclose()
