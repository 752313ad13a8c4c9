"""Replies that are streams."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..._runtime.hints import lazy_hints
from .. import replies, requests
from ..errors import UnexpectedReply
from ..records import LineSplitter, parse_text
from .primitives import AsyncOpenable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from types import TracebackType
    from typing import Self

    from ..call import Call
    from .connection import AsyncConnection
    from .reply import AsyncReply

T = TypeVar("T")


class AsyncStream(AsyncOpenable, Generic[T]):
    """A reply whose body comes bit by bit, and may never end.

    Iterating gives the bytes as they come; `lines` and `records` cut them up. All share the one body: what one of
    them took is gone for the others. A body that breaks off raises `StreamBroken`; one that ends, ends.

    Use it with `async with`, so that leaving frees the connection at once.

    Args:
        connection: Where to ask.
        call: What to ask; its decoder turns one record into an object.
        headers: Headers on top of all others.
        timeout: Seconds until the reply must have begun; None for ever.
        idle_timeout: Seconds that may then pass without a byte; None for ever.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        call: Call[T],
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        idle_timeout: float | None = None,
    ) -> None:
        self._connection = connection
        self._call = call
        self._extra_headers = headers
        self._timeout = timeout
        self._idle_timeout = idle_timeout
        self._reply: AsyncReply | None = None
        self._chunks: AsyncIterator[bytes] | None = None
        self._splitter = LineSplitter()
        self._lines: deque[bytes] = deque()

    async def open(self) -> Self:
        """Send the request and wait for the reply to begin; does nothing if it has.

        Raises:
            ScramjetError: There is no reply, or it is an error.
        """
        await self._start()
        return self

    async def _start(self) -> AsyncIterator[bytes]:
        if self._chunks is None:
            self._reply = await self._begin()
            self._reply.set_read_timeout(requests.finite(self._idle_timeout))
            self._chunks = self._reply.chunks()
        return self._chunks

    async def _begin(self) -> AsyncReply:
        timeouts = requests.stream_timeouts(self._connection.settings, self._timeout)
        return await self._connection.begin(self._call, self._extra_headers, timeouts)

    @property
    def status(self) -> int:
        """The HTTP status of the reply."""
        return self._opened_reply().status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the reply, their names in lower case."""
        return self._opened_reply().headers

    def _opened_reply(self) -> AsyncReply:
        if self._reply is None:
            raise RuntimeError("The stream is not open yet: use `async with`, or `await` it.")
        return self._reply

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._chunks or await self._start())

    async def lines(self) -> AsyncIterator[str]:
        r"""Give the lines as text, without their ends. Only the byte `\\n` ends a line.

        Raises:
            StreamBroken: The stream broke off; every whole line has been given.
        """
        while self._lines or await self._more_lines():
            yield self._lines.popleft().decode("utf-8", errors="replace")

    async def records(self) -> AsyncIterator[T]:
        """Give the records of a stream that has one JSON document a line.

        Raises:
            StreamBroken: The stream broke off; every whole record has been given.
            UnexpectedReply: A line is not such a record.
        """
        decoder: Callable[[Any], Any] | None = replies.decoder_for(self._call.decoders, 200)
        while self._lines or await self._more_lines():
            line = self._lines.popleft()
            if not line or line.isspace():
                continue
            try:
                record = parse_text(line.decode())
                if decoder is not None:
                    record = decoder(record)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise self._not_a_record(line, error) from error
            yield record

    def _not_a_record(self, line: bytes, error: Exception) -> UnexpectedReply:
        reply = self._opened_reply()
        message = f"{reply.method} {reply.url}: a line is not the record that the API describes ({error!r})."
        return UnexpectedReply(message, method=reply.method, url=reply.url, status=reply.status, content=line[:4096])

    async def _more_lines(self) -> bool:
        """Read until there is another line; tell whether there is."""
        # What was cut but not yet taken stays with the stream, so that a loop may be left and another begun.
        while not self._lines:
            try:
                chunk = await self.__anext__()
            except StopAsyncIteration:
                self._lines.extend(self._splitter.end())
                return bool(self._lines)
            self._lines.extend(self._splitter.feed(chunk))
        return True

    async def read(self) -> bytes:
        """Wait for the end and give all the bytes that are left."""
        return b"".join([chunk async for chunk in self])

    async def aclose(self) -> None:
        """Break off: frees the connection at once. Does nothing to a stream that has ended."""
        if self._reply is not None:
            await self._reply.aclose()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        state = "not open" if self._reply is None else f"status {self._reply.status}"
        return f"<{type(self).__name__} {self._call.method} {self._call.path} {state}>"


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncConnection": ".connection",
        "AsyncIterator": "collections.abc",
        "AsyncReply": ".reply",
        "Call": "..call",
        "Callable": "collections.abc",
        "Mapping": "collections.abc",
        "Self": "typing",
        "TracebackType": "types",
    },
)
