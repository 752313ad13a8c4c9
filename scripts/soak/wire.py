"""Requests of clients that break off where a well-behaved one would not, very many in one event loop."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from scripts.servers import wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Wire:
    """A connection to a Hub.

    Args:
        reader: What comes.
        writer: What goes.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def request(self, method: str, path: str, content_type: str, *, chunked: bool = False) -> None:
        """Send the head of a request.

        Args:
            method: Its method.
            path: Its path below the API base.
            content_type: The type of its body, or the one asked for.
            chunked: Whether a body in chunks follows.
        """
        headers = {"host": "127.0.0.1", "content-type": content_type}
        if chunked:
            headers["transfer-encoding"] = "chunked"
        await self.send(wire.head(method, f"/api/v1{path}", headers))

    async def send(self, data: bytes) -> None:
        """Send, and wait while the Hub takes nothing."""
        self.writer.write(data)
        await self.writer.drain()

    async def chunk(self, data: bytes) -> None:
        """Send a chunk of a body; an empty one ends it."""
        await self.send(wire.chunk(data))

    def reset(self) -> None:
        """Break off at once, without a goodbye."""
        wire.reset_on_close(self.writer.get_extra_info("socket"))
        self.writer.transport.abort()


@contextlib.asynccontextmanager
async def connected(port: int) -> AsyncIterator[Wire]:
    """A connection to the Hub on a port of this machine; closed at the end, however it ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
