"""An Instance's stdin, stdout and stderr, as a terminal has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._merging import AsyncMerged
from ._runtime.records import LineSplitter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from ._runtime.aio.streams import AsyncStream
    from ._runtime.call import UploadItem
    from ._writer import AsyncWriter


class AsyncAttachment:
    """What an Instance writes to stdout and stderr, told apart, and its stdin to write to.

    Iterating gives pairs: `"stdout"` or `"stderr"`, and some bytes. It ends when both have ended.
    Leaving `async with` leaves the Instance running, and its stdin open unless it was ended.

    Args:
        streams: What to read, by name.
        stdin: What to write to.
    """

    def __init__(self, streams: Mapping[str, AsyncStream[Any]], stdin: AsyncWriter) -> None:
        self._streams = streams
        self._merged = AsyncMerged(streams)
        self._stdin = stdin

    async def write(self, data: UploadItem) -> None:
        """Write to stdin.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            ScramjetError: The Hub refuses it, or is gone.
        """
        await self._stdin.write(data)

    async def end(self) -> None:
        """End stdin, and wait until the Instance has taken all of it.

        Raises:
            ScramjetError: The Hub refuses it, or is gone.
        """
        await self._stdin.end()

    def __aiter__(self) -> AsyncIterator[tuple[str, bytes]]:
        return self

    async def __anext__(self) -> tuple[str, bytes]:
        return await self._merged.__anext__()

    async def lines(self) -> AsyncIterator[tuple[str, str]]:
        """Give pairs of `"stdout"` or `"stderr"` and a line of text, without its end."""
        splitters = {name: LineSplitter() for name in self._streams}
        async for name, chunk in self._merged:
            for line in splitters[name].feed(chunk):
                yield name, line.decode("utf-8", errors="replace")
        for name, splitter in splitters.items():
            for line in splitter.end():
                yield name, line.decode("utf-8", errors="replace")

    async def open(self) -> Self:
        """Begin to read.

        Raises:
            ScramjetError: There is no such Instance, or the Hub is gone.
        """
        for stream in self._streams.values():
            await stream.open()
        return self

    async def aclose(self) -> None:
        """Break off; the Instance stays as it is."""
        await self._merged.aclose()
        await self._stdin.aclose()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
