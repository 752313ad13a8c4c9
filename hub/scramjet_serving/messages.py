"""Requests and replies: what passes between the application and the handlers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from random import getrandbits
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeVar, runtime_checkable
from urllib.parse import parse_qsl

import orjson

from scramjet_serving.errors import ApiError, ClientDisconnected

if TYPE_CHECKING:
    from scramjet_serving.delivery import Undelivered

T = TypeVar("T")
RawHeaders: TypeAlias = "list[tuple[bytes, bytes]]"
Scope: TypeAlias = "dict[str, Any]"
Receive: TypeAlias = Callable[[], Awaitable[Any]]

JSON: Final = "application/json"
# Clients in JavaScript send this in headers that they have no value for.
NO_VALUE: Final = "undefined"
# The key of the `Connection` among the extensions in the ASGI scope.
CONNECTION: Final = "scramjet.connection"


class Connection(Protocol):
    """What a request needs to know of its connection beyond ASGI."""

    @property
    def gone(self) -> bool:
        """Whether the client has gone; true for good once it is."""

    def on_gone(self, callback: Callable[[], object]) -> None:
        """Call `callback` once when the client goes; soon, if it has gone already."""

    def off_gone(self, callback: Callable[[], object]) -> None:
        """Forget a callback given to `on_gone`, called or not."""

    @property
    def undelivered(self) -> Undelivered:
        """What of a reply that is followed a client that has gone has not received."""

    def follow(self, kept: int, give_back: Callable[[Undelivered], object]) -> None:
        """Follow the body of the reply, of which `kept` bytes are there; what is lost after its end is given back."""

    def received(self) -> int:
        """Count the bytes of the reply's body that the client has confirmed, if the reply is followed."""

    def abort(self) -> None:
        """Cut the connection."""

    async def reply(self, status: int, headers: RawHeaders, body: bytes) -> None:
        """Write a whole reply at once; `headers` tell its length."""


@runtime_checkable
class Shared(Protocol):
    """A body made of what its reader takes from those who read later."""

    @property
    def waiting(self) -> int:
        """How many bytes are there to be taken."""

    def give_back(self, undelivered: Undelivered) -> None:
        """Take back what the client did not receive."""

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Be told how to see that the client takes something, and what to do if it holds up others."""


class Request:
    """One request, routed and validated.

    Attributes:
        operation: The operationId.
        path: The parameters in the path, decoded.
        params: The values of all described parameters of path, query and headers, converted to the described type,
            with defaults; None for those that were not given and have none. Headers have names in lower case.
        json: The validated JSON body; None if there was none, or for operations without a JSON body.
        subject: What the request is about, for the audit trail: an id or a name.
        may_manage: Whether whoever sent it may change something.
        holder: Whose token it came with.
        received: Bytes of the body that have been read.
    """

    __slots__ = (
        "_body_ended",
        "_headers",
        "_id",
        "_receive",
        "connection",
        "holder",
        "json",
        "may_manage",
        "operation",
        "params",
        "path",
        "received",
        "scope",
        "subject",
    )

    def __init__(self, operation: str, path: dict[str, str], scope: Scope, receive: Receive) -> None:
        self.operation = operation
        self.path = path
        self.params: dict[str, Any] = {}
        self.json: Any = None
        self.subject: str | None = None
        self.holder = "system"
        self.may_manage = True
        self.received = 0
        self.scope = scope
        self.connection: Connection = scope["extensions"][CONNECTION]
        self._receive = receive
        self._headers: dict[str, str] | None = None
        self._id: str | None = None
        self._body_ended = False

    @property
    def method(self) -> str:
        """The method as sent; `HEAD` reaches the handler of `GET`."""
        return str(self.scope["method"])

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers with names in lower case; repeated ones are joined with a comma."""
        if self._headers is None:
            self._headers = join_headers(self.scope["headers"])
        return self._headers

    @property
    def content_type(self) -> str:
        """The media type in `Content-Type`, lower case, without parameters; empty if not given."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def query(self) -> dict[str, str]:
        """The query parameters, decoded, the last of each name; also those the description does not know."""
        return dict(parse_qsl(self.scope["query_string"].decode("latin-1"), keep_blank_values=True))

    @property
    def id(self) -> str:
        """The request id, as in the audit trail and in the reply's `x-request-id`."""
        if self._id is None:
            self._id = new_request_id()
        return self._id

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives; nothing more is read from the client while nobody asks for the next chunk.

        The first call is what makes a client that sent `Expect: 100-continue` go on.

        Raises:
            ClientDisconnected: The client broke off; what came so far is not the whole body.
        """
        while not self._body_ended:
            message = await self._receive()
            if message["type"] != "http.request":
                raise ClientDisconnected
            self._body_ended = not message["more_body"]
            if chunk := message["body"]:
                self.received += len(chunk)
                yield chunk

    async def body(self, limit: int) -> bytes:
        """The whole body.

        Args:
            limit: The most bytes to accept.

        Raises:
            ApiError: 413, it is longer than that.
            ClientDisconnected: The client broke off before its end.
        """
        if int(self.headers.get("content-length", 0)) > limit:
            raise body_too_large(limit)
        parts: list[bytes] = []
        async for chunk in self.chunks():
            parts.append(chunk)
            if self.received > limit:
                raise body_too_large(limit)
        return b"".join(parts)

    async def disconnected(self) -> None:
        """Return when the client has gone; a client that only stopped sending has not."""
        waiter = asyncio.Event()
        self.connection.on_gone(waiter.set)
        try:
            await waiter.wait()
        finally:
            self.connection.off_gone(waiter.set)

    async def unless_gone(self, awaitable: Awaitable[T]) -> T:
        """Wait for something on behalf of a client that may lose its patience.

        Args:
            awaitable: What to wait for; it is cancelled when the client goes.

        Raises:
            ClientDisconnected: The client went away first.
        """
        future = asyncio.ensure_future(awaitable)
        self.connection.on_gone(future.cancel)
        try:
            return await future
        except asyncio.CancelledError:
            if self.connection.gone:
                raise ClientDisconnected from None
            raise
        finally:
            self.connection.off_gone(future.cancel)
            future.cancel()


class Response:
    """A whole reply, known in advance.

    Args:
        body: The bytes.
        status: The HTTP status.
        headers: Headers; `content-length` is added.
    """

    __slots__ = ("body", "headers", "status")

    def __init__(self, body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.body = body
        self.status = status
        self.headers = raw_headers(headers)
        self.headers.append((b"content-length", b"%d" % len(body)))


class StreamResponse:
    """A reply whose body is made while it is sent, and may never end.

    The iterator is closed (`aclose`) when it is exhausted, when the client goes and when the server stops; in the last
    two cases it is cancelled where it waits. If it raises, the connection is cut, so that the client can tell
    a broken stream from a complete one.

    Args:
        chunks: Gives the body; asked for the next chunk only when the client has taken the ones before. A function that
            makes it is called when the body is sent: not for `HEAD`, nor for a client that has gone by then.
        status: The HTTP status.
        content_type: The media type.
        headers: Further headers.
    """

    __slots__ = ("_chunks", "headers", "status")

    def __init__(
        self,
        chunks: AsyncIterator[bytes] | Callable[[], AsyncIterator[bytes]],
        *,
        status: int = 200,
        content_type: str = "application/octet-stream",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._chunks = chunks
        self.status = status
        self.headers = raw_headers({"content-type": content_type, "cache-control": "no-store", **(headers or {})})

    @property
    def chunks(self) -> AsyncIterator[bytes]:
        """The body; asking for it opens what it comes from."""
        if callable(self._chunks):
            self._chunks = self._chunks()
        return self._chunks

    @chunks.setter
    def chunks(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    async def close(self) -> None:
        """Leave what the body comes from, if it was opened."""
        close = None if callable(self._chunks) else getattr(self._chunks, "aclose", None)
        if close is not None:
            await close()


Reply: TypeAlias = "Response | StreamResponse"

_JSON_HEADERS = [(b"content-type", JSON.encode())]


def json_response(payload: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A reply with `payload` as JSON."""
    response = Response(orjson.dumps(payload), status, headers)
    response.headers += _JSON_HEADERS
    return response


def error_response(error: ApiError) -> Response:
    """The reply that tells a client of an error."""
    return json_response({"error": error.message}, error.status, error.headers)


def new_request_id() -> str:
    """An id for a request, as in the audit trail and in the reply's `x-request-id`."""
    return f"{getrandbits(128):032x}"


def raw_headers(headers: Mapping[str, str] | None) -> RawHeaders:
    """Headers in the form ASGI wants, which is also the order they are sent in."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in (headers or {}).items()]


def media_type(content_type: str) -> str:
    """The media type in a `Content-Type`, lower case, without its parameters; empty if the header says nothing.

    Parameters without a type are no media type (RFC 9110, section 8.3.1), and not nothing either: they are given back
    as they are, and no operation takes them.
    """
    name = content_type.partition(";")[0].strip().lower() or content_type.strip()
    return "" if name == NO_VALUE else name


def body_too_large(limit: int) -> ApiError:
    """The error for a body of more than `limit` bytes."""
    return ApiError(413, f"The body is longer than the {limit} bytes that are accepted here")


def join_headers(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers as ASGI gives them, by name; repeated ones are joined with a comma."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
