"""The input of a Sequence: an async iterable of items, and a `Stream` if scramjet-framework-py can be imported."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

READ_SIZE: Final = 256 * 1024
# A longer line of input is rejected, because it would have to be kept in memory as a whole.
LONGEST_LINE: Final = 64 * 1024 * 1024


class Input:
    """The input argument of `run`, unless the Sequence uses `Stream` anyway.

    All methods of a `Stream` (`map`, `filter`, `to_list`, ...) work too; the first such call creates one.

    Args:
        sock: The input channel.
        failed: Called if reading a `Stream` of the input fails.
    """

    def __init__(self, sock: socket.socket, failed: Callable[[BaseException], object]) -> None:
        sock.setblocking(False)
        self._failed = failed
        self._socket = sock
        self._items = self._read()
        self._stream: Any = None
        self.content_type: str | None = None

    def __aiter__(self) -> AsyncIterator[Any]:
        return aiter(self._stream) if self._stream is not None else self._items

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.stream(), name)

    def stream(self) -> Any:
        """The input as a `Stream`, always the same one.

        Raises:
            AttributeError: scramjet-framework-py is not among the packages of the Sequence.
        """
        if self._stream is None:
            try:
                from scramjet_hub.runners.python.framework import InputStream
            except ImportError:
                raise AttributeError(
                    "The input has the methods of a Stream only if the package scramjet-framework-py can be imported: "
                    "put it into the __pypackages__ of the Sequence"
                ) from None
            self._stream = InputStream.of(self._items, self._failed)
        return self._stream

    async def _read(self) -> AsyncGenerator[Any, None]:
        head, rest = await self._head()
        self.content_type = head
        if head is None:
            return
        async for item in _decoder(head)(self._blocks(rest)):
            yield item

    async def _head(self) -> tuple[str | None, bytes]:
        """Return the content type (None without any input), and the data received after it."""
        received = b""
        while b"\r\n\r\n" not in received:
            block = await asyncio.get_running_loop().sock_recv(self._socket, READ_SIZE)
            if not block:
                return None, b""
            received += block
        head, _, rest = received.partition(b"\r\n\r\n")
        return head.decode("latin-1").partition(":")[2].partition(";")[0].strip().lower(), rest

    async def _blocks(self, first: bytes) -> AsyncGenerator[bytes, None]:
        loop = asyncio.get_running_loop()
        if first:
            yield first
        while block := await loop.sock_recv(self._socket, READ_SIZE):
            yield block
            await asyncio.sleep(0)  # with data always available, no other task would ever run


def _decoder(content_type: str) -> Callable[[AsyncGenerator[bytes, None]], AsyncGenerator[Any, None]]:
    if content_type.endswith("/x-ndjson"):
        return decode_records
    return decode_lines if content_type.startswith("text/") else decode_bytes


async def decode_bytes(blocks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Return chunks as they arrive."""
    async for block in blocks:
        yield block


async def decode_lines(blocks: AsyncGenerator[bytes, None]) -> AsyncGenerator[str, None]:
    """Return lines of text with their newline; invalid UTF-8 is decoded with `surrogateescape`."""
    async for whole in _whole_lines(blocks):
        text = whole.decode("utf-8", "surrogateescape")
        *lines, last = text.split("\n")
        for line in lines:
            yield line + "\n"
        if last:
            yield last


async def decode_records(blocks: AsyncGenerator[bytes, None]) -> AsyncGenerator[Any, None]:
    """Return one object per line; empty lines are skipped.

    Raises:
        ValueError: A line is not JSON.
    """
    async for whole in _whole_lines(blocks):
        for line in whole.split(b"\n"):
            if line and not line.isspace():
                yield json.loads(line)


async def _whole_lines(blocks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Return the same bytes, split only at line ends."""
    parts: list[bytes] = []
    size = 0
    async for block in blocks:
        end = block.rfind(b"\n") + 1
        if not end:
            parts.append(block)
            size += len(block)
            if size > LONGEST_LINE:
                raise ValueError(f"A line of the input is longer than {LONGEST_LINE} bytes")
            continue
        parts.append(block[:end])
        yield b"".join(parts)
        parts, size = ([block[end:]], len(block) - end) if end < len(block) else ([], 0)
    if parts:
        yield b"".join(parts)


def uses_streams() -> bool:
    """Return whether the Sequence has imported scramjet-framework-py."""
    return "scramjet.streams" in sys.modules
