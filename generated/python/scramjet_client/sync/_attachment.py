"""An Instance's stdin, stdout and stderr, as a terminal has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._runtime.records import LineSplitter
from ._merging import Merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from .._runtime.call import UploadItem
    from .._runtime.sync.streams import Stream
    from ._writer import Writer


class Attachment:
    """What an Instance writes to stdout and stderr, told apart, and its stdin to write to.

    Iterating gives pairs: `"stdout"` or `"stderr"`, and some bytes. It ends when both have ended.
    Leaving `with` leaves the Instance running, and its stdin open unless it was ended.

    Args:
        streams: What to read, by name.
        stdin: What to write to.
    """

    def __init__(self, streams: Mapping[str, Stream[Any]], stdin: Writer) -> None:
        self._streams = streams
        self._merged = Merged(streams)
        self._stdin = stdin

    def write(self, data: UploadItem) -> None:
        """Write to stdin.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            ScramjetError: The Hub refuses it, or is gone.
        """
        self._stdin.write(data)

    def end(self) -> None:
        """End stdin, and wait until the Instance has taken all of it.

        Raises:
            ScramjetError: The Hub refuses it, or is gone.
        """
        self._stdin.end()

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return self

    def __next__(self) -> tuple[str, bytes]:
        return self._merged.__next__()

    def lines(self) -> Iterator[tuple[str, str]]:
        """Give pairs of `"stdout"` or `"stderr"` and a line of text, without its end."""
        splitters = {name: LineSplitter() for name in self._streams}
        for name, chunk in self._merged:
            for line in splitters[name].feed(chunk):
                yield name, line.decode("utf-8", errors="replace")
        for name, splitter in splitters.items():
            for line in splitter.end():
                yield name, line.decode("utf-8", errors="replace")

    def open(self) -> Self:
        """Begin to read.

        Raises:
            ScramjetError: There is no such Instance, or the Hub is gone.
        """
        for stream in self._streams.values():
            stream.open()
        return self

    def close(self) -> None:
        """Break off; the Instance stays as it is."""
        self._merged.close()
        self._stdin.close()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
