"""One command beside a running Instance: in its folder, environment, limits and isolation."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import struct
import termios
from typing import TYPE_CHECKING, Any, Final, Protocol

from scramjet_serving.errors import DomainError, Invalid, NotRunning

from scramjet_hub.instances.exec import frames

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from scramjet_hub.instances.exec.frames import Input
    from scramjet_hub.instances.instance import Instance

CHUNK: Final = 64 * 1024
END_OF_INPUT: Final = b"\x04"
# How long, in seconds, the last output of a command that has ended may take to be read.
LAST_WORDS: Final = 2.0


class Socket(Protocol):
    """The connection to the client."""

    async def receive(self) -> bytes | None:
        """Return the next message; None at the end."""

    async def send(self, message: bytes) -> None:
        """Send a message."""

    async def close(self) -> None:
        """Close the connection."""


class Session:
    """One connection and its command.

    Args:
        socket: The connection.
        find: Returns an Instance by id or name; raises NotFound.
        named: The Instance that the request names; empty if the first frame does.
    """

    def __init__(self, socket: Socket, find: Callable[[str], Instance], named: str) -> None:
        self._socket = socket
        self._find = find
        self._named = named

    async def serve(self) -> None:
        """Run the command until it or the connection ends; then nothing of it is left."""
        try:
            await self._serve()
        except Invalid as error:
            await self._socket.send(frames.failed(400, str(error)))
        except (DomainError, OSError) as error:
            status = 409 if isinstance(error, NotRunning) else 404 if isinstance(error, DomainError) else 507
            await self._socket.send(frames.failed(status, str(error)))
        await self._socket.close()

    async def _serve(self) -> None:
        message = await self._socket.receive()
        if message is None:
            return
        first = frames.decode(message)
        if not first.command:
            raise Invalid("body.command is needed in the first frame")
        instance = self._find(first.instance or self._named)
        instance.check_running()
        with Ends(tty=first.tty) as ends:
            if first.size:
                ends.resize(first.size)
            process = instance.run_beside(list(first.command), ends.hand_over, tty=first.tty)
            try:
                await self._carry(ends, process.ended, instance.finished, first)
            finally:
                process.kill()
                ends.close()
                with contextlib.suppress(Exception):
                    await asyncio.shield(process.ended)

    async def _carry(
        self, ends: Ends, ended: asyncio.Future[int], finished: asyncio.Future[None], first: Input
    ) -> None:
        """Carry bytes both ways until the command, the Instance or the connection ends."""
        outputs = [asyncio.ensure_future(self._forward(name, fd)) for name, fd in ends.outputs.items()]
        inputs = asyncio.ensure_future(self._feed(ends, first))
        try:
            first_of: set[asyncio.Future[Any]] = {ended, inputs, finished}
            await asyncio.wait(first_of, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done() and inputs.done():
                inputs.result()
                return
            if not ended.done():
                raise NotRunning("Instance not running")
            await asyncio.wait(outputs, timeout=LAST_WORDS)
            status = ended.result()
            await self._socket.send(
                frames.ended(128 - status if status < 0 else status, -status if status < 0 else None)
            )
        finally:
            for task in (*outputs, inputs):
                task.cancel()
            await asyncio.gather(*outputs, inputs, return_exceptions=True)

    async def _feed(self, ends: Ends, first: Input) -> None:
        """Write what the client sends; returns when it is gone."""
        frame: Input | None = first
        while frame is not None:
            if frame.size:
                ends.resize(frame.size)
            await ends.write(frame.data)
            if frame.close:
                await ends.end_input()
            message = await self._socket.receive()
            frame = None if message is None else frames.decode(message)

    async def _forward(self, name: str, fd: int) -> None:
        while data := await read(fd):
            await self._socket.send(frames.output(name, data))


class Ends:
    """The Hub's ends of a command's channels: pipes, or a terminal.

    Args:
        tty: Whether it gets a terminal.

    Attributes:
        outputs: The descriptors to read, by name.
    """

    def __init__(self, *, tty: bool) -> None:
        self._tty = tty
        self._theirs: list[int] = []
        self.outputs: dict[str, int] = {}
        self._input = -1

    def __enter__(self) -> Self:
        try:
            self._open()
        except OSError:
            self.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _open(self) -> None:
        if self._tty:
            ours, theirs = os.openpty()
            self._theirs = [theirs]
            self.outputs, self._input = {"stdout": ours}, ours
        else:
            reading, self._input = os.pipe()
            self._theirs.append(reading)
            for name in ("stdout", "stderr"):
                self.outputs[name], writing = os.pipe()
                self._theirs.append(writing)
        for fd in {self._input, *self.outputs.values()}:
            os.set_blocking(fd, False)

    def hand_over(self) -> list[int]:
        """Return the command's ends, which the caller closes."""
        theirs, self._theirs = self._theirs, []
        return [theirs[0], os.dup(theirs[0]), os.dup(theirs[0])] if self._tty else theirs

    def resize(self, size: tuple[int, int]) -> None:
        """Set the size of the terminal, lines and columns; without one, nothing happens."""
        if self._tty:
            fcntl.ioctl(self._input, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))

    async def write(self, data: bytes) -> None:
        """Write to the command's input; what it does not read any more is dropped."""
        view = memoryview(data)
        while view and self._input >= 0:
            try:
                view = view[os.write(self._input, view) :]
            except BlockingIOError:
                await ready(self._input, write=True)
            except OSError:
                return

    async def end_input(self) -> None:
        """End the command's input."""
        if self._tty:
            await self.write(END_OF_INPUT)
        elif self._input >= 0:
            os.close(self._input)
            self._input = -1

    def close(self) -> None:
        """Close all that is still open."""
        for fd in {*self._theirs, *self.outputs.values(), self._input} - {-1}:
            os.close(fd)
        self._theirs, self.outputs, self._input = [], {}, -1


async def read(fd: int) -> bytes:
    """Read what there is; empty at the end."""
    while True:
        try:
            return os.read(fd, CHUNK)
        except BlockingIOError:
            await ready(fd, write=False)
        except OSError:
            return b""  # a terminal that nothing has open any more


async def ready(fd: int, *, write: bool) -> None:
    """Wait until a descriptor can be read, or written."""
    loop = asyncio.get_running_loop()
    waiter: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        if not waiter.done():
            waiter.set_result(None)

    # A terminal is one descriptor for both directions, and the loop keeps one watch for each of them.
    (loop.add_writer if write else loop.add_reader)(fd, wake)
    try:
        await waiter
    finally:
        (loop.remove_writer if write else loop.remove_reader)(fd)
