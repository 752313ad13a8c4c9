# Made blocking by `make generate` from client/runtime/aio/streams.py: edit it there.
"""Streamed replies."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..._runtime.hints import lazy_hints
from .. import replies, requests
from ..errors import NotOpenError, UnexpectedReply
from ..records import LineSplitter, parse_text
from .items import Items
from .primitives import Openable
from .reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from ..call import Call
    from .reading import Begin
    from .reply import Reply
    from .requester import Requester

T = TypeVar("T")


class Stream(Openable, Generic[T]):
    """A reply whose body arrives in pieces and may never end.

    Iterating returns the bytes as they arrive; `lines` and `records` split them. All share one body: data that one of
    them returned is gone for the others. A body that is cut off raises `StreamBroken`, and again whenever it is read
    again; only a complete one ends. A read that is interrupted loses no data: the next read continues.

    Use it with `with`, so that leaving closes the connection at once.

    Args:
        connection: The connection to the server.
        call: The call; its decoder turns one record into an object.
        headers: Additional headers.
        timeout: Seconds until the reply must begin; None for no limit.
        idle_timeout: Seconds that may pass without a byte after that; None for no limit.
    """

    def __init__(
        self,
        connection: Requester,
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
        self._reading: Reading | None = None
        self._splitter = LineSplitter()
        self._lines: deque[bytes] = deque()
        # The data of a read that was interrupted.
        self._given_back: deque[bytes] = deque()

    def open(self) -> Self:
        """Send the request and wait for the reply to begin; does nothing if it has begun.

        Raises:
            ScramjetError: No reply arrived, or it is an error.
        """
        reading = self._reading or self._begin()
        try:
            reading.reply()
        except Exception:
            self._forget(reading)
            raise
        return self

    def _begin(self) -> Reading:
        self._reading = Reading(self._request(), requests.finite(self._idle_timeout))
        return self._reading

    def _request(self) -> Begin:
        """Return the function that requests the reply; it must not reference this object."""
        timeouts = requests.stream_timeouts(self._connection.settings, self._timeout)
        return partial(self._connection.begin, self._call, self._extra_headers, timeouts)

    def _forget(self, reading: Reading) -> None:
        """Allow another request if the reply never began."""
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

    def _opened_reply(self) -> Reply:
        reply = self._reading.opened if self._reading is not None else None
        if reply is None:
            raise NotOpenError("The stream is not open yet: use `with`, or `await` it.")
        return reply

    def _next(self) -> bytes:
        """Return the next piece of the body, an empty one at its end."""
        if self._given_back:
            return self._given_back.popleft()
        reading = self._reading or self._begin()
        try:
            return reading.next()
        except Exception:
            self._forget(reading)
            raise

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = self._put_back() or self._next()
        if not chunk:
            raise StopIteration
        return chunk

    def _put_back(self) -> bytes:
        """Return the data that was cut into lines but not returned."""
        if not self._lines and not self._splitter.pending:
            return b""
        lines = b"".join([line + b"\n" for line in self._lines])
        self._lines.clear()
        return lines + b"".join(self._splitter.end())

    def lines(self) -> Items[str]:
        r"""Iterate over the lines as text, without their line ends. Only the byte `\\n` ends a line.

        Raises:
            StreamBroken: The stream was cut off; every complete line was returned.
        """
        return Items(self._texts)

    def _texts(self, running: list[bool]) -> Generator[str, None]:
        running.append(True)
        try:
            while self._lines or self._more_lines():
                yield self._lines.popleft().decode("utf-8", errors="replace")
        finally:
            running.clear()

    def records(self) -> Items[T]:
        """Iterate over the records of a stream with one JSON document per line.

        Raises:
            StreamBroken: The stream was cut off; every complete record was returned.
            UnexpectedReply: A line is not a valid record.
        """
        return Items(self._records)

    def _records(self, running: list[bool]) -> Generator[T, None]:
        decoder: Callable[[Any], Any] | None = replies.decoder_for(self._call.decoders, 200)
        lines = self._lines
        running.append(True)
        try:
            while lines or self._more_lines():
                line = lines.popleft()
                try:
                    record = parse_text(line.decode())
                    if decoder is not None:
                        record = decoder(record)
                except replies.UNREADABLE as error:
                    # Checked only here, since most lines are not blank.
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

    def _more_lines(self) -> bool:
        """Read until there is another line; return whether there is one."""
        # Lines that were cut but not returned stay with the stream, so that another loop can continue.
        while not self._lines:
            chunk = self._next()
            if not chunk:
                self._lines.extend(self._splitter.end())
                return bool(self._lines)
            self._lines.extend(self._splitter.feed(chunk))
        return True

    def read(self) -> bytes:
        """Wait for the end and return the remaining bytes.

        If this is interrupted, the data received stays with the stream, for the next read.

        Raises:
            StreamBroken: The stream was cut off.
        """
        parts: list[bytes] = []
        try:
            while chunk := self._put_back() or self._next():
                parts.append(chunk)
        except BaseException:
            self.give_back(*parts)
            raise
        return b"".join(parts)

    def give_back(self, *pieces: bytes) -> None:
        """Put back bytes that were read but not used, for the next read of any kind.

        Args:
            pieces: The bytes, in order of arrival.
        """
        self._given_back.extendleft(piece for piece in reversed(pieces) if piece)

    def close(self) -> None:
        """Abort: closes the connection at once. Does nothing to a stream that has ended."""
        if self._reading is not None:
            self._reading.close()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        reply = self._reading.opened if self._reading is not None else None
        state = "not open" if reply is None else f"status {reply.status}"
        return f"<{type(self).__name__} {self._call.method} {self._call.path} {state}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Begin": ".reading",
        "Call": "..call",
        "Callable": "collections.abc",
        "Generator": "collections.abc",
        "Iterator": "collections.abc",
        "Mapping": "collections.abc",
        "Reply": ".reply",
        "Requester": ".requester",
        "Self": "typing",
        "TracebackType": "types",
    },
)
