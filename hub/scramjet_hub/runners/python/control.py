"""The runner's end of the control channel; see PROTOCOL.md."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

READ_SIZE = 64 * 1024


class Control:
    """Sends and receives messages of the Hub.

    The socket is blocking, so that any thread may send; only the event loop reads, without waiting.

    Args:
        sock: The connection.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(True)
        self._socket = sock
        self._sending = threading.Lock()
        self._rest = b""

    def fileno(self) -> int:
        """Return the descriptor, for the event loop."""
        return self._socket.fileno()

    def send(self, code: int, data: dict[str, Any]) -> None:
        """Send a message; thread-safe.

        Raises:
            TypeError, ValueError: Data has no JSON form.
        """
        line = json.dumps([code, data], allow_nan=False, separators=(",", ":")).encode() + b"\n"
        with self._sending:
            self._socket.sendall(line)

    def receive(self) -> list[tuple[int, Any]]:
        """Wait for a message; return it, and those that arrived with it.

        Raises:
            EOFError: The Hub is gone.
        """
        messages: list[tuple[int, Any]] = []
        while not messages:
            messages = self._parse(self._socket.recv(READ_SIZE))
        return messages

    def poll(self, handle: Callable[[int, Any], None]) -> None:
        """Handle all messages that have arrived.

        Raises:
            EOFError: The Hub is gone.
        """
        try:
            received = self._socket.recv(READ_SIZE, socket.MSG_DONTWAIT)
        except (BlockingIOError, InterruptedError):
            return
        for code, data in self._parse(received):
            handle(code, data)

    def _parse(self, received: bytes) -> list[tuple[int, Any]]:
        if not received:
            raise EOFError
        *lines, self._rest = (self._rest + received).split(b"\n")
        return [(code, data) for code, data in map(json.loads, lines)]
