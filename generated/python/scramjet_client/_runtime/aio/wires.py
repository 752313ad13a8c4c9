# Copied by `make generate` from client/runtime/aio/wires.py: edit it there.
"""A connection of our own, outside the pool: both directions at once, on an asyncio transport."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from ..._runtime.hints import lazy_hints
from .. import process
from ..broken import WireBroken
from .primitives import running_loop

if TYPE_CHECKING:
    import ssl

    from .. import http

ENOUGH_AHEAD = 1 << 18
"""Bytes that are taken from the network before somebody reads them."""


class AsyncWire(asyncio.Protocol):
    """An open connection, with or without TLS. One task may read while another writes."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._process = process.generation
        self._transport: asyncio.Transport | None = None
        self._chunks: deque[bytes] = deque()
        self._ahead = 0
        self._ended = False
        self._closed = False
        self._error: Exception | None = None
        self._paused = False
        self._encrypted = False
        # Whoever waits for bytes, and whoever waits for room to write; there is at most one of each.
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._spare: socket.socket
        self._gone: asyncio.Future[None] = self._loop.create_future()

    @classmethod
    async def connect(cls, peer: http.Peer, timeout: float | None) -> AsyncWire:
        """Connect.

        Args:
            peer: What to connect to.
            timeout: Seconds until it must be connected.

        Raises:
            OSError: No connection.
            TimeoutError: Not in time.
        """
        loop = running_loop()
        name = peer.host if peer.tls is not None else None
        try:
            async with asyncio.timeout(timeout):
                if peer.unix_socket is not None:
                    _, wire = await loop.create_unix_connection(
                        cls, peer.unix_socket, ssl=peer.tls, server_hostname=name
                    )
                else:
                    _, wire = await loop.create_connection(
                        cls, peer.host, peer.port, ssl=peer.tls, server_hostname=name
                    )
        except TimeoutError:
            raise TimeoutError("not connected in time") from None
        wire._encrypted = peer.tls is not None
        return wire

    async def start_tls(self, tls: ssl.SSLContext, host: str, timeout: float | None) -> AsyncWire:
        """Encrypt it from here on.

        Args:
            tls: How.
            host: The server's name or address.
            timeout: Seconds until that must be done.

        Raises:
            OSError: It cannot be.
            TimeoutError: Not in time.
        """
        async with asyncio.timeout(timeout):
            transport = await self._loop.start_tls(self._open_transport(), self, tls, server_hostname=host)
        self._transport = transport
        self._encrypted = True
        return self

    async def read(self, timeout: float | None) -> bytes:
        """Give the next bytes; none at the end.

        Args:
            timeout: Seconds until some must have come; None for ever.

        Raises:
            WireBroken: The connection broke.
            TimeoutError: Nothing came in time.
        """
        self._check_owner()
        while not self._chunks:
            if self._error is not None:
                raise WireBroken(str(self._error)) from self._error
            if self._closed:
                # To HTTP this would be the end of a body that has no length.
                raise WireBroken("closed from this side")
            if self._ended:
                return b""
            await self._wait_for_bytes(timeout)
        data = b"".join(self._chunks) if len(self._chunks) > 1 else self._chunks[0]
        self._chunks.clear()
        if self._ahead > ENOUGH_AHEAD and not self._ended:
            self._open_transport().resume_reading()
        self._ahead = 0
        return data

    async def _wait_for_bytes(self, timeout: float | None) -> None:
        self._reader = self._loop.create_future()
        try:
            # Not `wait_for`: before Python 3.12 a cancellation is lost there if the bytes come at the same time.
            async with asyncio.timeout(timeout):
                await self._reader
        except TimeoutError:
            raise TimeoutError("nothing came in time") from None
        finally:
            self._reader = None

    async def write(self, data: bytes, *, heed_reply: bool = False) -> bool:
        """Send bytes, waiting while the other side takes none.

        Args:
            data: What to send.
            heed_reply: Whether to stop where a reply comes before all is sent.

        Returns:
            Whether all was sent.

        Raises:
            WireBroken: The connection broke.
        """
        await self._check_open()
        self._open_transport().write(data)
        while self._paused:
            if heed_reply and self.look_ahead():
                return False
            self._writer = self._loop.create_future()
            try:
                await self._writer
            finally:
                self._writer = None
            await self._check_open()
        return True

    def look_ahead(self) -> bool:
        """Tell whether something has come that nobody has read yet, be it the end."""
        return bool(self._chunks) or self._ended

    async def aclose(self) -> None:
        """Close it at once, waking whoever waits."""
        if self._process != process.generation or asyncio.get_running_loop() is not self._loop:
            self.abandon()
            return
        self._closed = True
        # A connection that is given up needs no goodbye, and one that is finished has had it.
        self._open_transport().abort()
        await asyncio.shield(self._gone)

    def abandon(self) -> None:
        """Close it soon, from wherever; what was written before is still sent."""
        if self._process == process.generation and self._transport is not None and not self._transport.is_closing():
            with suppress(RuntimeError):
                # Raised by a loop that is closed.
                self._loop.call_soon_threadsafe(self._transport.close)

    async def _check_open(self) -> None:
        self._check_owner()
        if self._open_transport().is_closing():
            # What had come before is not known until it is wholly closed.
            await asyncio.shield(self._gone)
            raise WireBroken(str(self._error or "the connection is closed"))

    def _check_owner(self) -> None:
        if self._process != process.generation:
            raise WireBroken("it was opened before a fork, and belongs to the other process")
        if asyncio.get_running_loop() is not self._loop:
            raise WireBroken("it belongs to the event loop in which it was opened")

    def _open_transport(self) -> asyncio.Transport:
        return cast("asyncio.Transport", self._transport)

    def _wake(self, *waiting: asyncio.Future[None] | None) -> None:
        for future in waiting:
            if future is not None and not future.done():
                future.set_result(None)

    def _rescue(self) -> None:
        """Take what had come before the connection broke.

        A server that refuses an upload and closes at once breaks the connection by it. asyncio then throws away what
        it has not read yet, which is the very reply that says why; but it is still there for another handle.
        """
        if self._encrypted:
            return
        with suppress(OSError):
            while data := self._spare.recv(ENOUGH_AHEAD):
                self._chunks.append(data)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport; called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)
        connected = transport.get_extra_info("socket")
        self._spare = socket.fromfd(connected.fileno(), connected.family, connected.type)
        self._spare.setblocking(False)

    def data_received(self, data: bytes) -> None:
        """Keep what has come; called by asyncio."""
        self._chunks.append(data)
        self._ahead += len(data)
        if self._ahead > ENOUGH_AHEAD:
            self._open_transport().pause_reading()
        self._wake(self._reader, self._writer)

    def eof_received(self) -> bool:
        """Note the end; called by asyncio. The other direction stays open, which TLS does not know."""
        self._ended = True
        self._wake(self._reader, self._writer)
        return not self._encrypted

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that it is over; called by asyncio."""
        self._ended = True
        self._error = exc
        self._paused = False
        if exc is not None:
            self._rescue()
        self._spare.close()
        self._wake(self._reader, self._writer, self._gone)

    def pause_writing(self) -> None:
        """Note that the other side takes no more for now; called by asyncio."""
        self._paused = True

    def resume_writing(self) -> None:
        """Note that it does again; called by asyncio."""
        self._paused = False
        self._wake(self._writer)


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"http": "..", "ssl": ""})
