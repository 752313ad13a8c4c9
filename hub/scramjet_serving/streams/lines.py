"""A bounded log of lines, whose readers never block its writer."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

BATCH = 64 * 1024


class LineLog:
    """Keeps lines up to a limit, for any number of readers, none of which blocks the writer or another reader.

    A slow reader misses lines that are dropped before it reads them, and continues with the oldest line that is left.

    Args:
        max_lines: The maximum number of lines to keep.
        max_bytes: The maximum number of bytes to keep.
    """

    def __init__(self, max_lines: int, max_bytes: int = 8 * 1024 * 1024) -> None:
        self._max_lines = max_lines
        self._max_bytes = max_bytes
        self._lines: deque[bytes] = deque()
        self._bytes = 0
        self._end = 0
        self._closed = False
        self._changed: asyncio.Event = asyncio.Event()

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._bytes

    def append(self, line: bytes) -> None:
        """Add a line, which ends in a newline."""
        self.extend((line,))

    def extend(self, lines: Collection[bytes]) -> None:
        """Add lines, each of which ends in a newline."""
        self._lines.extend(lines)
        self._bytes += sum(map(len, lines))
        self._end += len(lines)
        while len(self._lines) > self._max_lines or (self._bytes > self._max_bytes and len(self._lines) > 1):
            self._bytes -= len(self._lines.popleft())
        self._wake()

    def close(self) -> None:
        """End every reader once it has read all lines."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def recent(self) -> list[bytes]:
        """Return the kept lines, oldest first."""
        return list(self._lines)

    async def follow(self, replay: int | None = None) -> AsyncIterator[bytes]:
        """Return whole lines as they arrive, several at once if available.

        Args:
            replay: How many of the kept lines to begin with; None for all.
        """
        kept = len(self._lines)
        position = self._end - (kept if replay is None else min(kept, replay))
        while True:
            while position < self._end:
                batch, position = self._batch(position)
                yield batch
            if self._closed:
                return
            await self._changed.wait()

    def _batch(self, position: int) -> tuple[bytes, int]:
        index = max(0, position - (self._end - len(self._lines)))
        parts: list[bytes] = []
        size = 0
        while index < len(self._lines) and size < BATCH:
            parts.append(self._lines[index])
            size += len(parts[-1])
            index += 1
        return b"".join(parts), self._end - len(self._lines) + index
