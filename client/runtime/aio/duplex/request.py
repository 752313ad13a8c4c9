"""Full-duplex HTTP/1.1: one request and its reply, each at its own pace.

httpx sends a whole request before it reads the reply. Here the reply may begin earlier: for a request
and a reply that are streamed at the same time, and for an upload that the server refuses before its end.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import h11

from ... import http
from ...broken import ConnectionBroken
from ...errors import ConnectionFailed, RequestError, StreamBroken, TimedOut
from ..reply import AsyncReply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from .sockets import AsyncDuplexSocket

LONGEST_HEAD = 100 * 1024
FAILURES = (ConnectionBroken, TimeoutError, h11.RemoteProtocolError)
"""The exceptions of a broken connection."""


class AsyncDuplexRequest:
    """A full-duplex request: one being sent, and its reply.

    Args:
        connection: The connection, which must not be used for anything else.
        method: The HTTP method.
        url: The complete URL.
    """

    def __init__(self, connection: AsyncDuplexSocket, method: str, url: str) -> None:
        self.method = method
        self.url = url
        self._socket = connection
        self._protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        # One thread may send while another reads: this guards the protocol's state, and is never held while waiting.
        self._lock = threading.Lock()

    async def open(self, place: http.Place, headers: list[tuple[str, str]]) -> None:
        """Send the head of a request.

        Args:
            place: The destination.
            headers: All headers except Host and Connection.

        Raises:
            RequestError: The headers cannot be sent.
            ConnectionBroken: The connection broke.
        """
        # A tunnelling proxy got its headers with CONNECT.
        more = [] if place.tunnel else place.headers
        try:
            all_headers = [("host", place.netloc), *headers, *more, ("connection", "close")]
            await self._send(h11.Request(method=self.method, target=place.target, headers=all_headers))
        except (h11.LocalProtocolError, UnicodeEncodeError):
            await self.aclose()
            raise http.cannot_be_sent(self.method, self.url) from None
        except BaseException:
            await self.aclose()
            raise

    async def send(self, data: bytes, *, stop_on_reply: bool = False) -> bool:
        """Send a part of the body; waits while the server applies back-pressure.

        Args:
            data: The bytes.
            stop_on_reply: Whether to stop when a reply arrives before everything is sent.

        Returns:
            Whether everything was sent.

        Raises:
            ConnectionBroken: The connection broke.
        """
        return await self._send(h11.Data(data=data), stop_on_reply=stop_on_reply)

    async def end(self) -> None:
        """Send the end of the body.

        Raises:
            ConnectionBroken: The connection broke.
        """
        await self._send(h11.EndOfMessage())

    async def _send(self, event: h11.Event, *, stop_on_reply: bool = False) -> bool:
        with self._lock:
            data = self._protocol.send(event)
        return await self._socket.write(data, stop_on_reply=stop_on_reply) if data else True

    def replies(self) -> bool:
        """Return whether the server has sent data that was not read yet."""
        return self._socket.look_ahead()

    async def reply(self, timeout: float | None) -> AsyncReply:
        """Wait for the reply to begin.

        Args:
            timeout: Seconds until it must begin; None for no limit.

        Raises:
            ConnectionFailed: The connection broke first.
            TimedOut: It did not begin in time.
        """
        try:
            event = await self._receive(timeout)
            while isinstance(event, h11.InformationalResponse):
                event = await self._receive(timeout)
        except FAILURES as error:
            await self.aclose()
            raise self._no_reply(error) from error
        except BaseException:
            # A caller that stops waiting for a reply never waits for it again.
            await self.aclose()
            raise
        if not isinstance(event, h11.Response):
            await self.aclose()
            raise self._no_reply(ConnectionError("the server closed the connection"))
        headers = http.headers_of(event.headers.raw_items())
        return AsyncDuplexReply(self, event.status_code, headers)

    def _no_reply(self, error: Exception) -> RequestError:
        where: dict[str, Any] = {"method": self.method, "url": self.url}
        if isinstance(error, TimeoutError):
            return TimedOut(f"{self.method} {self.url}: no answer within the time allowed.", **where)
        return ConnectionFailed(f"{self.method} {self.url}: the connection was lost before the reply: {error}", **where)

    async def body(self, timeout: float | None) -> AsyncIterator[bytes]:
        """Yield the body of the reply as it arrives.

        Args:
            timeout: Seconds to wait for each part; None for no limit.
        """
        while True:
            event = await self._receive(timeout)
            if not isinstance(event, h11.Data):
                break
            yield bytes(event.data)

    async def _receive(self, timeout: float | None) -> Any:
        while True:
            with self._lock:
                event = self._protocol.next_event()
            if event is not h11.NEED_DATA:
                return event
            data = await self._socket.read(timeout)
            with self._lock:
                self._protocol.receive_data(data)

    async def aclose(self) -> None:
        """Close the connection at once."""
        await self._socket.aclose()

    def abandon(self) -> None:
        """Close the connection without waiting."""
        self._socket.abandon()

    def __del__(self) -> None:
        # Without this, the connection of an unfinished request would stay open until the server closes it.
        if hasattr(self, "_socket"):
            self.abandon()


class AsyncDuplexReply(AsyncReply):
    """The reply to a full-duplex request.

    Args:
        duplex: The request.
        status: The HTTP status.
        headers: The headers, their names in lower case.
    """

    failures = FAILURES

    def __init__(self, duplex: AsyncDuplexRequest, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(status, headers, duplex.method, duplex.url)
        self._request = duplex
        self._timeout: float | None = None

    def set_read_timeout(self, seconds: float | None) -> None:
        """Set the time limit for each part of the body, in seconds."""
        self._timeout = seconds

    def _body(self) -> AsyncIterator[bytes]:
        return self._request.body(self._timeout)

    def _broken(self, error: Exception, received: int) -> RequestError:
        if isinstance(error, TimeoutError):
            message = f"{self.method} {self.url}: nothing came within the time allowed."
            return TimedOut(message, method=self.method, url=self.url)
        message = f"{self.method} {self.url}: the reply broke off after {received} bytes: {error}"
        return StreamBroken(message, method=self.method, url=self.url, received=received)

    async def _free(self) -> None:
        await self._request.aclose()

    def _let_go(self) -> None:
        self._request.abandon()
