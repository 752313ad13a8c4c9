"""Calls operations by operationId over `wire`: builds requests from the description, reads replies as they arrive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urlencode

import attrs

from scramjet_contract.exchange import Exchange
from scramjet_contract.wire import BrokenOff, Connection, Deadline, TimedOut, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from scramjet_contract.description import Operation
    from scramjet_contract.silence import Silence
    from scramjet_contract.wire import Address

UNSET: Any = object()
"""No JSON body; not the same as the body `null`."""
PATIENCE = 10.0
"""Default time limit of one wait, in seconds."""


class NotServed(Exception):  # noqa: N818 - reads as what it says
    """Raised for an operation that this kind of Hub does not have."""


@attrs.frozen(kw_only=True)
class Call:
    """The parts of one request.

    Attributes:
        operation: The operationId.
        path: Values of the parameters in the path.
        query: Query parameters; a list repeats one.
        headers: Further headers.
        json: A JSON body; sets the content type.
        body: The body as bytes.
        content_type: Content type of `body`.
        chunked: Send `body` chunked rather than with its length.
        token: Whether to send the token of the run.
        expect_continue: Whether to send the body only after 100 Continue.
        bare: Whether to add no headers about the body beyond `headers`.
        method: A method to use instead of the operation's, such as HEAD; empty for the operation's own.
    """

    operation: str
    path: Mapping[str, str] = attrs.field(factory=dict)
    query: Mapping[str, Any] = attrs.field(factory=dict)
    headers: Mapping[str, str] = attrs.field(factory=dict)
    json: Any = UNSET
    body: bytes | None = None
    content_type: str | None = None
    chunked: bool = False
    token: bool = True
    expect_continue: bool = False
    bare: bool = False
    method: str = ""

    @property
    def payload(self) -> bytes | None:
        """The bytes of the body as sent."""
        return self.body if self.json is UNSET else json.dumps(self.json).encode()


class Api:
    """The operations of one Hub.

    Args:
        address: The Hub.
        token: Its token; empty for none.
        operations: The operations it serves, by operationId.
        sink: Called with every finished exchange.
        deadline: The time after which no call waits any longer.
        pace: A factor on all waiting times.
        silence: Informed of which requests got a reply; None to track nothing.
    """

    def __init__(
        self,
        address: Address,
        token: str,
        operations: Mapping[str, Operation],
        sink: Callable[[Exchange], object],
        deadline: Deadline | None = None,
        pace: float = 1.0,
        silence: Silence | None = None,
    ) -> None:
        self.address = address
        self.operations = operations
        self.deadline = deadline
        self._token = token
        self._sink = sink
        self._pace = pace
        self._silence = silence

    def until(self, deadline: Deadline) -> Api:
        """Return the same Hub with another deadline."""
        return Api(self.address, self._token, self.operations, self._sink, deadline, self._pace, self._silence)

    def behind(self, path: str) -> Api:
        """Return what is behind this server, below a path of it; its exchanges are not judged."""
        address = attrs.evolve(self.address, base=self.address.base + path)
        return Api(address, self._token, self.operations, lambda _: None, self.deadline, self._pace, self._silence)

    def within(self, seconds: float) -> Deadline:
        """Return a deadline so many seconds from now, but no later than that of this object."""
        return Deadline(seconds * self._pace, self.deadline)

    def begin(self, call: Call, timeout: float = PATIENCE) -> Stream:
        """Send the head of a request; the caller sends the body and reads the reply."""
        operation = self.operations.get(call.operation)
        if operation is None:
            raise NotServed(f"this Hub does not serve {call.operation}")
        path = operation.path
        for name, value in call.path.items():
            path = path.replace("{" + name + "}", quote(value, safe=""))
        target = self.address.base + path + (f"?{urlencode(call.query, doseq=True)}" if call.query else "")
        method = call.method or operation.method
        exchange = Exchange(call.operation, method, self.address.origin + target)
        exchange.policy = self.address.policy
        deadline = self.within(timeout)
        stream = Stream(self, self._connect(exchange, deadline))
        try:
            stream.connection.send_head(method, target, self._headers(call), deadline)
        except BaseException:
            stream.close()
            raise
        return stream

    def open(self, call: Call, timeout: float = PATIENCE) -> Stream:
        """Send a whole request and wait for the head of the reply."""
        stream = self.begin(call, timeout)
        try:
            self._send_body(stream, call, timeout)
            stream.head(timeout)
        except BaseException:
            stream.close()
            raise
        return stream

    def call(self, call: Call, timeout: float = PATIENCE) -> Exchange:
        """Send a whole request and read the whole reply."""
        with self.open(call, timeout) as stream:
            stream.read_all(timeout)
        return stream.exchange

    def done(self, exchange: Exchange) -> None:
        """Pass a finished exchange to the sink."""
        self._sink(exchange)
        if self._silence is not None and exchange.status is None:
            self._silence.unanswered(exchange.operation)
        elif self._silence is not None and exchange.ended:
            self._silence.answered()

    def _connect(self, exchange: Exchange, deadline: Deadline) -> Connection:
        if self._silence is None:
            return Connection(self.address, exchange, deadline)
        self._silence.check()
        try:
            return Connection(self.address, exchange, deadline)
        except WireError:
            self._silence.unanswered(exchange.operation)
            raise

    def _send_body(self, stream: Stream, call: Call, timeout: float) -> None:
        if call.expect_continue and stream.connection.read_informational(self.within(timeout)) != 100:
            return
        try:
            if call.payload:
                stream.send(call.payload, timeout)
            stream.end(timeout)
        except BrokenOff:
            # A Hub may reject early and close; its reply must still be read.
            stream.head(timeout)

    def _headers(self, call: Call) -> list[tuple[str, str]]:
        headers = {"Host": self.address.origin.partition("//")[2], "Accept": "*/*"}
        if self._token and call.token:
            headers["Authorization"] = f"Bearer {self._token}"
        if call.json is not UNSET:
            headers["Content-Type"] = "application/json"
        elif call.content_type is not None:
            headers["Content-Type"] = call.content_type
        if call.expect_continue:
            headers["Expect"] = "100-continue"
        headers |= _framing(call, self.operations[call.operation].method)
        return _joined(headers, self.address.policy.headers, call.headers)


def _joined(
    ours: Mapping[str, str], for_the_run: Mapping[str, str], for_the_call: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Merge the headers of a request; one given for the call, or else for the run, replaces ours of the same name."""
    said = {name.lower() for name in for_the_call}
    given = {name: value for name, value in for_the_run.items() if name.lower() not in said}
    replaced = {name.lower() for name in given}
    kept = [(name, value) for name, value in ours.items() if name.lower() not in replaced]
    return [*kept, *given.items(), *for_the_call.items()]


def _framing(call: Call, method: str) -> dict[str, str]:
    if call.bare:
        return {}
    if call.chunked:
        return {"Transfer-Encoding": "chunked"}
    if call.payload is None and method == "GET":
        return {}
    return {"Content-Length": str(len(call.payload or b""))}


class Stream:
    """A request in progress. Also a context manager that closes the connection.

    Args:
        api: The API that the request belongs to.
        connection: Its connection, with nothing read yet.
    """

    def __init__(self, api: Api, connection: Connection) -> None:
        self.connection = connection
        self._api = api
        self._buffer = b""
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def exchange(self) -> Exchange:
        """The exchange so far."""
        return self.connection.exchange

    def send(self, data: bytes, timeout: float = PATIENCE) -> None:
        """Send a piece of the body."""
        self.connection.send(data, self._api.within(timeout))

    def end(self, timeout: float = PATIENCE) -> None:
        """End the request."""
        self.connection.end(self._api.within(timeout))

    def head(self, timeout: float = PATIENCE) -> int:
        """Wait for the head of the reply and return its status."""
        return self.connection.read_head(self._api.within(timeout))

    def read_some(self, timeout: float = PATIENCE) -> bytes:
        """Read the next bytes; empty at the end."""
        if self._buffer:
            data, self._buffer = self._buffer, b""
            return data
        return self._next(self._api.within(timeout))

    def read_exactly(self, size: int, timeout: float = PATIENCE) -> bytes:
        """Read exactly `size` bytes; fewer only if the reply ends."""
        deadline = self._api.within(timeout)
        while len(self._buffer) < size:
            data = self._next(deadline)
            if not data:
                break
            self._buffer += data
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def read_line(self, timeout: float = PATIENCE) -> str:
        """Read the next line, without its line end; empty at the end of the reply."""
        deadline = self._api.within(timeout)
        while b"\n" not in self._buffer:
            data = self._next(deadline)
            if not data:
                break
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()

    def read_all(self, timeout: float = PATIENCE) -> bytes:
        """Read everything up to the end of the reply."""
        deadline = self._api.within(timeout)
        parts = [self._buffer]
        self._buffer = b""
        while data := self._next(deadline):
            parts.append(data)
        return b"".join(parts)

    def quiet(self, seconds: float) -> bytes:
        """Listen for a while to a stream that should stay open.

        Returns:
            What arrived; empty if nothing did.

        Raises:
            WireError: The stream ended.
        """
        deadline = self._api.within(seconds)
        came = self._buffer
        self._buffer = b""
        try:
            while data := self._next(deadline):
                came += data
        except TimedOut:
            return came
        raise WireError("the stream has ended")

    def close(self) -> None:
        """Close the connection; the exchange is over."""
        if not self._closed:
            self._closed = True
            self.connection.close()
            self._api.done(self.exchange)

    def abort(self) -> None:
        """Close the connection with a reset."""
        if not self._closed:
            self._closed = True
            self.connection.abort()
            self._api.done(self.exchange)

    def _next(self, deadline: Deadline) -> bytes:
        if self.exchange.ended:
            return b""
        while (data := self.connection.read_chunk(deadline)) is not None:
            if data:
                return data
        return b""
