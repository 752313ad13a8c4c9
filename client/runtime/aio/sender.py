"""The sender: sends a call once and returns the begun reply; its user decides about retries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import http, replies, requests
from ..uploads import sources
from .limits import remaining
from .pool import AsyncPool
from .pooled import AsyncPooledReply
from .uploads import AsyncUpload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call, UploadSource
    from ..settings.config import Settings
    from .duplex.connector import AsyncDuplexConnector
    from .reply import AsyncReply

LONGEST_ERROR = 1 << 16
"""The most bytes of an error's body to read."""

EXPLANATION_TIME = 5.0
"""Seconds to wait for an error's body."""


class AsyncSender:
    """Turns calls into requests and sends them.

    Args:
        settings: How to connect.
        transport: An httpx transport to use instead of sockets.
        connector: Opens full-duplex connections.
    """

    def __init__(
        self, settings: Settings, transport: http.AsyncBaseTransport | None, connector: AsyncDuplexConnector
    ) -> None:
        self._connector = connector
        self._pool = AsyncPool(settings, transport)
        # A full-duplex connection can see an early reply, but supports neither custom transports nor SOCKS.
        proxy = http.proxy_of(settings)
        self._own_uploads = transport is None and not (proxy is not None and proxy.startswith("socks"))

    async def begin(
        self,
        settings: Settings,
        call: Call[Any],
        headers: Mapping[str, str] | None,
        timeouts: dict[str, float | None],
    ) -> AsyncReply:
        """Send a call and wait for its reply to begin.

        Args:
            settings: Where to send it, and with which token and headers.
            call: The call.
            headers: Additional headers.
            timeouts: Seconds for each step: connect, write, read, pool.

        Raises:
            RequestError: No reply arrived.
            ApiStatusError: The reply has an error status.
        """
        url = requests.url_for(settings, call)
        sent_headers = requests.headers_for(settings, call, headers)
        if call.body is None:
            reply = await self._ask(call, url, sent_headers, requests.json_body(call), timeouts)
        elif call.progress is None and (content := sources.whole(call.body)) is not None:
            reply = await self._ask(call, url, sent_headers, content, timeouts)
        else:
            reply = await self._upload(call, call.body, url, sent_headers, timeouts)
        return await checked(reply, settings, timeouts["read"])

    async def _ask(
        self,
        call: Call[Any],
        url: str,
        headers: list[tuple[str, str]],
        content: bytes | http.AsyncBody | None,
        timeouts: dict[str, float | None],
    ) -> AsyncReply:
        request = http.new_request(call.method, url, headers, content, timeouts)
        try:
            response = await self._pool.send(request)
        except http.TransportError as error:
            raise http.before_reply(error, call.method, url) from http.shown(error)
        return AsyncPooledReply(self._pool, response, request, url)

    async def _upload(
        self,
        call: Call[Any],
        source: UploadSource,
        url: str,
        headers: list[tuple[str, str]],
        timeouts: dict[str, float | None],
    ) -> AsyncReply:
        body = AsyncUpload(source, call.progress)
        headers.append(body.framing)
        if not self._own_uploads:
            return await self._ask(call, url, headers, http.AsyncBody(body.chunks()), timeouts)
        from .uploading import upload

        duplex = await self._connector.begin(call.method, url, headers)
        try:
            reply = await upload(duplex, body, timeouts["read"])
        except BaseException:
            await duplex.aclose()
            raise
        reply.set_read_timeout(timeouts["read"])
        return reply

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()


async def checked(reply: AsyncReply, settings: Settings, timeout: float | None) -> AsyncReply:
    """Return a reply if its status is a success.

    Args:
        reply: The reply, whose body has not been read.
        settings: The client's.
        timeout: The time limit of the request in seconds; None for no limit.

    Raises:
        ApiStatusError: Its status is an error.
    """
    if 200 <= reply.status < 300:
        return reply
    # The body of an error is awaited only briefly: the status is known without it.
    # It must be over before the whole call, or that would end without the status.
    most = EXPLANATION_TIME if timeout is None else min(timeout, EXPLANATION_TIME)
    seconds = max(min(most, remaining() / 2), 0)
    explanation = await reply.read_beginning(LONGEST_ERROR, seconds)
    where = (reply.method, reply.url, reply.status)
    raise replies.status_error(*where, reply.headers, explanation, settings.current_token())
