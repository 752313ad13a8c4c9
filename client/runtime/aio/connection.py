"""The connection to a server, which carries out all calls of the generated code."""

from __future__ import annotations

import copy
import math
import time
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .. import replies, requests, retries
from ..broken import AlreadyGone
from ..call import RawResponse
from ..errors import ApiStatusError, ConnectionFailed, NotFoundError, RequestError, TimedOut
from .limits import within
from .primitives import opened
from .server import AsyncServer
from .streams import AsyncStream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from ..call import Call
    from ..http import AsyncBaseTransport
    from ..settings.config import Settings
    from .duplex.connector import AsyncDuplexConnector
    from .exchange import AsyncExchange
    from .reply import AsyncReply

T = TypeVar("T")


class AsyncConnection:
    """A server, and the connection pool that all client objects for it share.

    Args:
        settings: The settings of the connection.
        transport: An httpx transport to use instead of sockets, for tests.
    """

    def __init__(self, settings: Settings, *, transport: AsyncBaseTransport | None = None) -> None:
        self.settings = settings
        self._server = AsyncServer(settings, transport)
        self._own_server = True

    @property
    def connector(self) -> AsyncDuplexConnector:
        """Opens full-duplex connections."""
        return self._server.connector

    def with_settings(self, **changes: Any) -> Self:
        """Return a copy with other settings that shares the connections; closing it does nothing.

        Args:
            changes: Fields of `settings` about requests, and `verify_ssl`, for which other connections are opened.
                Other fields about connecting cannot be changed.
        """
        other = copy.copy(self)
        other.settings = attrs.evolve(self.settings, **changes)
        other._own_server = False
        if other.settings.verify_ssl != self.settings.verify_ssl:
            other._server = self._server.variant(other.settings)
        return other

    async def send(
        self,
        call: Call[T],
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
    ) -> T:
        """Carry out a call and return its result.

        Args:
            call: The call.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for no limit.
            headers: Additional headers of this call.
            deadline: Seconds for the whole call, retries included, instead of the client's; `math.inf` for no limit.

        Raises:
            ScramjetError: See `errors`.
        """
        return (await self.send_raw(call, timeout=timeout, headers=headers, deadline=deadline)).parsed

    async def send_raw(
        self,
        call: Call[T],
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
    ) -> RawResponse[T]:
        """Carry out a call and return its result with the complete HTTP reply.

        Args:
            call: The call.
            timeout: As for `send`.
            headers: As for `send`.
            deadline: As for `send`.

        Raises:
            ScramjetError: See `errors`.
        """
        timeouts = requests.timeouts_for(self.settings, call, timeout)
        try:
            reply = await self._begin_within(
                requests.deadline_for(self.settings, call, deadline, timeout), call, headers, timeouts
            )
        except AlreadyGone as gone:
            return replies.gone(call, gone.error)
        return RawResponse(
            status=reply.status,
            headers=reply.headers,
            content=reply.content,
            parsed=replies.result(call, reply.status, reply.content, reply.url),
            method=reply.method,
            url=reply.url,
        )

    async def _begin_within(
        self,
        deadline: float | None,
        call: Call[Any],
        headers: Mapping[str, str] | None,
        timeouts: dict[str, float | None],
    ) -> AsyncReply:
        if deadline is None:
            return await self.begin(call, headers, timeouts, whole=True)
        try:
            async with within(deadline):
                return await self.begin(call, headers, timeouts, whole=True)
        except TimedOut:
            raise
        except TimeoutError as error:
            url = requests.url_for(self.settings, call)
            message = f"{call.method} {url}: no whole answer within the {deadline:g} s that the call may take."
            raise TimedOut(message, method=call.method, url=url) from error

    def open(
        self,
        call: Call[T],
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[T]:
        """Carry out a call whose reply is a stream.

        Args:
            call: The call; its decoder turns one record of the stream into an object.
            timeout: Seconds until the reply must begin; no limit unless given.
            headers: As for `send`.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            The stream. It opens with `async with`, with `await` or by iterating.

        Raises:
            ScramjetError: See `errors`.
        """
        return opened(AsyncStream(self, call, headers, timeout, idle_timeout))

    def exchange(
        self,
        call: Call[T],
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncExchange[T]:
        """Carry out a call whose request and reply are streamed at the same time.

        Args:
            call: The call. Its `body`, if any, is sent in the background; otherwise write to the exchange.
            timeout: Seconds until the reply must begin, counted from when it is awaited; no limit unless given.
            headers: As for `send`.
            idle_timeout: As for `open`.

        Returns:
            The exchange. It opens with `async with`, with `await`, by writing or by iterating.

        Raises:
            ScramjetError: See `errors`.
        """
        from .exchange import AsyncExchange

        return opened(AsyncExchange(self, call, headers, timeout, idle_timeout))

    async def begin(
        self,
        call: Call[Any],
        headers: Mapping[str, str] | None,
        timeouts: dict[str, float | None],
        *,
        whole: bool = False,
    ) -> AsyncReply:
        """Send a call and wait for its reply to begin; retry if that is safe and may help.

        Args:
            call: The call.
            headers: As for `send`.
            timeouts: Seconds for each step: connect, write, read, pool.
            whole: Whether to load the complete body as well.

        Raises:
            ScramjetError: No reply arrived, or it is an error.
            AlreadyGone: The target of a deletion is gone, and a request without a reply may have deleted it.
        """
        patience = math.inf if timeouts["read"] is None else timeouts["read"]
        naps = self._server.naps
        begun = naps.begun()
        start, closings = time.monotonic(), self._server.closings
        attempt, done = 0, False
        while True:
            try:
                reply = await self._server.sender.begin(self.settings, call, headers, timeouts)
                return await reply.load() if whole else reply
            except (RequestError, ApiStatusError) as error:
                self._check_open(closings, error)
                if done and whole and isinstance(error, NotFoundError):
                    raise AlreadyGone(error) from error
                wait = retries.wait_after(error, call, attempt, self.settings.max_retries)
                if wait is None or time.monotonic() - start + wait > patience:
                    raise
                done = done or retries.may_be_done(error, call)
            attempt += 1
            # A status may have come although the client was closed meanwhile; then nothing would end the wait.
            self._check_open(closings, None)
            await naps.sleep(wait, begun)
            self._check_open(closings, None)

    def _check_open(self, closings: int, error: Exception | None) -> None:
        """Stop retries of calls that were in progress when the client was closed."""
        if self._server.closings != closings and not isinstance(error, ApiStatusError):
            raise ConnectionFailed("The client was closed while a request was under way.") from error

    async def aclose(self) -> None:
        """Close the connections to the server, interrupting calls in progress; the next call opens new ones."""
        if self._own_server:
            await self._server.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.url}>"
