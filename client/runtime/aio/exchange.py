"""Exchanges: a request and a reply that are streamed at the same time."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from .. import requests
from ..broken import ConnectionBroken
from ..errors import ConnectionFailed, RequestError, StreamBroken, TimedOut
from ..uploads.sources import encoded
from .limits import within
from .requesting import AsyncRequesting
from .streams import AsyncStream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from ..call import Call, UploadItem
    from .duplex.request import AsyncDuplexRequest
    from .reading import Begin
    from .requester import AsyncRequester

T = TypeVar("T")


class AsyncExchange(AsyncStream[T]):
    """A stream to the server and a stream from it, open at the same time (full duplex).

    `send` and `end` write; reading works as with any stream. The reply may begin before the request has ended, or even
    before any data was sent. One task may read while another writes.

    A source for the request (the call's `body`) is sent in the background while the reply is read;
    its errors are raised where the reply is read.

    Args:
        connection: As for a stream.
        call: As for a stream.
        headers: As for a stream.
        timeout: Seconds until the reply must begin, counted from when it is awaited; None for no limit.
        idle_timeout: As for a stream.
    """

    def __init__(
        self,
        connection: AsyncRequester,
        call: Call[T],
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        idle_timeout: float | None = None,
    ) -> None:
        super().__init__(connection, call, headers, timeout, idle_timeout)
        self._requesting = AsyncRequesting(connection, call, headers)

    async def open(self) -> Self:
        """Connect and begin the request; does nothing if it has begun.

        It does not wait for the reply: many servers begin it only with the first byte of its body.

        Raises:
            RequestError: Connecting failed.
        """
        await self._requesting.connected()
        return self

    def _request(self) -> Begin:
        return partial(self._requesting.reply, requests.finite(self._timeout))

    async def send(self, data: UploadItem) -> None:
        """Send a part of the request; waits while the server applies back-pressure.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            ApiStatusError: The server refused the request.
            StreamBroken: The connection broke, or the server ended the exchange.
        """
        duplex = await self._requesting.connected()
        try:
            await self._notice_refusal(duplex)
            await duplex.send(encoded(data))
        except (ConnectionBroken, ConnectionFailed) as error:
            raise await self._not_taken(duplex, error) from error

    async def end(self) -> None:
        """End the request; the reply can still be read.

        Raises:
            ApiStatusError: The server refused the request.
            StreamBroken: The connection broke, or the server ended the exchange.
        """
        duplex = await self._requesting.connected()
        try:
            await self._notice_refusal(duplex)
            await duplex.end()
        except (ConnectionBroken, ConnectionFailed) as error:
            raise await self._not_taken(duplex, error) from error

    async def finish(self, timeout: float | None = None) -> bytes:
        """End the request and return the rest of the reply.

        Args:
            timeout: Seconds for all of this, instead of the client's; `math.inf` for no limit.

        Raises:
            TimedOut: It took longer.
            ApiStatusError: The server refused the request.
            StreamBroken: The connection broke, or the server ended the exchange.
        """
        limit = requests.finite(self._connection.settings.timeout if timeout is None else timeout)
        if limit is None:
            await self.end()
            return await self.read()
        try:
            async with within(limit):
                await self.end()
                return await self.read()
        except TimedOut:
            raise
        except TimeoutError as error:
            message = f"{self._call.method} {self._call.path}: not all was taken and answered within {limit:g} s."
            raise TimedOut(message, method=self._call.method) from error

    async def _notice_refusal(self, duplex: AsyncDuplexRequest) -> None:
        """Check a reply that has arrived, unless another reader does: it may be an error."""
        if self._reading is None and not self._requesting.awaiting and duplex.replies():
            await super().open()

    async def _not_taken(self, duplex: AsyncDuplexRequest, error: Exception) -> StreamBroken:
        """Return the error for a request that was cut off.

        Raises:
            ApiStatusError: The server's error reply.
        """
        with suppress(RequestError):
            await self._notice_refusal(duplex)
        message = f"{duplex.method} {duplex.url}: the server takes no more: {error}"
        return StreamBroken(message, method=duplex.method, url=duplex.url)

    async def _next(self) -> bytes:
        try:
            chunk = await super()._next()
        except Exception as error:
            # After the end of the reply, no sent data has an effect.
            await self._requesting.stop()
            if self._requesting.error is not None and isinstance(error, RequestError):
                raise self._requesting.error from None
            raise
        if not chunk:
            await self._requesting.stop()
            if self._requesting.error is not None:
                raise self._requesting.error from None
        return chunk

    async def aclose(self) -> None:
        """Abort: closes the connection at once. Does nothing to an exchange that has ended."""
        await self._requesting.stop()
        await super().aclose()
        if self._requesting.duplex is not None:
            await self._requesting.duplex.aclose()

    def __del__(self) -> None:
        if hasattr(self, "_requesting"):
            self._requesting.abandon()
