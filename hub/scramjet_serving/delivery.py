"""Tracks how much of a streamed reply has reached its client: the bytes that TCP has acknowledged.

A reader of a stream consumes what it reads, so later readers do not get it. What a client has not received when
it disconnects is therefore returned to the stream.
"""

from __future__ import annotations

import contextlib
import fcntl
import socket
import struct
import termios
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# Offset of `tcpi_bytes_acked` in Linux's `tcp_info`: an unsigned 64-bit number.
ACKED: Final = struct.Struct("=120xQ")
TCP_INFO: Final = getattr(socket, "TCP_INFO", 11)
UNSENT: Final = 0x894B  # SIOCOUTQNSD: bytes of the send buffer that have not been sent even once
COUNT: Final = struct.Struct("i")
# After how many bytes the acknowledged ones are queried, so that they need not be kept any longer.
STRIDE: Final = 64 * 1024


# For how long, in seconds, a client that resets its connection counts as one that disconnected at once. A kernel resets
# the connection if its program closes the socket with unread data, although it has acknowledged that data.
AT_ONCE: Final = 1.0
# For how long, in seconds, the event loop then runs on before the client counts as one that has stayed: a process that
# had to wait for the processor has not seen yet that its client disconnected.
NOTICING: Final = 0.01


class Undelivered(NamedTuple):
    """The data that a client has not received.

    Attributes:
        chunks: The chunks from the first incompletely received one on.
        received: How many bytes of the first one it has received.
    """

    chunks: list[bytes]
    received: int


NOTHING: Final = Undelivered([], 0)


class Delivery:
    """Tracks the chunks of one reply until they are acknowledged.

    Args:
        connection: The socket.
        buffered: Returns the number of written bytes that have not been handed to the kernel yet.
        kept: How many bytes were waiting for the reply when it began.
        chunked: Whether each chunk is framed as in the chunked transfer encoding.
    """

    __slots__ = (
        "_begin",
        "_buffered",
        "_chunked",
        "_connection",
        "_end",
        "_front",
        "_kept",
        "_look_at",
        "_on_the_way",
        "holding",
    )

    def __init__(self, connection: socket.socket, buffered: Callable[[], int], kept: int, *, chunked: bool) -> None:
        self._connection = connection
        self._buffered = buffered
        self._chunked = chunked
        self._kept = kept  # 0 once more than that has been written, or the client has stayed
        self._begin = confirmed(connection) + _count(connection, termios.TIOCOUTQ) + buffered()
        self._end = 0
        self._look_at = max(kept, STRIDE)
        self._on_the_way: deque[bytes] = deque()
        self._front = 0  # the offset of the first chunk's frame, counted from `_begin`
        self.holding = b""  # the chunk about to be written, while it has to wait

    def written(self, chunk: bytes, size: int) -> None:
        """Record a written chunk, and its size including its frame."""
        # For most chunks this is all; with small ones, each step more would be measurable.
        self._on_the_way.append(chunk)
        self._end += size
        if self._end > self._look_at:
            self._look()

    def received(self) -> int:
        """Return how many bytes have been acknowledged since the beginning."""
        return confirmed(self._connection) - self._begin

    def undelivered(self, *, said_goodbye: bool) -> Undelivered:
        """Return the data that the client, which has disconnected, has not received.

        Args:
            said_goodbye: Whether it has closed its sending side before, which acknowledges everything it got. If not,
                data in transit may have been received.
        """
        received = self.received()
        if not said_goodbye and self._only_kept():
            received = 0
        elif not said_goodbye:
            received += _count(self._connection, termios.TIOCOUTQ) - _count(self._connection, UNSENT)
        self._forget(received)
        chunks = [*self._on_the_way, *([self.holding] if self.holding else [])]
        begin = self._front + self._before(self._on_the_way[0]) if self._on_the_way else received
        return Undelivered(chunks, max(0, received - begin)) if chunks else NOTHING

    def stayed(self) -> None:
        """Record that the client did not disconnect at once."""
        self._kept = 0

    def _look(self) -> None:
        """Forget acknowledged chunks: on a local connection, most data is acknowledged at once.

        Releasing a large chunk early lets the next one reuse its memory, which is still in the processor's cache.
        """
        self._look_at = self._end + STRIDE
        if not self._only_kept():
            # Querying the acknowledged bytes costs more: the kernel locks the connection for it.
            self._forget(self._end - _count(self._connection, termios.TIOCOUTQ) - self._buffered())

    def _only_kept(self) -> bool:
        """Return whether only kept bytes have been written, just now; while that is so, nothing is forgotten."""
        if self._kept > 0 and sum(map(len, self._on_the_way)) > self._kept:
            self._kept = 0
        return self._kept > 0

    def _forget(self, received: int) -> None:
        while self._on_the_way:
            chunk = self._on_the_way[0]
            end = self._front + self._before(chunk) + len(chunk)
            if end > received:
                break
            self._on_the_way.popleft()
            self._front = end + 2 * self._chunked

    def _before(self, chunk: bytes) -> int:
        """Return the number of framing bytes before a chunk: its size in hexadecimal, and a line end."""
        return (len(chunk).bit_length() + 3) // 4 + 2 if self._chunked else 0


def confirmed(connection: socket.socket) -> int:
    """Return the bytes that the other side has acknowledged since it connected; 0 if the kernel does not report it."""
    with contextlib.suppress(OSError, struct.error):
        count: int = ACKED.unpack_from(connection.getsockopt(socket.IPPROTO_TCP, TCP_INFO, ACKED.size))[0]
        return count
    return 0


def _count(connection: socket.socket, question: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        count: int = COUNT.unpack(fcntl.ioctl(connection.fileno(), question, bytes(COUNT.size)))[0]
        return count
    return 0
