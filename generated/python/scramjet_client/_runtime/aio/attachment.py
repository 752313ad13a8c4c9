"""The standard streams of an Instance, all at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, cast

from ..._runtime.hints import lazy_hints
from ..errors import ScramjetError
from ..output import Output, OutputLine
from .exchange import AsyncExchange
from .merging import merged
from .streams import AsyncStream

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator
    from types import TracebackType
    from typing import Self

    from ..call import Call, UploadItem
    from ..output import StandardStream
    from .connection import AsyncConnection


class AsyncAttachment:
    """The standard streams of an Instance: what it writes comes in as it comes, told apart; what it reads goes out.

    Iterating gives pieces of both streams; `lines` gives lines. Use it with `async with`, so that leaving frees the
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

    def __init__(self, connection: AsyncConnection, *, stdin: Call[Any], stdout: Call[Any], stderr: Call[Any]) -> None:
        # Not `connection.open`: blocking code would wait for the first byte of one stream before asking for the next.
        self.stdin: AsyncExchange[Any] = AsyncExchange(connection, stdin)
        self.stdout: AsyncStream[Any] = AsyncStream(connection, stdout)
        self.stderr: AsyncStream[Any] = AsyncStream(connection, stderr)

    async def send(self, data: UploadItem) -> None:
        """Write to the Instance's stdin.

        Args:
            data: What to write: bytes, text, or an object that becomes a line of JSON.

        Raises:
            ScramjetError: It is not taken.
        """
        await self.stdin.send(data)

    async def end(self) -> None:
        """End the Instance's stdin, and wait for the Hub to say that it took all of it.

        Raises:
            ScramjetError: It did not.
        """
        await self.stdin.end()
        await self.stdin.read()

    async def __aiter__(self) -> AsyncIterator[Output]:
        async for name, data in self._merged("bytes"):
            yield Output(cast("StandardStream", name), data)

    async def lines(self) -> AsyncIterator[OutputLine]:
        """Give the lines of both streams, in the order in which they come.

        Raises:
            ScramjetError: One of the streams failed.
        """
        async for name, text in self._merged("lines"):
            yield OutputLine(cast("StandardStream", name), text)

    def _merged(self, unit: Literal["bytes", "lines"]) -> AsyncGenerator[tuple[str, Any], None]:
        streams = {"stdout": self.stdout, "stderr": self.stderr}
        return merged(streams, lambda stream: stream.lines() if unit == "lines" else stream)

    async def aclose(self) -> None:
        """Leave the Instance: frees the connections."""
        for stream in (self.stdin, self.stdout, self.stderr):
            with suppress(ScramjetError):
                await stream.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncConnection": ".connection",
        "AsyncGenerator": "collections.abc",
        "AsyncIterator": "collections.abc",
        "Call": "..call",
        "Self": "typing",
        "StandardStream": "..output",
        "TracebackType": "types",
        "UploadItem": "..call",
    },
)
