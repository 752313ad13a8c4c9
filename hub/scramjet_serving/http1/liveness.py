"""Liveness: detects that a client has disconnected when it has stopped sending, or when nothing is read from it.

A client that half-closes its connection, as `nc` does, still wants its reply; one that closes its socket does not.
Both look the same until something is sent: a closed socket answers with a reset. So after the end of the client's
data the server sends a byte that every HTTP client has to accept (a leading zero of the next chunk's size, RFC 9112
7.1, or another `100 Continue`, RFC 9110 15.2), and watches the socket for the reset. TCP keep-alive detects clients
that close later than that, or that vanish without closing.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import socket
from typing import Final, Protocol

# Seconds between checks of a watched socket: frequent at first, rare later.
FIRST_LOOK: Final = 0.005
LAST_LOOK: Final = 2.0
GONE: Final = select.POLLHUP | select.POLLERR
# Only Linux reports the end of the client's data while nothing is read from the socket.
RDHUP: Final = getattr(select, "POLLRDHUP", 0)
# TCP keep-alive in seconds: idle time before the first probe, interval of the probes, number of unanswered probes.
KEEP_ALIVE: Final = {"TCP_KEEPIDLE": 15, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}


class Watched(Protocol):
    """A watched connection."""

    transport: asyncio.Transport

    def needs_watch(self) -> bool:
        """Whether a disconnect would go unnoticed by reading, and something depends on noticing it."""

    def question(self) -> bytes:
        """Return harmless bytes that can be sent now; empty if there are none."""

    def give_up(self) -> None:
        """Treat the client as disconnected."""


class Watch:
    """Watches one connection for as long as necessary.

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
        """Check at once, then periodically, as long as necessary; who is in a tunnel tells by itself."""
        if self._timer is None and self._watched.transport.get_extra_info("socket") is not None:
            self._look(FIRST_LOOK)

    def stop(self) -> None:
        """Stop checking."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self, delay: float) -> None:
        self._timer = None
        if self._watched.transport.is_closing() or not self._watched.needs_watch():
            return
        events = self._poll()
        if (self.half_closed or events & RDHUP) and self._ask():
            # On a local connection, the answer arrives at once. Until it is known, the client counts as still reading.
            events = self._poll()
        if events & GONE:
            self._watched.give_up()
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(delay, self._look, min(2 * delay, LAST_LOOK))

    def _ask(self) -> bool:
        """Send something harmless, once; return whether it was sent."""
        question = b"" if self._asked or self._watched.transport.get_write_buffer_size() else self._watched.question()
        if question:
            self._asked = True
            # Bypasses the transport, which would send it only later; its own buffer is empty.
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
    """Enable TCP keep-alive so that dead clients are detected."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEP_ALIVE.items():
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
