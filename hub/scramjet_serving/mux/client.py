"""An HTTP/1.1 client for channels: one request a channel, both bodies streams, no time limits."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import httptools

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable, Callable

    from scramjet_serving.messages import RawHeaders

# A whole body, a stream of one, or none at all: then the request has no framing headers.
Body: TypeAlias = "bytes | AsyncIterable[bytes] | None"
Open: TypeAlias = "Callable[[asyncio.Protocol], asyncio.Transport | Awaitable[asyncio.Transport]]"

# How many bytes of a reply are kept for a reader that is slow; the rest waits in the channel, and beyond its window.
HIGH_WATER: Final = 64 * 1024
# The size limit of a reply's head, or of its trailers.
MOST_HEAD: Final = 256 * 1024
# What would end the line that it is written in.
UNSAFE: Final = re.compile(rb"[\r\n\0]")
BODILESS: Final = (204, 304)


class Away(Exception):  # noqa: N818 - states a condition
    """There is no connection to the other side, or it broke before the exchange had ended."""


class Confused(Exception):  # noqa: N818 - states a condition, too
    """The other side answered something that is not HTTP/1.1."""


async def request(
    open_channel: Open, method: str, target: str, headers: RawHeaders | None = None, body: Body = None
) -> Reply:
    """Send a request, and return the reply as soon as its head is there.

    The request body is read from its source no faster than the other side takes it. With `expect: 100-continue`, it is
    read only once the other side asks for it, and never if it answers without.

    Args:
        open_channel: Opens a channel for a protocol, or a connection, which may take its time.
        method: The method.
        target: The path and query.
        headers: The headers, with names in lower case. The framing of `body` is added: a stream without a
            `content-length` is chunked.
        body: The body. A stream is closed (`aclose`) when it is not needed any more.

    Raises:
        Away: The other side is not connected, or went before it answered.
        Confused: It did not answer with HTTP/1.1.
        ValueError: Something in the head would end its line.
        Exception: What the body raised before there was an answer.
    """
    reply = Reply(head_only=method == "HEAD")
    framing, chunked = _framing(headers or [], body)
    head = _head(method, target, [*(headers or []), *framing])
    try:
        opened = open_channel(reply)
        channel = opened if isinstance(opened, asyncio.Transport) else await opened
    except OSError as error:
        await _close(body)
        raise Away(str(error)) from error
    channel.write(head + body if isinstance(body, bytes) else head)
    if body is not None and not isinstance(body, bytes):
        reply.send(body, chunked=chunked, waits=_expects_continue(headers or []))
    try:
        await reply.begun
    except BaseException:
        await reply.aclose()
        raise
    return reply


class Reply(asyncio.Protocol):
    """The reply: an async iterator of its body's parts. Close it (`aclose`) unless it was read to its end.

    Its end is also the end of the exchange: unless the reply is an error, it comes only when the request body was sent.

    Args:
        head_only: Whether the request was `HEAD`.

    Attributes:
        status: The status.
        headers: The headers, with names in lower case.
        trailers: The trailers, once the body has ended.
        begun: Done when the head has arrived.
    """

    def __init__(self, *, head_only: bool) -> None:
        self.status = 0
        self.headers: RawHeaders = []
        self.trailers: RawHeaders = []
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._head_only = head_only
        self._parser = httptools.HttpResponseParser(self)
        self._channel: asyncio.Transport | None = None
        self._head_size = 0
        self._in_head = True
        self._framed = False
        self._chunks: list[bytes] = []
        self._held = 0
        self._complete = False
        self._error: BaseException | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._go_ahead: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None
        self._sending: asyncio.Task[None] | None = None

    # Called by the channel.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._channel = transport  # type: ignore[assignment]  # a channel

    def data_received(self, data: bytes) -> None:
        """Parse the reply; what comes after it is ignored."""
        if self._complete or self._error is not None:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._fail(Confused("The other side changed to another protocol, which was not asked for"))
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._fail(cause if isinstance(cause, Confused) else Confused(f"This is not an HTTP/1.1 reply: {error}"))

    def eof_received(self) -> None:
        """Handle the end of the channel, which ends a body that has no other end."""
        if self.begun.done() and not self._framed and self._error is None:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the loss of the channel."""
        if not self._complete:
            self._fail(Away(str(exc) if exc is not None else "The other side closed the connection"))
        self._stop_sending()
        self.resume_writing()

    def pause_writing(self) -> None:
        """Stop sending the body."""
        if self._writable is None:
            self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Go on sending the body."""
        if self._writable is not None:
            self._writable.set_result(None)
            self._writable = None

    # Called by the parser.

    def on_message_begin(self) -> None:
        """Begin a reply, perhaps after an interim one."""
        self.headers = []
        self._in_head = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect a header or a trailer."""
        self._head_size += len(name) + len(value)
        if self._head_size > MOST_HEAD:
            raise Confused(f"The head of the reply is longer than {MOST_HEAD} bytes")
        name = name.lower()
        if not self._in_head:
            self.trailers.append((name, value))
            return
        self._framed = self._framed or name in (b"content-length", b"transfer-encoding")
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Take the head."""
        status = self._parser.get_status_code()
        if status < 200:
            self._framed = False
            self._may_send()
            return
        self._in_head = False
        self._head_size = 0
        self.status = status
        self._framed = self._framed or status in BODILESS or self._head_only
        if not self.begun.done():
            self.begun.set_result(None)
        if self._go_ahead is not None and not self._go_ahead.done():
            # It has answered without having asked for the body.
            self._stop_sending()
        if self._head_only:
            self._end()

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body; stop reading when enough is kept."""
        if self._complete:
            return
        self._chunks.append(body)
        self._held += len(body)
        if self._held > HIGH_WATER and self._channel is not None:
            self._channel.pause_reading()
        self._wake()

    def on_message_complete(self) -> None:
        """End the reply, unless it was an interim one."""
        if self._parser.get_status_code() >= 200:
            self._end()

    # Called by the one who asks.

    def send(self, body: AsyncIterable[bytes], *, chunked: bool, waits: bool) -> None:
        """Send a body.

        Args:
            body: Its parts.
            chunked: Whether to frame them as chunks.
            waits: Whether to wait until the other side asks for it.
        """
        self._go_ahead = asyncio.get_running_loop().create_future() if waits else None
        self._sending = asyncio.get_running_loop().create_task(self._send(body, chunked=chunked))

    def __aiter__(self) -> Reply:
        return self

    async def __anext__(self) -> bytes:
        """Return the next part of the body.

        Raises:
            Away: The connection broke before the end.
            Confused: The framing is wrong.
            Exception: What the request body raised.
        """
        part = await self.read()
        if part:
            return part
        await self._finish()
        raise StopAsyncIteration

    async def read(self) -> bytes:
        """Return the next part of the body; empty at its end, which does not wait for the end of the request body.

        Raises:
            Away: The connection broke before the end.
            Confused: The framing is wrong.
            Exception: What the request body raised.
        """
        while not self._chunks and not self._complete and self._error is None:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self._chunks:
            return self._next_part()
        if self._error is not None:
            raise self._error
        return b""

    async def aclose(self) -> None:
        """Stop the exchange; may be called at any time."""
        if self._channel is not None:
            self._channel.abort()
        self._fail(Away("The exchange was stopped"))
        await self._sent()

    # Internal.

    def _next_part(self) -> bytes:
        chunks, self._chunks, self._held = self._chunks, [], 0
        if self._channel is not None:
            self._channel.resume_reading()
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    async def _finish(self) -> None:
        """Wait until the request body is sent, unless it was refused, and close the channel."""
        if self.status >= 400:
            self._stop_sending()
        await self._sent()
        if self._channel is not None:
            self._channel.close()
        if self._error is not None:
            raise self._error

    async def _sent(self) -> None:
        if self._sending is not None:
            await asyncio.wait([self._sending])

    async def _send(self, body: AsyncIterable[bytes], *, chunked: bool) -> None:
        try:
            if self._go_ahead is not None:
                await self._go_ahead
            async for part in body:
                self._write(part, chunked=chunked)
                if self._writable is not None:
                    await self._writable
            if chunked and self._channel is not None:
                self._channel.write(b"0\r\n\r\n")
        except Exception as error:  # noqa: BLE001 - who reads the reply gets it
            self._fail(error)
            if self._channel is not None:
                self._channel.abort()
        finally:
            await _close(body)

    def _write(self, part: bytes, *, chunked: bool) -> None:
        if self._channel is not None and part:
            self._channel.writelines((b"%x\r\n" % len(part), part, b"\r\n") if chunked else (part,))

    def _may_send(self) -> None:
        if self._go_ahead is not None and not self._go_ahead.done():
            self._go_ahead.set_result(None)

    def _stop_sending(self) -> None:
        if self._sending is not None:
            self._sending.cancel()

    def _end(self) -> None:
        self._complete = True
        self._wake()

    def _fail(self, error: BaseException) -> None:
        if self._error is not None or self._complete:
            return
        self._error = error
        if not self.begun.done():
            self.begun.set_exception(error)
            # If the caller was cancelled, the error is never retrieved.
            self.begun.exception()
        if self._sending is not None and self._sending is not asyncio.current_task():
            self._stop_sending()
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _head(method: str, target: str, headers: RawHeaders) -> bytes:
    if not any(name == b"host" for name, _ in headers):
        headers = [(b"host", b"scramjet"), *headers]
    lines = [f"{method} {target} HTTP/1.1".encode("latin-1"), *(name + b": " + value for name, value in headers)]
    if any(map(UNSAFE.search, lines)) or " " in target:
        raise ValueError("A request line or a header has a line end in it, or the target a space")
    return b"\r\n".join([*lines, b"", b""])


def _framing(headers: RawHeaders, body: Body) -> tuple[RawHeaders, bool]:
    """Return the headers to add, and whether the body is sent in chunks."""
    if body is None or any(name == b"content-length" for name, _ in headers):
        return [], False
    if isinstance(body, bytes):
        return [(b"content-length", b"%d" % len(body))], False
    return [(b"transfer-encoding", b"chunked")], True


def _expects_continue(headers: RawHeaders) -> bool:
    return any(name == b"expect" and value.lower() == b"100-continue" for name, value in headers)


async def _close(body: Any) -> None:
    close = getattr(body, "aclose", None)
    if close is not None:
        await close()
