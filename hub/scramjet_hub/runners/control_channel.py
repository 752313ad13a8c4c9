"""The Hub's end of a runner's control channel; PROTOCOL.md lists the messages."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import orjson

from scramjet_hub.runners.channels import Outlet
from scramjet_hub.runners.messages import BadMessage, read_message
from scramjet_hub.runners.turns import STRIDE

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from scramjet_hub.runners.turns import Turns

READ_SIZE: Final = 256 * 1024
# A runner that sends a longer message is considered broken; parsing one takes the Hub some ten milliseconds.
LONGEST_MESSAGE: Final = 4 * 1024 * 1024


class Control:
    """Sends and receives messages of a runner.

    Args:
        sock: The connection.
        handle: Called with code and data of each message.
        broken: Called once when the connection has ended; with a text if the runner sent an invalid message.
        turns: The time budget for handling messages.
    """

    def __init__(
        self,
        sock: socket.socket,
        handle: Callable[[int, dict[str, Any]], object],
        broken: Callable[[str], object],
        turns: Turns,
    ) -> None:
        self._socket = sock
        self._handle = handle
        self._broken = broken
        self._turns = turns
        self._buffer = bytearray()
        self._searched = 0  # everything before contains no line end
        self._more = False
        # Reading and writing are watched separately, each with its own descriptor.
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
        """Wait until the runner has taken what was sent; for messages that clients may send in any number."""
        await self._outlet.room()

    def close(self) -> None:
        """Close the channel."""
        self._outlet.close()
        self._buffer.clear()
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
        if not received:
            self._end("")
            return
        self._buffer += received
        # While messages wait to be handled, nothing more is read, so the runner has to wait (back-pressure).
        asyncio.get_running_loop().remove_reader(self._socket)
        self._turns.take(self._work)

    def _work(self, deadline: float) -> bool:
        """Handle messages until the given time; return whether messages are left."""
        if self._socket.fileno() < 0:
            return False
        problem = self._take(deadline)
        if problem is not None:
            self._end(problem)
            return False
        if self._more:
            return True
        asyncio.get_running_loop().add_reader(self._socket, self._readable)
        return False

    def _take(self, deadline: float) -> str | None:
        """Handle messages until the given time; return what is wrong with them, if anything."""
        position, self._more = 0, False
        for count in itertools.count(1):
            end = self._buffer.find(b"\n", max(position, self._searched))
            if end < 0:
                break
            try:
                self._handle(*read_message(self._buffer[position:end]))
            except BadMessage as error:
                return str(error)
            except Exception as error:  # noqa: BLE001 - the effects of a message may end its own runner only
                return f"the Hub failed at a message: {error!r}"
            position = end + 1
            if self._socket.fileno() < 0:
                return None
            if count % STRIDE == 0 and perf_counter() > deadline:
                self._more = True
                break
        del self._buffer[:position]
        self._searched = 0 if self._more else len(self._buffer)
        return f"a message is longer than {LONGEST_MESSAGE} bytes" if self._searched > LONGEST_MESSAGE else None

    def _end(self, problem: str) -> None:
        self.close()
        self._broken(problem)
