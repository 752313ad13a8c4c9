"""Passes a request on to the other end of a tunnel: method, headers and both bodies, with no time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scramjet_serving.messages import StreamResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from typing import Protocol

    from scramjet_serving.messages import RawHeaders, Request
    from scramjet_serving.mux.client import Body

    class Answer(Protocol):
        """The reply of the other end; also an async iterator of its body."""

        status: int
        headers: RawHeaders

        def __aiter__(self) -> AsyncIterator[bytes]: ...

        async def __anext__(self) -> bytes: ...

        async def aclose(self) -> None:
            """Stop reading it."""


# Headers that belong to one connection (RFC 9110, section 7.6.1).
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
# What a request has beside those that is for this server alone. The other end has authenticated this server before; a
# client's token is no business of it.
OURS: Final = frozenset((b"authorization", b"host"))
# What this server adds to each reply by itself.
DATED: Final = frozenset((b"date",))
# Headers that `Connection` must not remove, even if it names them.
KEPT: Final = frozenset((b"content-length", b"content-type", b"expect"))


async def forward(
    ask: Callable[[str, str, RawHeaders, Body], Awaitable[Answer]], request: Request, target: bytes
) -> StreamResponse:
    """Pass a request on, and return its reply.

    Args:
        ask: Sends a request: method, path and query, headers, body.
        request: The request; its body is read as the other end takes it.
        target: The path at the other end, as it is to be sent, without the query.

    Raises:
        Away: The other end is away, or has gone before it answered.
        Confused: Its answer is not HTTP.
        ClientDisconnected: The client disconnected before there was an answer; the other end's part is ended.
    """
    query = request.scope["query_string"]
    path = (target + b"?" + query if query else target).decode("latin-1")
    headers = end_to_end(request.scope["headers"], OURS)
    answer = await request.unless_gone(ask(request.method, path, headers, _body(request)))
    response = StreamResponse(answer, status=answer.status)
    response.headers = end_to_end(answer.headers, DATED)
    return response


def end_to_end(headers: RawHeaders, others: frozenset[bytes] = frozenset()) -> RawHeaders:
    """Return the headers that concern more than one connection.

    Args:
        headers: The headers, names in lower case.
        others: Further names to leave out.
    """
    named = {word.strip().lower() for name, value in headers if name == b"connection" for word in value.split(b",")}
    removed = HOP_BY_HOP | others | (named - KEPT)
    return [(name, value) for name, value in headers if name not in removed]


def _body(request: Request) -> AsyncIterator[bytes] | None:
    """Return the request's body; None for a request that has none."""
    length = request.headers.get("content-length", "")
    has_body = "transfer-encoding" in request.headers or length not in ("", "0")
    return request.chunks() if has_body else None
