"""Bytes that come in pieces become lines of text."""

from __future__ import annotations

import codecs
from collections import deque


class LineBuffer:
    """Lines that are complete, and the beginning of the next. What takes from it gives None if more is needed first.

    Args:
        encoding: Of the bytes.
        errors: What becomes of bytes that are none of it.
    """

    def __init__(self, encoding: str, errors: str) -> None:
        self.ended = False
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self._lines: deque[str] = deque()
        self._parts: list[str] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Add bytes; none at all is the end."""
        self.ended = not data
        text = self._decoder.decode(data, final=self.ended)
        self._size += len(text)
        first, *others = text.split("\n")
        self._parts.append(first)
        if others:
            *complete, rest = others
            self._lines.append("".join(self._parts) + "\n")
            self._lines.extend([line + "\n" for line in complete])
            self._parts = [rest]

    def put_back(self, text: str) -> None:
        """Let text that was taken be the next."""
        self._size += len(text)
        *complete, rest = text.split("\n")
        if rest and self._lines:
            complete.append(rest + self._lines.popleft()[:-1])
        elif rest:
            self._parts.insert(0, rest)
        self._lines.extendleft([line + "\n" for line in reversed(complete)])

    def take_line(self, size: int = -1) -> str | None:
        """Take a line, or so many characters of it; nothing at the end."""
        if self._lines:
            line = self._lines.popleft()
        elif self.ended or 0 <= size <= self._size:
            line = "".join(self._parts)
            self._parts = []
        else:
            return None
        self._size -= len(line)
        if 0 <= size < len(line):
            self.put_back(line[size:])
            line = line[:size]
        return line

    def take(self, size: int) -> str | None:
        """Take so many characters, fewer at the end."""
        if not self.ended and self._size < size:
            return None
        lines: list[str] = []
        while size > 0 and (line := self.take_line(size)):
            lines.append(line)
            size -= len(line)
        return "".join(lines)

    def take_all(self) -> str:
        """Take what is there."""
        text = "".join([*self._lines, *self._parts])
        self._lines.clear()
        self._parts = []
        self._size = 0
        return text
