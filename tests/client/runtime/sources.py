"""Sources of uploads in tests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PIECES = [b"piece %d\n" % number for number in range(100)]
WHOLE = b"".join(PIECES)


async def async_pieces() -> AsyncIterator[bytes]:
    """Give the pieces one by one."""
    for piece in PIECES:
        await asyncio.sleep(0)
        yield piece


class Endless:
    """A source that counts what is taken from it.

    Args:
        pieces: How many there are; None for no end.
    """

    PIECE: ClassVar[bytes] = bytes(1 << 16)

    def __init__(self, pieces: int | None) -> None:
        self.pieces = pieces
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        while self.pieces is None or self.taken < self.pieces:
            self.taken += 1
            yield self.PIECE


def failing(*, asynchronous: bool) -> Iterator[bytes] | AsyncIterator[bytes]:
    """Give a source that fails."""
    return _failing_async() if asynchronous else _failing()


def _failing() -> Iterator[bytes]:
    yield b"some"
    raise ValueError("the source's own")


async def _failing_async() -> AsyncIterator[bytes]:
    yield b"some"
    raise ValueError("the source's own")


async def one_and_wait() -> AsyncIterator[bytes]:
    """Give one piece, and a long time later another."""
    yield b"one\n"
    # Blocking code notices a refusal at the next piece, since a generator cannot be interrupted.
    await asyncio.sleep(1)
    yield b"two\n"
    await asyncio.sleep(60)
