"""Passes requests on to Hubs: method, path, headers and both bodies, as they come, with no time limit.

Not passed on are headers that belong to one connection (RFC 9110, section 7.6.1), and `Authorization`: the token is
for this server, and the Hub, which may be somebody else's, has let this server in already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scramjet_serving.errors import ApiError
from scramjet_serving.messages import StreamResponse

from scramjet_space.hubs.hub import HubAway, HubConfused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.messages import RawHeaders, Reply, Request

    from scramjet_space.hubs.hub import Hub, HubReply

HOP_BY_HOP: Final = frozenset(
    (
        b"connection",
        b"http2-settings",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    )
)
# What a request has beside those that is for this server.
OURS: Final = frozenset((b"authorization", b"host"))


async def forward(hub: Hub, request: Request, target: bytes) -> Reply:
    """Pass a request on to a Hub, and return its reply.

    Args:
        hub: The Hub.
        request: The request; its body is read as the Hub takes it.
        target: The path at the Hub as it was sent, without the query: `/api/v1/...`.

    Raises:
        ApiError: 503, the Hub is away or has gone before it answered; 502, its answer is not HTTP.
        ClientDisconnected: The client disconnected before there was an answer; the Hub's part is ended.
    """
    query = request.scope["query_string"]
    path = (target + b"?" + query if query else target).decode("latin-1")
    headers = end_to_end(request.scope["headers"], OURS)
    asking = hub.request(request.method, path, headers, _body(request))
    try:
        reply = await request.unless_gone(asking)
    except HubAway as error:
        raise ApiError(503, f"The Hub {hub.id} is away: {error}", {"retry-after": "2"}) from error
    except HubConfused as error:
        raise ApiError(502, f"The Hub {hub.id} gave no proper answer: {error}") from error
    return _passed_on(reply)


def end_to_end(headers: RawHeaders, others: frozenset[bytes] = frozenset()) -> RawHeaders:
    """Return the headers that concern more than one connection.

    Args:
        headers: The headers, names in lower case.
        others: Further names to leave out.
    """
    named = {word.strip().lower() for name, value in headers if name == b"connection" for word in value.split(b",")} - {
        b"content-length",
        b"expect",
    }
    return [
        (name, value) for name, value in headers if name not in HOP_BY_HOP and name not in others and name not in named
    ]


def _passed_on(reply: HubReply) -> StreamResponse:
    response = StreamResponse(reply, status=reply.status)
    response.headers = end_to_end(reply.headers)
    return response


def _body(request: Request) -> AsyncIterator[bytes] | None:
    """Return the request's body; None for a request that has none."""
    length = request.headers.get("content-length", "")
    has_body = "transfer-encoding" in request.headers or length not in ("", "0")
    return request.chunks() if has_body else None
