# Copied by `make generate` from client/runtime/aio/duplex/sockets.py: edit it there.
"""The sockets of full-duplex requests, on asyncio transports."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from ...._runtime.hints import lazy_hints
from ... import process
from ...broken import ConnectionBroken
from ..primitives import running_loop

if TYPE_CHECKING:
    import ssl

    from ... import http

ENOUGH_AHEAD = 1 << 18
"""The most bytes to buffer from the network before they are read."""


class AsyncDuplexSocket(asyncio.Protocol):
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
        # The futures of the reader and of the writer; there is at most one of each.
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._spare: socket.socket
        self._gone: asyncio.Future[None] = self._loop.create_future()

    @classmethod
    async def connect(cls, peer: http.Peer, timeout: float | None) -> AsyncDuplexSocket:
        """Connect.

        Args:
            peer: The endpoint.
            timeout: The time limit in seconds.

        Raises:
            OSError: Connecting failed.
            TimeoutError: The time is over.
        """
        loop = running_loop()
        name = peer.host if peer.tls is not None else None
        try:
            async with asyncio.timeout(timeout):
                if peer.unix_socket is not None:
                    _, connection = await loop.create_unix_connection(
                        cls, peer.unix_socket, ssl=peer.tls, server_hostname=name
                    )
                else:
                    _, connection = await loop.create_connection(
                        cls, peer.host, peer.port, ssl=peer.tls, server_hostname=name
                    )
        except TimeoutError:
            raise TimeoutError("not connected in time") from None
        connection._encrypted = peer.tls is not None
        return connection

    async def start_tls(self, tls: ssl.SSLContext, host: str, timeout: float | None) -> AsyncDuplexSocket:
        """Start TLS on the connection.

        Args:
            tls: The TLS context.
            host: The server's name or address.
            timeout: The time limit in seconds.

        Raises:
            OSError: The handshake failed.
            TimeoutError: The time is over.
        """
        try:
            async with asyncio.timeout(timeout):
                transport = await self._loop.start_tls(self._open_transport(), self, tls, server_hostname=host)
        except BaseException:
            # Until the handshake is over, asyncio does not tell this protocol that the connection is lost.
            self._open_transport().abort()
            self.connection_lost(None)
            raise
        self._transport = transport
        self._encrypted = True
        return self

    async def read(self, timeout: float | None) -> bytes:
        """Return the next bytes, empty at the end.

        Args:
            timeout: Seconds to wait for them; None for no limit.

        Raises:
            ConnectionBroken: The connection broke.
            TimeoutError: No data arrived in time.
        """
        self._check_owner()
        while not self._chunks:
            if self._error is not None:
                raise ConnectionBroken(str(self._error)) from self._error
            if self._closed:
                # An HTTP parser would take this for the end of a body without a length.
                raise ConnectionBroken("closed from this side")
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

    async def write(self, data: bytes, *, stop_on_reply: bool = False) -> bool:
        """Send bytes; waits while the other side applies back-pressure.

        Args:
            data: The bytes.
            stop_on_reply: Whether to stop when a reply arrives before everything is sent.

        Returns:
            Whether everything was sent.

        Raises:
            ConnectionBroken: The connection broke.
        """
        await self._check_open()
        self._open_transport().write(data)
        while self._paused:
            if stop_on_reply and self.look_ahead():
                return False
            self._writer = self._loop.create_future()
            try:
                await self._writer
            finally:
                self._writer = None
            await self._check_open()
        return True

    def look_ahead(self) -> bool:
        """Return whether unread data, or the end, has arrived."""
        return bool(self._chunks) or self._ended

    async def aclose(self) -> None:
        """Close it at once, interrupting pending reads and writes."""
        if self._process != process.generation or asyncio.get_running_loop() is not self._loop:
            self.abandon()
            return
        self._closed = True
        # An aborted connection needs no orderly shutdown, and a finished one has had it.
        self._open_transport().abort()
        await asyncio.shield(self._gone)

    def abandon(self) -> None:
        """Close it soon, after sending the data written before; callable from any thread."""
        if self._process == process.generation and self._transport is not None and not self._transport.is_closing():
            with suppress(RuntimeError):
                # Raised by a closed loop.
                self._loop.call_soon_threadsafe(self._transport.close)

    async def _check_open(self) -> None:
        self._check_owner()
        if self._open_transport().is_closing():
            # The data received before is complete only when it is fully closed.
            await asyncio.shield(self._gone)
            raise ConnectionBroken(str(self._error or "the connection is closed"))

    def _check_owner(self) -> None:
        if self._process != process.generation:
            raise ConnectionBroken("it was opened before a fork, and belongs to the other process")
        if asyncio.get_running_loop() is not self._loop:
            raise ConnectionBroken("it belongs to the event loop in which it was opened")

    def _open_transport(self) -> asyncio.Transport:
        return cast("asyncio.Transport", self._transport)

    def _wake(self, *waiting: asyncio.Future[None] | None) -> None:
        for future in waiting:
            if future is not None and not future.done():
                future.set_result(None)

    def _rescue(self) -> None:
        """Read the data that arrived before the connection broke.

        A server that refuses an upload and closes at once breaks the connection. asyncio then discards its unread data,
        which is the reply that explains why; but another handle of the socket can still read it.
        """
        if self._encrypted:
            return
        with suppress(OSError):
            while data := self._spare.recv(ENOUGH_AHEAD):
                self._chunks.append(data)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport; called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)
        connected = transport.get_extra_info("socket")
        self._spare = socket.fromfd(connected.fileno(), connected.family, connected.type)
        self._spare.setblocking(False)

    def data_received(self, data: bytes) -> None:
        """Store received data; called by asyncio."""
        self._chunks.append(data)
        self._ahead += len(data)
        if self._ahead > ENOUGH_AHEAD:
            self._open_transport().pause_reading()
        self._wake(self._reader, self._writer)

    def eof_received(self) -> bool:
        """Record the end of the data; called by asyncio. The other direction stays open, except with TLS."""
        self._ended = True
        self._wake(self._reader, self._writer)
        return not self._encrypted

    def connection_lost(self, exc: Exception | None) -> None:
        """Record the loss of the connection; called by asyncio."""
        self._ended = True
        self._error = exc
        self._paused = False
        if exc is not None:
            self._rescue()
        self._spare.close()
        self._wake(self._reader, self._writer, self._gone)

    def pause_writing(self) -> None:
        """Pause writing, as the send buffer is full; called by asyncio."""
        self._paused = True

    def resume_writing(self) -> None:
        """Resume writing; called by asyncio."""
        self._paused = False
        self._wake(self._writer)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"http": "...", "ssl": ""})
