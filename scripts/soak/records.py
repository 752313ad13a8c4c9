"""Records that show whether they arrived intact: writer, number, padding, and a checksum of these.

Each is a text in JSON, so that streams of any type can carry them.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scripts.soak.ledger import WrongError

if TYPE_CHECKING:
    import random

# The same padding for every line: generating it for each would take longer than sending it.
PADDING = bytes(48 + number * 7 % 43 for number in range(8192))


def line(writer: str, number: int, padding: int = 0) -> bytes:
    """A line.

    Args:
        writer: Who writes it, without spaces.
        number: Its number, counted per writer.
        padding: Further bytes that it is long.
    """
    begin = number % 97
    body = b"%s %d %s" % (writer.encode(), number, PADDING[begin : begin + padding])
    return b'"%s %08x"\n' % (body, zlib.crc32(body))


def lines(choice: random.Random, writer: str, count: int, longest: int = 4000) -> list[bytes]:
    """So many lines of various lengths, most of them short."""
    return [line(writer, number, choice.choice((0, 10, 60, 300, choice.randrange(longest)))) for number in range(count)]


def parse(text: bytes) -> tuple[str, int]:
    """The writer and the number of a line, with or without its end.

    Raises:
        WrongError: It is not as it was written.
    """
    text = text.removesuffix(b"\n")
    body, _, checksum = text[1:-1].rpartition(b" ")
    try:
        whole = zlib.crc32(body) == int(checksum, 16) and text[:1] == text[-1:] == b'"'
        writer, number, _ = body.split(b" ", 2)
        if whole:
            return writer.decode(), int(number)
    except ValueError:
        pass
    raise WrongError(f"a line is not as it was written: {text[:60]!r}...{text[-60:]!r}, {len(text)} bytes")


class Follower:
    """Checks that lines come in order, each writer's by itself, and counts them.

    Args:
        anywhere: Whether the first line of a writer may have any number.
    """

    def __init__(self, *, anywhere: bool = False) -> None:
        self.next: dict[str, int] = {}
        self._anywhere = anywhere

    def take(self, text: bytes) -> None:
        """Take the next line.

        Raises:
            WrongError: It is not the one that has to come.
        """
        writer, number = parse(text)
        expected = self.next.get(writer, number if self._anywhere else 0)
        if number != expected:
            raise WrongError(f"line {number} of {writer} came where {expected} had to")
        self.next[writer] = number + 1

    def came(self, writer: str) -> int:
        """The number of the line that comes next, which is how many came if they began at 0."""
        return self.next.get(writer, 0)
