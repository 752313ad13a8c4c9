"""The standard streams of an Instance, all at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, cast

from ..._runtime.hints import lazy_hints
from ..errors import ScramjetError
from ..output import Output, OutputLine
from .exchange import Exchange
from .merging import merged
from .streams import Stream

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from types import TracebackType
    from typing import Self

    from ..call import Call, UploadItem
    from ..output import StandardStream
    from .connection import Connection


class Attachment:
    """The standard streams of an Instance: what it writes comes in as it comes, told apart; what it reads goes out.

    Iterating gives pieces of both streams; `lines` gives lines. Use it with `with`, so that leaving frees the
    connections. The Instance goes on when it is left.

    Args:
        connection: Where the Instance is.
        stdin: The call that writes to its stdin, without a body.
        stdout: The call that reads its stdout.
        stderr: The call that reads its stderr.

    Attributes:
        stdin: Goes to the Instance; opened by the first `send`.
        stdout: Comes from it; opened when it is read, alone or with the other.
        stderr: Comes from it; likewise.
    """

    def __init__(self, connection: Connection, *, stdin: Call[Any], stdout: Call[Any], stderr: Call[Any]) -> None:
        # Not `connection.open`: blocking code would wait for the first byte of one stream before asking for the next.
        self.stdin: Exchange[Any] = Exchange(connection, stdin)
        self.stdout: Stream[Any] = Stream(connection, stdout)
        self.stderr: Stream[Any] = Stream(connection, stderr)

    def send(self, data: UploadItem) -> None:
        """Write to the Instance's stdin.

        Args:
            data: What to write: bytes, text, or an object that becomes a line of JSON.

        Raises:
            ScramjetError: It is not taken.
        """
        self.stdin.send(data)

    def end(self) -> None:
        """End the Instance's stdin, and wait for the Hub to say that it took all of it.

        Raises:
            ScramjetError: It did not.
        """
        self.stdin.end()
        self.stdin.read()

    def __iter__(self) -> Iterator[Output]:
        for name, data in self._merged("bytes"):
            yield Output(cast("StandardStream", name), data)

    def lines(self) -> Iterator[OutputLine]:
        """Give the lines of both streams, in the order in which they come.

        Raises:
            ScramjetError: One of the streams failed.
        """
        for name, text in self._merged("lines"):
            yield OutputLine(cast("StandardStream", name), text)

    def _merged(self, unit: Literal["bytes", "lines"]) -> Generator[tuple[str, Any], None]:
        streams = {"stdout": self.stdout, "stderr": self.stderr}
        return merged(streams, lambda stream: stream.lines() if unit == "lines" else stream)

    def close(self) -> None:
        """Leave the Instance: frees the connections."""
        for stream in (self.stdin, self.stdout, self.stderr):
            with suppress(ScramjetError):
                stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Call": "..call",
        "Connection": ".connection",
        "Generator": "collections.abc",
        "Iterator": "collections.abc",
        "Self": "typing",
        "StandardStream": "..output",
        "TracebackType": "types",
        "UploadItem": "..call",
    },
)
