"""The Hub's end of the control channel of a runner; runners/PROTOCOL.md has the messages."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

import orjson

from scramjet_hub.channels import Outlet
from scramjet_hub.json_input import MAX_DEPTH, read_json

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

READ_SIZE: Final = 256 * 1024
# A message longer than this is taken for a runner gone mad.
LONGEST_MESSAGE: Final = 16 * 1024 * 1024
# What a client sent, as deep as that may be, comes back inside a message.
DEEPEST_MESSAGE: Final = MAX_DEPTH + 10


class Control:
    """Messages to and from a runner.

    Args:
        sock: The connection.
        handle: Called with code and data of each message.
        broken: Called once when the connection has ended; with a text if what came made no sense.
    """

    def __init__(
        self, sock: socket.socket, handle: Callable[[int, dict[str, Any]], object], broken: Callable[[str], object]
    ) -> None:
        self._socket = sock
        self._handle = handle
        self._broken = broken
        self._rest = b""
        # The channel is read and written each for itself, with a descriptor of its own.
        with contextlib.ExitStack() as undo:
            self._outlet = Outlet(undo.enter_context(sock.dup()))
            asyncio.get_running_loop().add_reader(sock, self._readable)
            undo.pop_all()

    def send(self, code: int, data: dict[str, Any]) -> None:
        """Send a message without waiting.

        Raises:
            StreamEnded: The runner has closed the channel.
        """
        self._outlet.push(orjson.dumps([code, data], option=orjson.OPT_APPEND_NEWLINE))

    async def room(self) -> None:
        """Wait until the runner has taken what was sent; for messages that clients may send any number of."""
        await self._outlet.room()

    def close(self) -> None:
        """End the channel."""
        self._outlet.close()
        if self._socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()

    def _readable(self) -> None:
        try:
            received = self._socket.recv(READ_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            received = b""
        problem = self._take(received) if received else ""
        if not received or problem:
            self.close()
            self._broken(problem)

    def _take(self, received: bytes) -> str:
        """Handle the messages that are complete; what is wrong with them, if anything is."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        if len(self._rest) > LONGEST_MESSAGE:
            return f"a message is longer than {LONGEST_MESSAGE} bytes"
        try:
            for line in lines:
                code, data = read_json(line, DEEPEST_MESSAGE)
                self._handle(code, data)
        except (ValueError, TypeError, KeyError) as error:
            return f"a message makes no sense: {line[:200]!r} ({error!r})"
        return ""
