"""The standard input of a Sequence: both an ordinary file, and an async stream as on STH."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from scramjet_hub.runners.python.awaiting import is_awaited
from scramjet_hub.runners.python.linebuffer import LineBuffer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from typing import Self

    Taken = TypeVar("Taken")

READ_SIZE: Final = 64 * 1024


class StandardInput:
    """Replaces `sys.stdin` in a Sequence.

    It works as a text file: `for line in sys.stdin`, `sys.stdin.read()`, `input()`.
    For code that awaits it, it is the stream of STH's runner: `async for line in sys.stdin`, and
    `await sys.stdin.read()` for the next line, None at the end; `is_awaited` detects which is meant.
    Both read from the same buffer, so a Sequence may begin with one and continue with the other.
    If scramjet-framework-py can be imported, it has the methods of a `Stream`, too.

    It can be iterated over, but is no `Iterable` for `isinstance`: a `Stream` created from it would prefer that to
    async iteration, and so block the event loop.

    Args:
        file: The file of the descriptor, opened for text. It handles everything except reading text.
    """

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._bytes = cast("io.BufferedReader", file.buffer)
        self._buffer = LineBuffer(file.encoding, file.errors or "strict")
        self._take_line = self._buffer.take_line
        self._next_line = self._buffer.lines.popleft
        self._turn: asyncio.Lock | None = None
        self._asking = 0
        self._stream: Any = None
        # Some libraries recognise files by this attribute.
        self.__iter__: Callable[[], StandardInput] = lambda: self

    def __getitem__(self, _index: int) -> str:
        # Called for every line of a loop, so it avoids any extra Python call.
        try:
            line = self._next_line()
        except IndexError:
            line = self._line()
        else:
            if "\r" in line:
                line = self._line(have=line)
        if line:
            return line
        raise IndexError

    def __next__(self) -> str:
        line = self._line()
        if not line:
            raise StopIteration
        return line

    def __aiter__(self) -> AsyncIterator[str]:
        return self._items() if self._stream is None else aiter(self._stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        if name == "_file":
            raise AttributeError(name)  # in a copy that is not complete yet
        if name.startswith("_") or hasattr(self._file, name):
            return getattr(self._file, name)
        return getattr(self._as_stream(name), name)

    def read(self, size: int | None = -1) -> Any:
        """Read everything left, or so many characters; awaited: the next line or None, or so many characters."""
        wanted = -1 if size is None else size
        if is_awaited():
            return self._next_item() if wanted < 0 else self._later(lambda: self._buffer.take(wanted))
        return self._all() if wanted < 0 else self._characters(wanted)

    def readline(self, size: int | None = -1) -> Any:
        """Read the next line, or at most so many characters of it; empty at the end. May be awaited."""
        wanted = -1 if size is None else size
        return self._later(lambda: self._buffer.take_line(wanted)) if is_awaited() else self._line(wanted)

    def readlines(self, hint: int | None = -1) -> Any:
        """Read all lines, or lines of at least so many characters together. May be awaited."""
        return self._all_lines() if is_awaited() else self._lines(hint or -1)

    def reconfigure(self, **options: Any) -> None:
        """Change the encoding, or its error handler, for data that has not been read yet."""
        self._file.reconfigure(**options)
        left = self._buffer.take_all()
        self._buffer = LineBuffer(self._file.encoding, self._file.errors or "strict")
        self._take_line, self._next_line = self._buffer.take_line, self._buffer.lines.popleft
        self._buffer.put_back(left)

    # As a file: newlines are "\n", however they arrived

    def _line(self, size: int = -1, have: str | None = None) -> str:
        line = self._now(lambda: self._buffer.take_line(size)) if have is None else have
        if "\r" not in line:
            return line
        if line.endswith("\r"):
            line += self._now(lambda: self._buffer.take_line(1))
        line, newline, rest = line.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
        line += newline
        if 0 <= size < len(line):
            line, rest = line[:size], line[size:] + rest
        self._buffer.put_back(rest)
        return line

    def _characters(self, size: int) -> str:
        lines: list[str] = []
        while size > 0 and (line := self._line(size)):
            lines.append(line)
            size -= len(line)
        return "".join(lines)

    def _lines(self, hint: int) -> list[str]:
        lines: list[str] = []
        size = 0
        while (hint < 0 or size <= hint) and (line := self._line()):
            lines.append(line)
            size += len(line)
        return lines

    def _all(self) -> str:
        if not self._buffer.ended:
            self._buffer.feed(self._bytes.read())
            self._buffer.feed(b"")
        return self._buffer.take_all().replace("\r\n", "\n").replace("\r", "\n")

    def _now(self, take: Callable[[], Taken | None]) -> Taken:
        while (taken := take()) is None:
            self._buffer.feed(self._bytes.read1(READ_SIZE))
        return taken

    # As a stream: lines as they arrived

    async def _items(self) -> AsyncIterator[str]:
        while line := self._at_once(self._take_line) or await self._later(self._take_line):
            yield line

    async def _next_item(self) -> str | None:
        return await self._later(self._take_line) or None

    async def _all_lines(self) -> list[str]:
        return [line async for line in self._items()]

    def _at_once(self, take: Callable[[], Taken | None]) -> Taken | None:
        """Take the requested data if it is available, and no earlier request is waiting."""
        return None if self._asking else take()

    async def _later(self, take: Callable[[], Taken | None]) -> Taken:
        """Take the requested data as soon as it is available, in the order of the requests."""
        self._turn = self._turn or asyncio.Lock()
        self._asking += 1
        try:
            async with self._turn:
                while (taken := take()) is None:
                    await readable(self._file.fileno())
                    self._buffer.feed(self._bytes.read1(READ_SIZE))
        finally:
            self._asking -= 1
        return taken

    def _as_stream(self, name: str) -> Any:
        """Return all of it as a `Stream`, always the same one.

        Args:
            name: The requested attribute.

        Raises:
            AttributeError: It has no such attribute, or scramjet-framework-py is not among the Sequence's packages.
        """
        try:
            from scramjet.streams import StringStream  # type: ignore[import-untyped]  # it has no types
        except ImportError:
            raise AttributeError(
                f"sys.stdin has no {name!r}. It has the methods of a Stream only if the package "
                "scramjet-framework-py can be imported: put it into the __pypackages__ of the Sequence"
            ) from None
        if not hasattr(StringStream, name):
            raise AttributeError(f"sys.stdin, as a file and as a Stream, has no {name!r}")
        if self._stream is None:
            self._stream = StringStream.read_from(self._items())
        return self._stream


# isinstance treats it as a text file; a real subclass would be a slower file.
io.TextIOBase.register(StandardInput)


def resolve(waiter: asyncio.Future[None]) -> None:
    """Resolve a future, unless it is done already."""
    if not waiter.done():
        waiter.set_result(None)


async def readable(fd: int) -> None:
    """Wait until a descriptor can be read without blocking."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    try:
        loop.add_reader(fd, resolve, ready)
    except PermissionError:
        return  # a file on a disk, which is always ready
    try:
        await ready
    finally:
        loop.remove_reader(fd)
