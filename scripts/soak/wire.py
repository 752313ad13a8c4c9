"""Requests by hand, for clients that break off where a well-behaved one would not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import TYPE_CHECKING

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
        head = [f"{method} /api/v1{path} HTTP/1.1", "host: 127.0.0.1", f"content-type: {content_type}"]
        head += ["transfer-encoding: chunked"] * chunked
        await self.send("\r\n".join([*head, "", ""]).encode())

    async def send(self, data: bytes) -> None:
        """Send, and wait while the Hub takes nothing."""
        self.writer.write(data)
        await self.writer.drain()

    async def chunk(self, data: bytes) -> None:
        """Send a chunk of a body; an empty one ends it."""
        await self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def reset(self) -> None:
        """Break off at once, without a goodbye."""
        sock = self.writer.get_extra_info("socket")
        # Lingering for no time makes the kernel send a reset.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
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
