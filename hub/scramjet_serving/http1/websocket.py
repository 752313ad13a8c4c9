"""WebSockets: a connection that continues as one after its request; the library `websockets` does the framing."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request as Handshake
from websockets.server import ServerProtocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from websockets.typing import Subprotocol

    from scramjet_serving.messages import RawHeaders

# The maximum size of a message, and how many unread messages stop the reading from the client.
MOST_BYTES: Final = 1024 * 1024
MOST_UNREAD: Final = 16
# How long, in seconds, a client may take to answer the close of the connection.
CLOSING: Final = 5.0
# A token may travel where browsers can set it: `Sec-WebSocket-Protocol: Bearer, TOKEN`.
BEARER: Final = "Bearer"


class WebSocket(asyncio.Protocol):
    """One WebSocket, of the server."""

    def __init__(self) -> None:
        self._frames = ServerProtocol(max_size=MOST_BYTES, select_subprotocol=_select)
        self._unread: deque[bytes] = deque()
        self._parts: list[bytes] = []
        self._changed = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._ended = False
        self.transport: asyncio.Transport | None = None

    def accept(self, path: bytes, headers: RawHeaders) -> bytes:
        """Return the reply to the request that becomes this WebSocket; empty if it is no valid one.

        Args:
            path: Its path.
            headers: Its headers, without those of the connection itself.
        """
        lines = [b"GET " + path + b" HTTP/1.1", b"connection: Upgrade", b"upgrade: websocket"]
        lines += [name + b": " + value for name, value in headers if name not in (b"connection", b"upgrade")]
        self._frames.receive_data(b"\r\n".join([*lines, b"", b""]))
        asked = next(iter(self._frames.events_received()), None)
        if not isinstance(asked, Handshake):
            return b""
        reply = self._frames.accept(asked)
        if reply.status_code != 101:
            return b""
        self._frames.send_response(reply)
        return b"".join(self._frames.data_to_send())

    # Called by asyncio.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")  # noqa: S101 - uvloop's own
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Take what has arrived."""
        self._frames.receive_data(data)
        self._advance()

    def eof_received(self) -> bool:
        """Handle the end of the client's data."""
        self._frames.receive_eof()
        self._advance()
        return False

    def connection_lost(self, _error: Exception | None) -> None:
        """End."""
        self._ended = True
        self._writable.set()
        self._changed.set()

    def pause_writing(self) -> None:
        """Wait until the client has taken more."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Continue to write."""
        self._writable.set()

    # Called by handlers.

    async def receive(self) -> bytes | None:
        """Return the next message; None at the end of the connection."""
        while not self._unread:
            if self._ended:
                return None
            self._changed.clear()
            await self._changed.wait()
        message = self._unread.popleft()
        if len(self._unread) == MOST_UNREAD - 1 and self.transport is not None and not self._ended:
            self.transport.resume_reading()
        return message

    async def send(self, message: bytes) -> None:
        """Send a message of text, once the client has taken enough of those before."""
        await self._writable.wait()
        if not self._ended:
            self._frames.send_text(message)
            self._flush()

    async def close(self) -> None:
        """Close the connection, and wait a while until the client agrees."""
        if not self._ended:
            self._frames.send_close(CloseCode.NORMAL_CLOSURE)
            self._flush()
            try:
                await asyncio.wait_for(self._gone(), CLOSING)
            except TimeoutError:
                self.abort()

    def abort(self) -> None:
        """Cut the connection."""
        if self.transport is not None:
            self.transport.abort()

    async def _gone(self) -> None:
        while await self.receive() is not None:
            pass

    def _advance(self) -> None:
        for event in self._frames.events_received():
            if isinstance(event, Frame):
                self._take(event)
        self._flush()
        if self._frames.close_expected() and self.transport is not None:
            self.transport.close()
        if len(self._unread) >= MOST_UNREAD and self.transport is not None:
            self.transport.pause_reading()

    def _take(self, frame: Frame) -> None:
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            self._parts.append(bytes(frame.data))
            if frame.fin:
                parts, self._parts = self._parts, []
                self._unread.append(b"".join(parts))
                self._changed.set()
        elif frame.opcode is Opcode.CLOSE:
            self._ended = True
            self._changed.set()

    def _flush(self) -> None:
        if self.transport is None or self.transport.is_closing():
            return
        for data in self._frames.data_to_send():
            if data:
                self.transport.write(data)
            else:
                self.transport.close()  # the library's sign that nothing more is to be sent


def _select(_protocol: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return next((name for name in offered if name == BEARER), None)
