"""Bytes that come in pieces become lines of text."""

from __future__ import annotations

import codecs
from collections import deque


class LineBuffer:
    """Lines that are complete, and the beginning of the next. What takes from it gives None if more is needed first.

    Args:
        encoding: Of the bytes.
        errors: What becomes of bytes that are none of it.

    Attributes:
        lines: The lines that are complete, always the same object.
        ended: Whether no more will come.
    """

    def __init__(self, encoding: str, errors: str) -> None:
        self.ended = False
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self.lines: deque[str] = deque()
        self._parts: list[str] = []

    def feed(self, data: bytes) -> None:
        """Add bytes; none at all is the end."""
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
        """Let text that was taken be the next."""
        *complete, rest = text.split("\n")
        if rest and self.lines:
            complete.append(rest + self.lines.popleft()[:-1])
        elif rest:
            self._parts.insert(0, rest)
        self.lines.extendleft([line + "\n" for line in reversed(complete)])

    def take_line(self, size: int = -1) -> str | None:
        """Take a line, or so many characters of it; nothing at the end."""
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
        """Take what is there."""
        text = "".join([*self.lines, *self._parts])
        self.lines.clear()
        self._parts = []
        return text
