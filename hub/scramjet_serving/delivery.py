"""What of a streamed reply has reached its client, as far as the system knows: bytes that its TCP has confirmed.

Whoever reads a stream of the Hub takes what it reads from those who come later. What a client has not received when it
leaves is therefore given back.
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

# Where Linux has `tcpi_bytes_acked` in its `tcp_info`: an unsigned number of 64 bits.
ACKED: Final = struct.Struct("=120xQ")
TCP_INFO: Final = getattr(socket, "TCP_INFO", 11)
UNSENT: Final = 0x894B  # SIOCOUTQNSD: bytes of the send buffer that have not been sent once
COUNT: Final = struct.Struct("i")
# After how many bytes it is looked again what has been confirmed, so that it need not be remembered any more.
STRIDE: Final = 64 * 1024


# For how long, in seconds, a client that resets its connection counts as one that has left at once. A system resets
# what its program closes with something unread in it, although it has confirmed that.
AT_ONCE: Final = 1.0


class Undelivered(NamedTuple):
    """What a client has not received.

    Attributes:
        chunks: The chunks from the first one on that it does not have whole.
        received: How many bytes of the first one it has.
    """

    chunks: list[bytes]
    received: int


NOTHING: Final = Undelivered([], 0)


class Delivery:
    """Follows the chunks of one reply on their way.

    Args:
        connection: The socket.
        buffered: Counts the bytes that have been written and wait to be handed to the system.
        kept: How many bytes were there for the reply when it began.
    """

    __slots__ = ("_began", "_begin", "_buffered", "_connection", "_end", "_fresh", "_looked", "_on_the_way", "holding")

    def __init__(self, connection: socket.socket, buffered: Callable[[], int], kept: int) -> None:
        self._connection = connection
        self._buffered = buffered
        self._began = time.monotonic()
        self._fresh = -kept  # how many bytes have been written beyond those that were kept
        self._begin = confirmed(connection) + _count(connection, termios.TIOCOUTQ) + buffered()
        self._end = 0
        self._looked = 0
        self._on_the_way: deque[tuple[int, bytes]] = deque()  # where each chunk begins, counted from `_begin`
        self.holding = b""  # what is about to be written

    def written(self, before: int, chunk: bytes, after: int) -> None:
        """Note a chunk that was written, and how many bytes around it."""
        self.holding = b""
        self._on_the_way.append((self._end + before, chunk))
        self._end += before + len(chunk) + after
        self._fresh += len(chunk)
        # Nearby, most is confirmed at once. A large chunk that is not held any longer leaves its memory, which the
        # processor has at hand, to the next one.
        if self._fresh > 0 and self._end - self._looked > STRIDE:
            self._looked = self._end
            # Asking for what has been confirmed costs more: the system locks the connection for it.
            self._forget(self._end - _count(self._connection, termios.TIOCOUTQ) - self._buffered())

    def received(self) -> int:
        """Count the bytes that have been confirmed since the beginning."""
        return confirmed(self._connection) - self._begin

    def undelivered(self, *, said_goodbye: bool) -> Undelivered:
        """Tell what the client has not received; it has gone.

        Args:
            said_goodbye: Whether it has ended its side before, which confirms all that it got. If not, what was on the
                way may have been received.
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
    """Count the bytes that the other side has confirmed since it connected; 0 where the system does not say."""
    with contextlib.suppress(OSError, struct.error):
        count: int = ACKED.unpack_from(connection.getsockopt(socket.IPPROTO_TCP, TCP_INFO, ACKED.size))[0]
        return count
    return 0


def _count(connection: socket.socket, question: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        count: int = COUNT.unpack(fcntl.ioctl(connection.fileno(), question, bytes(COUNT.size)))[0]
        return count
    return 0
