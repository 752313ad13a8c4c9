# Copied by `make generate` from client/runtime/aio/attachment.py: edit it there.
"""The standard streams of an Instance, all at once."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from ..._runtime.hints import lazy_hints
from ..errors import ScramjetError
from ..output import Output, OutputLine
from ..records import LineSplitter
from .exchange import AsyncExchange
from .items import AsyncItems
from .merging import AsyncMerging
from .streams import AsyncStream

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
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
        self._merging: AsyncMerging | None = None
        self._splitters: dict[StandardStream, LineSplitter] = {"stdout": LineSplitter(), "stderr": LineSplitter()}
        self._lines: deque[tuple[StandardStream, bytes]] = deque()

    async def send(self, data: UploadItem) -> None:
        """Write to the Instance's stdin.

        Args:
            data: What to write: bytes, text, or an object that becomes a line of JSON.

        Raises:
            ScramjetError: It is not taken.
        """
        await self.stdin.send(data)

    async def end(self, timeout: float | None = None) -> None:
        """End the Instance's stdin, and wait for the Hub to say that it took all of it.

        Args:
            timeout: Seconds to wait for that, instead of the client's; `math.inf` for ever.

        Raises:
            ScramjetError: It did not.
        """
        await self.stdin.finish(timeout)

    def __aiter__(self) -> AsyncItems[Output]:
        return AsyncItems(self._outputs)

    async def _outputs(self, running: list[bool]) -> AsyncGenerator[Output, None]:
        running.append(True)
        try:
            # First what was cut into lines, but not taken as such.
            while self._lines:
                name, line = self._lines.popleft()
                yield Output(name, line + b"\n")
            for name, splitter in self._splitters.items():
                for rest in splitter.end():
                    yield Output(name, rest)
            while (piece := await self._piece()) is not None:
                if piece[1]:
                    yield Output(*piece)
        finally:
            running.clear()

    async def _piece(self) -> tuple[StandardStream, bytes] | None:
        """Give the next piece of either stream; see `AsyncMerging.next`."""
        if self._merging is None:
            self._merging = AsyncMerging({"stdout": self.stdout, "stderr": self.stderr})
        return cast("tuple[StandardStream, bytes] | None", await self._merging.next())

    def lines(self) -> AsyncItems[OutputLine]:
        """Give the lines of both streams, in the order in which they come.

        Raises:
            ScramjetError: One of the streams failed.
        """
        return AsyncItems(self._output_lines)

    async def _output_lines(self, running: list[bool]) -> AsyncGenerator[OutputLine, None]:
        running.append(True)
        try:
            while self._lines or await self._more_lines():
                name, line = self._lines.popleft()
                yield OutputLine(name, line.decode("utf-8", errors="replace"))
        finally:
            running.clear()

    async def _more_lines(self) -> bool:
        """Read until there is another line; tell whether there is."""
        while not self._lines:
            piece = await self._piece()
            if piece is None:
                return False
            name, data = piece
            splitter = self._splitters[name]
            lines = splitter.feed(data) if data else splitter.end()
            self._lines.extend((name, line) for line in lines)
        return True

    async def aclose(self) -> None:
        """Leave the Instance: frees the connections."""
        if self._merging is not None:
            await self._merging.aclose()
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
        "Call": "..call",
        "Self": "typing",
        "StandardStream": "..output",
        "TracebackType": "types",
        "UploadItem": "..call",
    },
)
