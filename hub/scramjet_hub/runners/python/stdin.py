"""The standard input of a Sequence: an ordinary file, and an async stream as STH has it."""

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
    """What `sys.stdin` is to a Sequence.

    To code that uses it as a text file it is one: `for line in sys.stdin`, `sys.stdin.read()`, `input()`.
    To code that awaits it, it is the stream that STH's runner gives: `async for line in sys.stdin`, and
    `await sys.stdin.read()` for the next line, None at the end; `is_awaited` tells which is meant.
    Both take from the same buffer, so a Sequence may begin in one manner and go on in the other.
    Where scramjet-framework-py can be imported it has the methods of a `Stream`, too.

    It can be iterated over, but is no `Iterable` to `isinstance`: a `Stream` that is made of it would prefer that to
    async iteration, and so keep everything else from running.

    Args:
        file: The file of the descriptor, opened for text. What is not about reading text is left to it.
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
        # Some libraries tell files by having this.
        self.__iter__: Callable[[], StandardInput] = lambda: self

    def __getitem__(self, _index: int) -> str:
        # Called for every line of a loop: no function of Python's more than it needs.
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
        """Read all that is left, or so many characters; awaited, the next line or None, or so many characters."""
        wanted = -1 if size is None else size
        if is_awaited():
            return self._next_item() if wanted < 0 else self._later(lambda: self._buffer.take(wanted))
        return self._all() if wanted < 0 else self._characters(wanted)

    def readline(self, size: int | None = -1) -> Any:
        """Read the next line, or so many characters of it; nothing at the end. May be awaited."""
        wanted = -1 if size is None else size
        return self._later(lambda: self._buffer.take_line(wanted)) if is_awaited() else self._line(wanted)

    def readlines(self, hint: int | None = -1) -> Any:
        """Read all lines, or as many as it takes to have so many characters. May be awaited."""
        return self._all_lines() if is_awaited() else self._lines(hint or -1)

    def reconfigure(self, **options: Any) -> None:
        """Change the encoding, or what becomes of what is none, for what has not been read yet."""
        self._file.reconfigure(**options)
        left = self._buffer.take_all()
        self._buffer = LineBuffer(self._file.encoding, self._file.errors or "strict")
        self._take_line, self._next_line = self._buffer.take_line, self._buffer.lines.popleft
        self._buffer.put_back(left)

    # As a file: newlines are "\n", however they came

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

    # As a stream: lines as they came

    async def _items(self) -> AsyncIterator[str]:
        while line := self._at_once(self._take_line) or await self._later(self._take_line):
            yield line

    async def _next_item(self) -> str | None:
        return await self._later(self._take_line) or None

    async def _all_lines(self) -> list[str]:
        return [line async for line in self._items()]

    def _at_once(self, take: Callable[[], Taken | None]) -> Taken | None:
        """Take what was asked for if it is there, and nobody has asked before."""
        return None if self._asking else take()

    async def _later(self, take: Callable[[], Taken | None]) -> Taken:
        """Take what was asked for as soon as it is there; those who ask first get the first."""
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
        """All of it as a `Stream`, always the same one.

        Args:
            name: What of it is wanted.

        Raises:
            AttributeError: It has no such thing, or scramjet-framework-py is not among the packages of the Sequence.
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


# As other text files, to those who ask; the class itself would be a slower file.
io.TextIOBase.register(StandardInput)


def resolve(waiter: asyncio.Future[None]) -> None:
    """Tell who waits, if that has not been done."""
    if not waiter.done():
        waiter.set_result(None)


async def readable(fd: int) -> None:
    """Wait until reading from a descriptor would not block."""
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
