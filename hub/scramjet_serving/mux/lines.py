"""Lines in a stream of bytes, within a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator

# The size limit of a line.
MOST: Final = 16 * 1024 * 1024


class TooLong(Exception):  # noqa: N818 - states a condition
    """A line is longer than the limit."""


async def lines(chunks: AsyncIterable[bytes], most: int = MOST) -> AsyncIterator[bytes]:
    """Return the lines in a stream, without their ends; empty ones are left out, and one without an end.

    Args:
        chunks: The stream.
        most: The size limit of a line.

    Raises:
        TooLong: A line is longer than the limit.
    """
    rest: list[bytes] = []
    size = 0
    async for chunk in chunks:
        head, end, tail = chunk.partition(b"\n")
        rest.append(head)
        size += len(head)
        if size > most:
            raise TooLong(f"A message is longer than {most} bytes")
        if not end:
            continue
        *whole, last = (b"".join(rest) + b"\n" + tail).split(b"\n")
        rest, size = [last], len(last)
        for line in whole:
            if line.strip():
                yield line
