"""Sends a call once and gives the begun reply; what uses it decides whether to send it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import http, replies, requests, sources
from .pool import AsyncPool
from .reply import AsyncReply
from .uploads import AsyncUpload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call
    from ..config import Settings

LONGEST_ERROR = 1 << 16
"""Bytes of an error's body that are read."""


class AsyncSender:
    """Turns calls into requests and sends them.

    Args:
        settings: Where and how to connect.
        transport: An httpx transport to use instead of sockets.
    """

    def __init__(self, settings: Settings, transport: http.AsyncBaseTransport | None) -> None:
        self._settings = settings
        self._pool = AsyncPool(settings, transport)

    async def begin(
        self, call: Call[Any], headers: Mapping[str, str] | None, timeouts: dict[str, float | None]
    ) -> AsyncReply:
        """Send a call and wait for its reply to begin.

        Raises:
            RequestError: There is no reply.
            ApiStatusError: The reply is not a success.
        """
        url = requests.url_for(self._settings, call)
        sent_headers = requests.headers_for(self._settings, call, headers)
        content = _content(call, sent_headers)
        request = http.new_request(call.method, url, sent_headers, content, timeouts)
        try:
            response = await self._pool.send(request)
        except http.TransportError as error:
            raise http.before_reply(error, call.method, url) from http.shown(error)
        response.request = request
        reply = AsyncReply(response, call.method, url)
        if not 200 <= reply.status < 300:
            explanation = await reply.read(LONGEST_ERROR)
            secret = self._settings.token
            raise replies.status_error(call.method, url, reply.status, reply.headers, explanation, secret)
        return reply

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()


def _content(call: Call[Any], headers: list[tuple[str, str]]) -> bytes | http.AsyncBody | None:
    """Give the body of a request, and add the header that tells its length, if it takes one."""
    if call.body is None:
        return requests.json_body(call)
    if call.progress is None and (content := sources.whole(call.body)) is not None:
        return content
    upload = AsyncUpload(call.body, call.progress)
    headers.append(upload.framing)
    return http.AsyncBody(upload.chunks())
