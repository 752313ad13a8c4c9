# Copied by `make generate` from client/runtime/aio/attachment.py: edit it there.
"""Attachments: stdin, stdout and stderr of an Instance at the same time."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from ..._runtime.hints import lazy_hints
from ..errors import ScramjetError
from ..output import Output, OutputLine
from ..records import LineSplitter
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
    from .exchange import AsyncExchange


class AsyncAttachment:
    """The standard streams of an Instance: reads its stdout and stderr as they are written, and writes its stdin.

    Iterating returns pieces of both streams; `lines` returns lines. Use it with `async with`, so that leaving frees the
    connections. The Instance keeps running.

    Args:
        connection: Where the Instance is.
        stdin: The exchange that writes to its stdin, not open yet.
        stdout: The call that reads its stdout.
        stderr: The call that reads its stderr.

    Attributes:
        stdin: The stream to the Instance; opened by the first `send`.
        stdout: The stream from the Instance; opened when it is read, alone or with `stderr`.
        stderr: The same for stderr.
    """

    def __init__(
        self, connection: AsyncConnection, *, stdin: AsyncExchange[Any], stdout: Call[Any], stderr: Call[Any]
    ) -> None:
        self.stdin = stdin
        # Not `connection.open`: blocking code would wait for the first byte of one stream before it requests the next.
        self.stdout: AsyncStream[Any] = AsyncStream(connection, stdout)
        self.stderr: AsyncStream[Any] = AsyncStream(connection, stderr)
        self._merging: AsyncMerging | None = None
        self._splitters: dict[StandardStream, LineSplitter] = {"stdout": LineSplitter(), "stderr": LineSplitter()}
        self._lines: deque[tuple[StandardStream, bytes]] = deque()

    async def send(self, data: UploadItem) -> None:
        """Write to the Instance's stdin.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            ScramjetError: The Hub does not accept it.
        """
        await self.stdin.send(data)

    async def end(self, timeout: float | None = None) -> None:
        """End the Instance's stdin, and wait until the Hub confirms that all of it was read.

        Args:
            timeout: Seconds to wait for that, instead of the client's; `math.inf` for no limit.

        Raises:
            ScramjetError: The Hub did not confirm it.
        """
        await self.stdin.finish(timeout)

    def __aiter__(self) -> AsyncItems[Output]:
        return AsyncItems(self._outputs)

    async def _outputs(self, running: list[bool]) -> AsyncGenerator[Output, None]:
        running.append(True)
        try:
            # First the data that was cut into lines but not returned.
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
        """Return the next piece of stdout or stderr; see `AsyncMerging.next`."""
        if self._merging is None:
            self._merging = AsyncMerging({"stdout": self.stdout, "stderr": self.stderr})
        return cast("tuple[StandardStream, bytes] | None", await self._merging.next())

    def lines(self) -> AsyncItems[OutputLine]:
        """Iterate over the lines of both streams, in order of arrival.

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
        """Read until there is another line; return whether there is one."""
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
        """Detach from the Instance: closes the connections."""
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


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncConnection": ".connection",
        "AsyncExchange": ".exchange",
        "AsyncGenerator": "collections.abc",
        "Call": "..call",
        "Self": "typing",
        "StandardStream": "..output",
        "TracebackType": "types",
        "UploadItem": "..call",
    },
)
