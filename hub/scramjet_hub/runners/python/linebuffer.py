"""A line buffer: converts chunks of bytes into lines of text."""

from __future__ import annotations

import codecs
from collections import deque


class LineBuffer:
    """Complete lines, and the beginning of the next one. The take methods return None if more data is needed.

    Args:
        encoding: The encoding of the bytes.
        errors: The error handler for invalid bytes.

    Attributes:
        lines: The complete lines, always the same object.
        ended: Whether no more data will arrive.
    """

    def __init__(self, encoding: str, errors: str) -> None:
        self.ended = False
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self.lines: deque[str] = deque()
        self._parts: list[str] = []

    def feed(self, data: bytes) -> None:
        """Add bytes; no bytes means the end."""
        self.ended = not data
        text = self._decoder.decode(data, final=self.ended)
        first, *others = text.split("\n")
        self._parts.append(first)
        if others:
            *complete, rest = others
            self.lines.append("".join(self._parts) + "\n")
            self.lines.extend([line + "\n" for line in complete])
            self._parts = [rest]

    def put_back(self, text: str) -> None:
        """Put taken text back, to be taken next."""
        *complete, rest = text.split("\n")
        if rest and self.lines:
            complete.append(rest + self.lines.popleft()[:-1])
        elif rest:
            self._parts.insert(0, rest)
        self.lines.extendleft([line + "\n" for line in reversed(complete)])

    def take_line(self, size: int = -1) -> str | None:
        """Take a line, or at most so many characters of it; empty at the end."""
        if self.lines:
            line = self.lines.popleft()
        elif self.ended or 0 <= size <= sum(map(len, self._parts)):
            line = "".join(self._parts)
            self._parts = []
        else:
            return None
        if 0 <= size < len(line):
            self.put_back(line[size:])
            line = line[:size]
        return line

    def take(self, size: int) -> str | None:
        """Take so many characters, fewer at the end."""
        lines: list[str] = []
        left = size
        while left > 0 and (line := self.take_line(left)):
            lines.append(line)
            left -= len(line)
        text = "".join(lines)
        if left > 0 and not self.ended:
            self.put_back(text)
            return None
        return text

    def take_all(self) -> str:
        """Take everything available."""
        text = "".join([*self.lines, *self._parts])
        self.lines.clear()
        self._parts = []
        return text
