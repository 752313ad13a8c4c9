# Copied by `make generate` from client/runtime/aio/streams.py: edit it there.
"""Replies that are streams."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..._runtime.hints import lazy_hints
from .. import replies, requests
from ..errors import NotOpenError, UnexpectedReply
from ..records import LineSplitter, parse_text
from .items import AsyncItems
from .primitives import AsyncOpenable
from .reading import AsyncReading

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
    from types import TracebackType
    from typing import Self

    from ..call import Call
    from .reading import Begin
    from .reply import AsyncReply
    from .requester import AsyncRequester

T = TypeVar("T")


class AsyncStream(AsyncOpenable, Generic[T]):
    """A reply whose body comes bit by bit, and may never end.

    Iterating gives the bytes as they come; `lines` and `records` cut them up. All share the one body: what one of
    them gave is gone for the others. A body that breaks off raises `StreamBroken`, and does so again when it is read
    again; one that ends, ends. Whoever is interrupted while waiting loses nothing: the next read goes on.

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
        connection: AsyncRequester,
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
        self._reading: AsyncReading | None = None
        self._splitter = LineSplitter()
        self._lines: deque[bytes] = deque()
        # What was taken by a reader that was interrupted.
        self._given_back: deque[bytes] = deque()

    async def open(self) -> Self:
        """Send the request and wait for the reply to begin; does nothing if it has.

        Raises:
            ScramjetError: There is no reply, or it is an error.
        """
        reading = self._reading or self._begin()
        try:
            await reading.reply()
        except Exception:
            self._forget(reading)
            raise
        return self

    def _begin(self) -> AsyncReading:
        self._reading = AsyncReading(self._request(), requests.finite(self._idle_timeout))
        return self._reading

    def _request(self) -> Begin:
        """Give what asks for the reply, which must not hold this object."""
        timeouts = requests.stream_timeouts(self._connection.settings, self._timeout)
        return partial(self._connection.begin, self._call, self._extra_headers, timeouts)

    def _forget(self, reading: AsyncReading) -> None:
        """Let a reply that never began be asked for again."""
        if reading.opened is None and self._reading is reading:
            self._reading = None

    @property
    def status(self) -> int:
        """The HTTP status of the reply."""
        return self._opened_reply().status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the reply, their names in lower case."""
        return self._opened_reply().headers

    def _opened_reply(self) -> AsyncReply:
        reply = self._reading.opened if self._reading is not None else None
        if reply is None:
            raise NotOpenError("The stream is not open yet: use `async with`, or `await` it.")
        return reply

    async def _next(self) -> bytes:
        """Give the next piece of the body; an empty one at its end."""
        if self._given_back:
            return self._given_back.popleft()
        reading = self._reading or self._begin()
        try:
            return await reading.next()
        except Exception:
            self._forget(reading)
            raise

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = self._put_back() or await self._next()
        if not chunk:
            raise StopAsyncIteration
        return chunk

    def _put_back(self) -> bytes:
        """Give what was cut into lines, but not taken as such."""
        if not self._lines and not self._splitter.pending:
            return b""
        lines = b"".join([line + b"\n" for line in self._lines])
        self._lines.clear()
        return lines + b"".join(self._splitter.end())

    def lines(self) -> AsyncItems[str]:
        r"""Give the lines as text, without their ends. Only the byte `\\n` ends a line.

        Raises:
            StreamBroken: The stream broke off; every whole line has been given.
        """
        return AsyncItems(self._texts)

    async def _texts(self, running: list[bool]) -> AsyncGenerator[str, None]:
        running.append(True)
        try:
            while self._lines or await self._more_lines():
                yield self._lines.popleft().decode("utf-8", errors="replace")
        finally:
            running.clear()

    def records(self) -> AsyncItems[T]:
        """Give the records of a stream that has one JSON document a line.

        Raises:
            StreamBroken: The stream broke off; every whole record has been given.
            UnexpectedReply: A line is not such a record.
        """
        return AsyncItems(self._records)

    async def _records(self, running: list[bool]) -> AsyncGenerator[T, None]:
        decoder: Callable[[Any], Any] | None = replies.decoder_for(self._call.decoders, 200)
        lines = self._lines
        running.append(True)
        try:
            while lines or await self._more_lines():
                line = lines.popleft()
                try:
                    record = parse_text(line.decode())
                    if decoder is not None:
                        record = decoder(record)
                except replies.UNREADABLE as error:
                    # Looked at only here, since most lines are not blank.
                    if not line or line.isspace():
                        continue
                    raise self._not_a_record(line, error) from error
                yield record
        finally:
            running.clear()

    def _not_a_record(self, line: bytes, error: Exception) -> UnexpectedReply:
        reply = self._opened_reply()
        message = f"{reply.method} {reply.url}: a line is not the record that the API describes ({error!r})."
        return UnexpectedReply(message, method=reply.method, url=reply.url, status=reply.status, content=line[:4096])

    async def _more_lines(self) -> bool:
        """Read until there is another line; tell whether there is."""
        # What was cut but not yet taken stays with the stream, so that a loop may be left and another begun.
        while not self._lines:
            chunk = await self._next()
            if not chunk:
                self._lines.extend(self._splitter.end())
                return bool(self._lines)
            self._lines.extend(self._splitter.feed(chunk))
        return True

    async def read(self) -> bytes:
        """Wait for the end and give all the bytes that are left.

        What had come stays with the stream if this is interrupted, for whoever reads it next.

        Raises:
            StreamBroken: The stream broke off.
        """
        parts: list[bytes] = []
        try:
            while chunk := self._put_back() or await self._next():
                parts.append(chunk)
        except BaseException:
            self.give_back(*parts)
            raise
        return b"".join(parts)

    def give_back(self, *pieces: bytes) -> None:
        """Put bytes back that were read but not used, for whoever reads next, and however.

        Args:
            pieces: The bytes, in the order in which they came.
        """
        self._given_back.extendleft(piece for piece in reversed(pieces) if piece)

    async def aclose(self) -> None:
        """Break off: frees the connection at once. Does nothing to a stream that has ended."""
        if self._reading is not None:
            await self._reading.aclose()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        reply = self._reading.opened if self._reading is not None else None
        state = "not open" if reply is None else f"status {reply.status}"
        return f"<{type(self).__name__} {self._call.method} {self._call.path} {state}>"


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncGenerator": "collections.abc",
        "AsyncIterator": "collections.abc",
        "AsyncReply": ".reply",
        "AsyncRequester": ".requester",
        "Begin": ".reading",
        "Call": "..call",
        "Callable": "collections.abc",
        "Mapping": "collections.abc",
        "Self": "typing",
        "TracebackType": "types",
    },
)
