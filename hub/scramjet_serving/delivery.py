"""Tracks how much of a streamed reply has reached its client: the bytes that TCP has acknowledged.

A reader of a Hub's stream consumes what it reads, so later readers do not get it. What a client has not received when
it disconnects is therefore returned to the stream.
"""

from __future__ import annotations

import contextlib
import fcntl
import socket
import struct
import termios
import time
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
    """

    __slots__ = ("_began", "_begin", "_buffered", "_connection", "_end", "_fresh", "_looked", "_on_the_way", "holding")

    def __init__(self, connection: socket.socket, buffered: Callable[[], int], kept: int) -> None:
        self._connection = connection
        self._buffered = buffered
        self._began = time.monotonic()
        self._fresh = -kept  # bytes written beyond the kept ones
        self._begin = confirmed(connection) + _count(connection, termios.TIOCOUTQ) + buffered()
        self._end = 0
        self._looked = 0
        self._on_the_way: deque[tuple[int, bytes]] = deque()  # the offset of each chunk, counted from `_begin`
        self.holding = b""  # the chunk about to be written

    def written(self, before: int, chunk: bytes, after: int) -> None:
        """Record a written chunk, and the number of framing bytes around it."""
        self.holding = b""
        self._on_the_way.append((self._end + before, chunk))
        self._end += before + len(chunk) + after
        self._fresh += len(chunk)
        # On a local connection, most data is acknowledged at once. Releasing a large chunk early lets the next one
        # reuse its memory, which is still in the processor's cache.
        if self._fresh > 0 and self._end - self._looked > STRIDE:
            self._looked = self._end
            # Querying the acknowledged bytes costs more: the kernel locks the connection for it.
            self._forget(self._end - _count(self._connection, termios.TIOCOUTQ) - self._buffered())

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
        if not said_goodbye and self._fresh <= 0 and time.monotonic() - self._began < AT_ONCE:
            received = 0
        elif not said_goodbye:
            received += _count(self._connection, termios.TIOCOUTQ) - _count(self._connection, UNSENT)
        self._forget(received)
        chunks = [chunk for _, chunk in self._on_the_way] + ([self.holding] if self.holding else [])
        begin = self._on_the_way[0][0] if self._on_the_way else received
        return Undelivered(chunks, max(0, received - begin)) if chunks else NOTHING

    def _forget(self, received: int) -> None:
        while self._on_the_way and self._on_the_way[0][0] + len(self._on_the_way[0][1]) <= received:
            self._on_the_way.popleft()


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
