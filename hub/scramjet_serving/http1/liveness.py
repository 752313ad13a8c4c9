"""Whether a client is still there that has stopped sending, or that is not read from.

A client that shuts down its sending side, as `nc` does, still wants its reply; one that closes its socket does not.
Both look the same until something is sent: a closed socket answers with a reset. So after the end of the client's
data a byte is sent that every HTTP client has to bear (a leading zero of the next chunk's size, RFC 9112 7.1, or
another `100 Continue`, RFC 9110 15.2), and the socket is watched for the reset. One that closes later than that,
or that vanished without a word, is found out by TCP's own keep-alive.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import socket
from typing import Final, Protocol

# Seconds between looks at a socket that is watched: at first soon, later seldom.
FIRST_LOOK: Final = 0.005
LAST_LOOK: Final = 2.0
GONE: Final = select.POLLHUP | select.POLLERR
# Only Linux tells of the end of what a client sends while nothing is read from it.
RDHUP: Final = getattr(select, "POLLRDHUP", 0)
# TCP's keep-alive in seconds: unused for so long, then a question so often, so many without an answer.
KEEP_ALIVE: Final = {"TCP_KEEPIDLE": 15, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}


class Watched(Protocol):
    """What is watched: a connection."""

    transport: asyncio.Transport

    def needs_watch(self) -> bool:
        """Whether reading would not tell if the client went, and somebody wants to know."""

    def question(self) -> bytes:
        """What can be sent now that does no harm; nothing if there is no such thing."""

    def give_up(self) -> None:
        """The client has gone."""


class Watch:
    """Watches one connection while it has to be watched.

    Args:
        watched: The connection.
    """

    __slots__ = ("_asked", "_timer", "_watched", "half_closed")

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._timer: asyncio.TimerHandle | None = None
        self._asked = False
        self.half_closed = False

    def start(self) -> None:
        """Look at once, then now and then, as long as it is needed."""
        if self._timer is None:
            self._look(FIRST_LOOK)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self, delay: float) -> None:
        self._timer = None
        if self._watched.transport.is_closing() or not self._watched.needs_watch():
            return
        events = self._poll()
        if (self.half_closed or events & RDHUP) and self._ask():
            # Nearby, the answer is there at once. Until it is known, the client counts as one that reads.
            events = self._poll()
        if events & GONE:
            self._watched.give_up()
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(delay, self._look, min(2 * delay, LAST_LOOK))

    def _ask(self) -> bool:
        """Send something harmless, once; whether it was sent."""
        question = b"" if self._asked or self._watched.transport.get_write_buffer_size() else self._watched.question()
        if question:
            self._asked = True
            # Past the transport, which would send it only later; it has nothing to send itself.
            with contextlib.suppress(OSError):
                os.write(self._fileno(), question)
        return bool(question)

    def _poll(self) -> int:
        poll = select.poll()
        poll.register(self._fileno(), RDHUP)
        return next((event for _, event in poll.poll(0)), 0)

    def _fileno(self) -> int:
        return int(self._watched.transport.get_extra_info("socket").fileno())


def keep_alive(connection: socket.socket) -> None:
    """Have the system find out about clients that vanish."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEP_ALIVE.items():
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
