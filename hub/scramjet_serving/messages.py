"""Requests and replies: the messages between the application and the handlers."""

from __future__ import annotations

import asyncio
import re
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
# JavaScript clients send this in headers that have no value.
NO_VALUE: Final = "undefined"
# The key of the `Connection` among the extensions in the ASGI scope.
CONNECTION: Final = "scramjet.connection"
# The key of the fact that a request offers to become a WebSocket, among the extensions.
WEBSOCKET: Final = "scramjet.websocket"
KEY: Final = re.compile(r"[A-Za-z0-9+/]{22}==")


class Connection(Protocol):
    """The interface, beyond ASGI, that a request needs of its connection."""

    @property
    def gone(self) -> bool:
        """Whether the client has disconnected; final once it is true."""

    def on_gone(self, callback: Callable[[], object]) -> None:
        """Call `callback` once when the client disconnects; soon, if it has already."""

    def off_gone(self, callback: Callable[[], object]) -> None:
        """Remove a callback given to `on_gone`, called or not."""

    @property
    def undelivered(self) -> Undelivered:
        """The part of a tracked reply that a disconnected client has not received."""

    def follow(self, kept: int, give_back: Callable[[Undelivered], object]) -> None:
        """Track the reply body, of which `kept` bytes are waiting; `give_back` gets what is lost after its end."""

    def received(self) -> int:
        """Return how many bytes of a tracked reply body the client has acknowledged."""

    def abort(self) -> None:
        """Abort the connection."""

    async def reply(self, status: int, headers: RawHeaders, body: bytes) -> None:
        """Write a complete reply at once; `headers` include its length."""

    def upgrade(self, headers: RawHeaders) -> WebSocket | None:
        """Turn the connection into a WebSocket; None if the client has disconnected or asked for it wrongly."""


class WebSocket(Protocol):
    """A WebSocket, of the server."""

    async def receive(self) -> bytes | None:
        """Return the next message; None at the end of the connection."""

    async def send(self, message: bytes) -> None:
        """Send a message of text, once the client has taken enough of those before."""

    async def close(self) -> None:
        """Close the connection."""


@runtime_checkable
class Shared(Protocol):
    """A body whose data is consumed by its reader and missing for later readers."""

    @property
    def waiting(self) -> int:
        """Bytes that wait to be read."""

    def give_back(self, undelivered: Undelivered) -> None:
        """Put back what the client did not receive."""

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Set how to check the client's progress, and what to do if it blocks others."""


class Request:
    """One request, routed and validated.

    Attributes:
        operation: The operationId.
        path: The parameters in the path, decoded.
        params: The values of all described parameters of path, query and headers, converted to the described type,
            with defaults; None for missing ones without a default. Headers have names in lower case.
        json: The validated JSON body; None without a body, or for operations without a JSON body.
        subject: The object of the request, for the audit trail: an id or a name.
        may_manage: Whether the sender may change something.
        holder: The holder of its token.
        grant: The grant that it uses, if it has a valid token and that matters.
        received: Bytes of the body that have been read.
    """

    __slots__ = (
        "_body_ended",
        "_headers",
        "_id",
        "_receive",
        "connection",
        "grant",
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
        self.grant: object = None
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

    def forget_headers(self) -> None:
        """Index the headers again, which have changed."""
        self._headers = None

    @property
    def content_type(self) -> str:
        """The media type in `Content-Type`, lower case, without parameters; empty if missing."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def query(self) -> dict[str, str]:
        """The query parameters, decoded, the last of each name; includes those that are not described."""
        return {name: values[-1] for name, values in self.repeated_query.items()}

    @property
    def repeated_query(self) -> dict[str, list[str]]:
        """The query parameters, decoded, all values of each name; includes those that are not described."""
        values: dict[str, list[str]] = {}
        if self.scope["query_string"]:
            for name, value in parse_qsl(self.scope["query_string"].decode("latin-1"), keep_blank_values=True):
                values.setdefault(name, []).append(value)
        return values

    @property
    def id(self) -> str:
        """The request id, as in the audit trail and in the reply's `x-request-id`."""
        if self._id is None:
            self._id = new_request_id()
        return self._id

    def check_websocket(self) -> None:
        """Check that it asks for a WebSocket.

        Raises:
            ApiError: 426, it does not, or not for one of version 13; 400, its key is invalid.
        """
        told = self.headers
        if WEBSOCKET not in self.scope["extensions"] or told.get("sec-websocket-version") != "13":
            headers = {"upgrade": "websocket", "sec-websocket-version": "13"}
            raise ApiError(
                426, "This is a WebSocket: send 'Upgrade: websocket' and 'Sec-WebSocket-Version: 13'", headers
            )
        if not KEY.fullmatch(told.get("sec-websocket-key", "")):
            raise ApiError(400, "Sec-WebSocket-Key is not 16 bytes in base64")

    async def chunks(self) -> AsyncIterator[bytes]:
        """Return the body as it arrives; nothing is read from the client until the next chunk is requested.

        The first call sends `100 Continue` to a client that sent `Expect: 100-continue`.

        Raises:
            ClientDisconnected: The client disconnected; what arrived is not the whole body.
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
        """Read the whole body.

        Args:
            limit: The maximum number of bytes to accept.

        Raises:
            ApiError: 413, it is longer than that.
            ClientDisconnected: The client disconnected before its end.
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
        """Return when the client has disconnected; a client that only half-closed its connection has not."""
        waiter = asyncio.Event()
        self.connection.on_gone(waiter.set)
        try:
            await waiter.wait()
        finally:
            self.connection.off_gone(waiter.set)

    async def unless_gone(self, awaitable: Awaitable[T]) -> T:
        """Wait for something, unless the client disconnects first.

        Args:
            awaitable: What to wait for; cancelled when the client disconnects.

        Raises:
            ClientDisconnected: The client disconnected first.
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
    """A complete reply, known in advance.

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
    """A reply whose body is produced while it is sent, and may never end.

    The iterator is closed (`aclose`) when it is exhausted, when the client disconnects and when the server stops; in
    the last two cases it is cancelled where it waits. If it raises, the connection is aborted, so that the client can
    distinguish a broken stream from a complete one.

    Args:
        chunks: The body; the next chunk is requested only when the client has taken the ones before. A function that
            returns the body is called when the body is sent: not for `HEAD`, nor after a disconnect.
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
        """The body; accessing it opens its source."""
        if callable(self._chunks):
            self._chunks = self._chunks()
        return self._chunks

    @chunks.setter
    def chunks(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    async def close(self) -> None:
        """Close the source of the body, if it was opened."""
        close = None if callable(self._chunks) else getattr(self._chunks, "aclose", None)
        if close is not None:
            await close()


class WebSocketResponse:
    """A reply that turns the connection into a WebSocket.

    Args:
        serve: Serves it until it returns.
    """

    __slots__ = ("headers", "serve", "status")

    def __init__(self, serve: Callable[[WebSocket], Awaitable[None]]) -> None:
        self.serve = serve
        self.status = 101
        self.headers: RawHeaders = []


Reply: TypeAlias = "Response | StreamResponse | WebSocketResponse"

_JSON_HEADERS = [(b"content-type", JSON.encode())]


def json_response(payload: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a reply with `payload` as JSON."""
    response = Response(orjson.dumps(payload), status, headers)
    response.headers += _JSON_HEADERS
    return response


def error_response(error: ApiError) -> Response:
    """Return the reply that reports an error to a client."""
    return json_response(error.body, error.status, error.headers)


def new_request_id() -> str:
    """Return a new request id, as in the audit trail and in the reply's `x-request-id`."""
    return f"{getrandbits(128):032x}"


def raw_headers(headers: Mapping[str, str] | None) -> RawHeaders:
    """Return headers in the form that ASGI requires, which is also the order they are sent in."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in (headers or {}).items()]


def media_type(content_type: str) -> str:
    """Return the media type in a `Content-Type`, lower case, without parameters; empty if the header has no value.

    Parameters without a type are no media type (RFC 9110, section 8.3.1), but not empty either: they are returned
    unchanged, and no operation accepts them.
    """
    name = content_type.partition(";")[0].strip().lower() or content_type.strip()
    return "" if name == NO_VALUE else name


def body_too_large(limit: int) -> ApiError:
    """Return the error for a body of more than `limit` bytes."""
    return ApiError(413, f"The body is longer than the {limit} bytes that are accepted here")


def join_headers(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Index ASGI headers by name; repeated ones are joined with a comma."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
