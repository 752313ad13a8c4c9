"""One request and its reply on a connection: the ASGI `receive` and `send`, and the `Connection` of handlers."""

from __future__ import annotations

import asyncio
import http
import sys
from typing import TYPE_CHECKING, Any, Final, Protocol

from scramjet_serving.delivery import AT_ONCE, NOTHING, NOTICING, Delivery
from scramjet_serving.http1.websocket import WebSocket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from uvicorn.protocols.http.flow_control import FlowControl
    from uvicorn.server import ServerState

    from scramjet_serving.delivery import Undelivered
    from scramjet_serving.messages import RawHeaders, Response, Scope

# How many bytes of an unread body are buffered; the rest stays with the client (back-pressure).
HIGH_WATER: Final = 64 * 1024


class StatusLines(dict[int, bytes]):
    """The status lines, by status."""

    def __missing__(self, status: int) -> bytes:
        """Return the line for a status that has no name, such as a Hub behind a Space may send."""
        return b"HTTP/1.1 %d \r\n" % status


STATUS_LINES: Final = StatusLines(
    {status.value: b"HTTP/1.1 %d %s\r\n" % (status, status.phrase.encode()) for status in http.HTTPStatus}
)
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
BODILESS: Final = (204, 304)


def whole_reply(reply: Response, default_headers: RawHeaders) -> bytes:
    """Return a complete reply as it is sent on a keep-alive connection."""
    parts = [STATUS_LINES[reply.status]]
    for name, value in (*default_headers, *reply.headers):
        parts += (name, b": ", value, b"\r\n")
    parts += (b"\r\n", reply.body)
    return b"".join(parts)


class ConnectionProtocol(Protocol):
    """The interface that an exchange needs of its connection."""

    transport: asyncio.Transport
    flow: FlowControl
    tasks: set[asyncio.Task[None]]
    server_state: ServerState

    @property
    def said_goodbye(self) -> bool:
        """Whether the client has closed its sending side."""

    def can_skip_body(self, *, expected: bool) -> bool:
        """Return whether the rest of an unwanted request body can be read and dropped."""

    def pause_reading(self) -> None:
        """Stop reading the body until it is wanted."""

    def resume_reading(self) -> None:
        """Resume reading the body."""

    def finish(self, *, keep_alive: bool) -> None:
        """Finish the reply: continue with the next request, or close."""

    def hand_over(self, protocol: asyncio.Protocol, reply: bytes) -> None:
        """Write a reply, and let another protocol have the connection."""


class Exchange:
    """A request as it arrives and its reply as it is sent.

    Args:
        protocol: The connection.
        scope: The ASGI scope.
        expects_continue: Whether the client holds its body back until it gets `100 Continue`.
        keep_alive: Whether the connection may serve another request afterwards.

    Attributes:
        scope: The ASGI scope.
        more_body: Whether the request body has not ended.
        started: Whether the reply's head has been written.
        complete: Whether the whole reply has been written.
        chunked: Whether the reply is sent in chunks.
        gone: Whether the client has disconnected.
        undelivered: The part of a tracked reply that a disconnected client has not received.
        task: The task that serves it.
    """

    __slots__ = (
        "_chunks",
        "_delivery",
        "_ended",
        "_expects_continue",
        "_give_back",
        "_gone_callbacks",
        "_head_only",
        "_held",
        "_keep_alive",
        "_left",
        "_protocol",
        "_waiter",
        "chunked",
        "complete",
        "gone",
        "more_body",
        "scope",
        "started",
        "task",
        "undelivered",
    )

    task: asyncio.Task[None]

    def __init__(self, protocol: ConnectionProtocol, scope: Scope, *, expects_continue: bool, keep_alive: bool) -> None:
        self.scope = scope
        self.more_body = True
        self.started = False
        self.complete = False
        self.chunked = False
        self.gone = False
        self.undelivered: Undelivered = NOTHING
        self._delivery: Delivery | None = None
        self._give_back: Callable[[Undelivered], object] | None = None
        self._protocol = protocol
        self._expects_continue = expects_continue
        self._keep_alive = keep_alive
        self._head_only = scope["method"] == "HEAD"
        self._chunks: list[bytes] = []
        self._held = 0
        self._ended = False
        self._left: int | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._gone_callbacks: list[Callable[[], object]] | None = None

    # Called by the connection.

    def feed(self, body: bytes) -> None:
        """Add received bytes of the body."""
        if self.complete:
            return
        self._chunks.append(body)
        self._held += len(body)
        if self._held > HIGH_WATER:
            self._protocol.pause_reading()
        self._wake()

    def end_body(self) -> None:
        """Handle the regular end of the body."""
        self.more_body = False
        self._wake()

    def lose(self) -> None:
        """Handle the client's disconnect."""
        if self.gone:
            return
        self.gone = True
        if self._delivery is not None:
            self.undelivered = self._delivery.undelivered(said_goodbye=self._protocol.said_goodbye)
        if self.complete and self._give_back is not None:
            self._give_back(self.undelivered)
        self._wake()
        callbacks, self._gone_callbacks = self._gone_callbacks or [], None
        for callback in callbacks:
            callback()

    def close_after(self) -> None:
        """Serve no further request on this connection."""
        self._keep_alive = False

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # Called by handlers; see `messages.Connection`.

    def on_gone(self, callback: Callable[[], object]) -> None:
        """Call back once when the client disconnects; soon, if it has already."""
        if self.gone:
            asyncio.get_running_loop().call_soon(callback)
            return
        if self._gone_callbacks is None:
            self._gone_callbacks = []
        self._gone_callbacks.append(callback)

    def off_gone(self, callback: Callable[[], object]) -> None:
        """Remove a callback."""
        if self._gone_callbacks and callback in self._gone_callbacks:
            self._gone_callbacks.remove(callback)

    def follow(self, kept: int, give_back: Callable[[Undelivered], object]) -> None:
        """Track the delivery of the reply body to the client; the head has been written.

        Args:
            kept: How many bytes are waiting to be sent.
            give_back: Called with what a client that disconnects after the end of the reply has not received.
        """
        # Other systems do not report what has been acknowledged.
        transport = self._protocol.transport
        connection = transport.get_extra_info("socket")
        if sys.platform == "linux" and connection is not None:
            self._give_back = give_back
            self._delivery = Delivery(connection, transport.get_write_buffer_size, kept, chunked=self.chunked)
            if kept:
                loop = asyncio.get_running_loop()
                loop.call_later(AT_ONCE, loop.call_later, NOTICING, self._delivery.stayed)

    def received(self) -> int:
        """Return how many bytes of a tracked reply body the client has acknowledged."""
        if self._delivery is not None:
            return self._delivery.received()
        # A channel of a tunnel knows what the other end has read.
        return int(getattr(self._protocol.transport, "delivered", 0))

    def abort(self) -> None:
        """Abort the connection."""
        self._protocol.transport.abort()

    # Called by the ASGI application.

    async def run(self, app: Callable[..., Awaitable[None]]) -> None:
        """Let the application serve this request; if it leaves the reply incomplete, the connection is closed."""
        try:
            await app(self.scope, self.receive, self.send)
        except Exception:  # noqa: BLE001 - the application has logged it
            self._protocol.transport.close()
        except asyncio.CancelledError:
            self.abort()
        else:
            if not self.complete and not self.gone:
                self._protocol.transport.close()
        finally:
            self._protocol.tasks.discard(self.task)

    async def receive(self) -> dict[str, Any]:
        """Return the next part of the body; after its end, `http.disconnect` once the client has disconnected."""
        if self._expects_continue and not self.started and not self.gone:
            self._expects_continue = False
            self._protocol.transport.write(CONTINUE)
        while not self.gone and not self._chunks and (self.more_body or self._ended):
            self._protocol.resume_reading()
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self._chunks or not (self.more_body or self._ended):
            return self._next_part()
        return {"type": "http.disconnect"}

    def _next_part(self) -> dict[str, Any]:
        chunks, self._chunks, self._held = self._chunks, [], 0
        self._ended = not self.more_body
        if self.more_body:
            self._protocol.resume_reading()
        body = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        return {"type": "http.request", "body": body, "more_body": self.more_body}

    async def send(self, message: dict[str, Any]) -> None:
        """Write a part of the reply, once the client has taken enough of the parts before."""
        if self._protocol.flow.write_paused and not self.gone:
            await self._drain(message.get("body", b""))
        if self.gone:
            return
        if not self.started:
            self._protocol.transport.write(self._head(message["status"], message["headers"]))
        else:
            self._write_body(message["body"], more=message.get("more_body", False))

    async def reply(self, status: int, headers: RawHeaders, body: bytes) -> None:
        """Write a complete reply at once; `headers` include its length."""
        if self._protocol.flow.write_paused and not self.gone:
            await self._protocol.flow.drain()
        if self.gone:
            return
        head = self._head(status, headers)
        self._protocol.transport.write(head if self._head_only else head + body)
        self._finish()

    def upgrade(self, headers: RawHeaders) -> WebSocket | None:
        """Turn the connection into a WebSocket; None if the client has disconnected or asked for it wrongly."""
        socket = WebSocket()
        accepted = socket.accept(self.scope["raw_path"], self.scope["headers"])
        if self.gone or not accepted:
            return None
        self.started = self.complete = True
        head, _, rest = accepted.partition(b"\r\n")
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        self._protocol.hand_over(socket, head + b"\r\n" + lines + rest)
        return socket

    def _head(self, status: int, headers: RawHeaders) -> bytes:
        self.started = True
        if self.more_body and not self._protocol.can_skip_body(expected=self._expects_continue):
            self._keep_alive = False
        parts = [STATUS_LINES[status]]
        for name, value in [*self._protocol.server_state.default_headers, *headers]:
            if name == b"content-length":
                self._left = 0 if self._head_only else int(value)
            parts += (name, b": ", value, b"\r\n")
        if self._left is None and not self._head_only and status not in BODILESS:
            self._choose_framing(parts)
        if not self._keep_alive:
            parts.append(b"connection: close\r\n")
        parts.append(b"\r\n")
        return b"".join(parts)

    def _choose_framing(self, parts: list[bytes]) -> None:
        """Choose the framing: a body of unknown length is chunked or, before HTTP/1.1, ends with the connection."""
        if self.scope["http_version"] == "1.0":
            self._keep_alive = False
        else:
            self.chunked = True
            parts.append(b"transfer-encoding: chunked\r\n")

    async def _drain(self, body: bytes) -> None:
        """Wait until the client has taken enough; what is to be sent next is given back if it goes."""
        if self._delivery is not None:
            self._delivery.holding = body
        await self._protocol.flow.drain()
        if self._delivery is not None:
            self._delivery.holding = b""

    def _write_body(self, body: bytes, *, more: bool) -> None:
        transport = self._protocol.transport
        length = 0
        if self.chunked:
            end = b"" if more else b"0\r\n\r\n"
            if body:
                size = b"%x\r\n" % len(body)
                transport.writelines((size, body, b"\r\n", end))
                length = len(size) + len(body) + 2 + len(end)
            elif end:
                transport.write(end)
        elif body and not self._head_only:
            transport.write(body)
            length = len(body)
        if length and self._delivery is not None:
            self._delivery.written(body, length)
        if not more:
            self._finish()

    def _finish(self) -> None:
        self.complete = True
        self._protocol.finish(keep_alive=self._keep_alive)
