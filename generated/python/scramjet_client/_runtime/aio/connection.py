"""Carries out calls: the one way from the generated code to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..._runtime.hints import lazy_hints
from .. import replies, requests, retries
from ..call import RawResponse
from ..errors import ApiStatusError, RequestError
from .primitives import opened, sleep
from .streams import AsyncStream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from ..call import Call
    from ..config import Settings
    from ..http import AsyncBaseTransport
    from .exchange import AsyncExchange
    from .reply import AsyncReply
    from .sender import AsyncSender

T = TypeVar("T")


class AsyncConnection:
    """A server, and the pool of connections to it that all client objects for this server share.

    Args:
        settings: Where and how to connect.
        transport: An httpx transport to use instead of sockets, for tests.
    """

    def __init__(self, settings: Settings, *, transport: AsyncBaseTransport | None = None) -> None:
        self.settings = settings
        self._transport = transport
        self._made: AsyncSender | None = None

    @property
    def _sender(self) -> AsyncSender:
        if self._made is None:
            # Only here, because importing httpx takes far longer than importing all the rest.
            from .sender import AsyncSender

            self._made = AsyncSender(self.settings, self._transport)
        return self._made

    async def send(self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> T:
        """Carry out a call and give its result.

        Args:
            call: What to ask.
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf` for ever.
            headers: Headers of this call, on top of all others.

        Raises:
            ScramjetError: See `errors`.
        """
        return (await self.send_raw(call, timeout=timeout, headers=headers)).parsed

    async def send_raw(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[T]:
        """Carry out a call and give its result with the whole HTTP reply.

        Args:
            call: What to ask.
            timeout: As for `send`.
            headers: As for `send`.

        Raises:
            ScramjetError: See `errors`.
        """
        timeouts = requests.timeouts_for(self.settings, call, timeout)
        reply = await self.begin(call, headers, timeouts, whole=True)
        return RawResponse(
            status=reply.status,
            headers=reply.headers,
            content=reply.content,
            parsed=replies.result(call, reply.status, reply.content, reply.url),
            method=reply.method,
            url=reply.url,
        )

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
            call: What to ask; its decoder turns one record of the stream into an object.
            timeout: Seconds until the reply must have begun; for ever unless given.
            headers: As for `send`.
            idle_timeout: Seconds that may pass without a byte once it has; for ever unless given.

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
        """Carry out a call whose request and reply are streams at the same time.

        Args:
            call: What to ask. Its `body`, if it has one, is sent in the background; otherwise write to the exchange.
            timeout: Seconds until the reply must have begun, once it is waited for; for ever unless given.
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
        """Send a call, again where that is safe and may help, until its reply has begun.

        Args:
            call: What to ask.
            headers: As for `send`.
            timeouts: Seconds for each step.
            whole: Whether to load the whole body, too.

        Raises:
            ScramjetError: There is no reply, or it is an error.
        """
        attempt = 0
        while True:
            try:
                reply = await self._sender.begin(call, headers, timeouts)
                return await reply.load() if whole else reply
            except (RequestError, ApiStatusError) as error:
                wait = retries.wait_after(error, call, attempt, self.settings.max_retries)
                if wait is None:
                    raise
            attempt += 1
            await sleep(wait)

    async def aclose(self) -> None:
        """Close the connections to the server; the next call opens new ones."""
        if self._made is not None:
            await self._made.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.url}>"


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncBaseTransport": "..http",
        "AsyncExchange": ".exchange",
        "AsyncReply": ".reply",
        "AsyncSender": ".sender",
        "Call": "..call",
        "Mapping": "collections.abc",
        "Self": "typing",
        "Settings": "..config",
        "TracebackType": "types",
    },
)
