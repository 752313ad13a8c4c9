"""The channels to a runner: creates them, and reads and writes the Hub's ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol

import orjson
from scramjet_serving.delivery import NOTHING, Undelivered
from scramjet_serving.streams.broadcast import StreamEnded, resolve

from scramjet_hub.runners.codes import CHANNELS
from scramjet_hub.runners.turns import STRIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.streams.lines import LineLog

    from scramjet_hub.runners.turns import Turns

READ_SIZE: Final = 256 * 1024
# A log line longer than this is dropped.
LONGEST_LOG_LINE: Final = 256 * 1024


class End(Protocol):
    """An open descriptor: a socket, or the end of a pipe."""

    def fileno(self) -> int:
        """Return its number, negative once it is closed."""

    def close(self) -> None:
        """Close it."""


class Pipe:
    """One end of a pipe.

    Args:
        fd: The descriptor.
    """

    __slots__ = ("_fd",)

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def fileno(self) -> int:
        """Return the descriptor, -1 once it is closed."""
        return self._fd

    def close(self) -> None:
        """Close it."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


class Wiring:
    """Creates the channels for one runner.

    The three standard streams are pipes, because programs open `/dev/stdout` and the like, which fails for sockets.

    Attributes:
        stdin, stdout, stderr, control, log, input, output: The Hub's ends, which are non-blocking.
    """

    def __init__(self) -> None:
        self._ours: list[End] = []
        self._theirs: list[int] = []
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self.stdin = self._pipe(hub_reads=False)
            self.stdout = self._pipe(hub_reads=True)
            self.stderr = self._pipe(hub_reads=True)
            self.control, self.log, self.input, self.output = (self._socket() for _ in range(4))
            if len(self._theirs) != len(CHANNELS):
                raise AssertionError("PROTOCOL.md has other channels than these")
            undo.pop_all()

    def hand_over(self) -> list[int]:
        """Return the runner's ends, in the order of `CHANNELS`; the caller closes them."""
        theirs, self._theirs = self._theirs, []
        return theirs

    def close(self) -> None:
        """Close all ends that are still open here, because nothing will use them."""
        for end in self._ours:
            end.close()
        for fd in self.hand_over():
            os.close(fd)

    def _pipe(self, *, hub_reads: bool) -> Pipe:
        read, write = os.pipe()
        ours, theirs = (read, write) if hub_reads else (write, read)
        self._theirs.append(theirs)
        end = Pipe(ours)
        self._ours.append(end)
        os.set_blocking(ours, False)
        return end

    def _socket(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self._theirs.append(theirs.detach())
        self._ours.append(ours)
        ours.setblocking(False)
        return ours


class Target(Protocol):
    """The target of an `Inlet`, for example a `Broadcast`."""

    @property
    def full(self) -> bool:
        """Whether reading should pause."""

    def push(self, chunk: bytes) -> None:
        """Add a chunk.

        Raises:
            StreamEnded: The target accepts no more data.
        """

    def when_room(self, callback: Callable[[], object]) -> None:
        """Call `callback` once there may be room again."""

    def end(self) -> None:
        """End the target: no more data follows."""


class Inlet:
    """Reads a channel into a target, no faster than the target accepts data.

    Args:
        end: The Hub's end of the channel; closed at its end.
        target: The target.
        ended: Called once when the channel has ended or was closed.
    """

    __slots__ = ("_end", "_ended", "_fd", "_loop", "_target")

    def __init__(self, end: End, target: Target, ended: Callable[[], object]) -> None:
        self._end = end
        self._fd = end.fileno()
        self._target = target
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._fd, self._readable)

    @property
    def closed(self) -> bool:
        """Whether everything has been read."""
        return self._fd < 0

    def close(self) -> None:
        """Stop reading."""
        if self._fd < 0:
            return
        self._loop.remove_reader(self._fd)
        self._fd = -1
        self._end.close()
        self._target.end()
        self._ended()

    def _readable(self) -> None:
        try:
            chunk = os.read(self._fd, READ_SIZE)
            if chunk:
                self._target.push(chunk)
        except (BlockingIOError, InterruptedError):
            return
        except (OSError, StreamEnded):
            chunk = b""
        if not chunk:
            self.close()
        elif self._target.full:
            self._loop.remove_reader(self._fd)
            self._target.when_room(self._resume)

    def _resume(self) -> None:
        if self._fd < 0:
            return
        if self._target.full:
            self._target.when_room(self._resume)
        else:
            self._loop.add_reader(self._fd, self._readable)


class Outlet:
    """Writes to a channel. Data that the runner does not take at once is buffered; writers wait for `room`.

    Args:
        end: The Hub's end of the channel; closed when all is written, or the other end is closed.

    Attributes:
        left: Data pushed but not written when the channel was closed.
    """

    __slots__ = ("_closing", "_end", "_fd", "_loop", "_rest", "_waiters", "left")

    def __init__(self, end: End) -> None:
        self._end = end
        self._fd = end.fileno()
        self._loop = asyncio.get_running_loop()
        self._rest: memoryview | bytes = b""
        self._closing = False
        self.left = NOTHING
        self._waiters: list[asyncio.Future[None]] = []

    @property
    def ended(self) -> bool:
        """Whether nothing more can be written."""
        return self._closing or self._fd < 0

    @property
    def full(self) -> bool:
        """Whether writers have to wait."""
        return len(self._rest) > 0

    @property
    def unwritten(self) -> int:
        """Bytes that wait to be written."""
        return len(self._rest)

    async def room(self) -> None:
        """Wait until everything pushed is written, or never can be."""
        while self.full:
            waiter = self._loop.create_future()
            self._waiters.append(waiter)
            await waiter

    def push(self, chunk: bytes) -> None:
        """Write without waiting.

        Raises:
            StreamEnded: The channel or its other end was closed.
        """
        if self.ended:
            raise StreamEnded
        if self._rest:
            self._rest = bytes(self._rest) + chunk
        elif not self._write(chunk):
            raise StreamEnded

    def end(self) -> None:
        """Close the channel when everything is written."""
        self._closing = True
        if not self._rest:
            self.close()

    def close(self) -> None:
        """Close the channel now."""
        if self._fd >= 0:
            if self._rest:
                self._loop.remove_writer(self._fd)
            self._fd = -1
            self._end.close()
        if self._rest:
            whole = memoryview(self._rest).obj
            self.left = Undelivered([bytes(whole)], len(whole) - len(self._rest))  # type: ignore[arg-type]  # bytes
        self._rest = b""
        self._wake()

    def _write(self, data: memoryview | bytes) -> bool:
        """Write as much as possible; return whether the other end is still open."""
        try:
            written = os.write(self._fd, data)
        except (BlockingIOError, InterruptedError):
            written = 0
        except OSError:
            self.close()
            return False
        if written < len(data):
            if not self._rest:
                self._loop.add_writer(self._fd, self._writable)
            self._rest = memoryview(data)[written:]
        elif self._rest:
            self._rest = b""
            self._loop.remove_writer(self._fd)
        return True

    def _writable(self) -> None:
        if self._write(self._rest) and not self._rest:
            self._wake()
            if self._closing:
                self.close()

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            resolve(waiter)


class LogLines:
    """Splits incoming data into log lines; full while lines wait for their turn.

    Args:
        log: The log for the lines.
        turns: The time budget for parsing them.
    """

    __slots__ = ("_buffer", "_dropping", "_log", "_on_room", "_searched", "_turns", "full")

    def __init__(self, log: LineLog, turns: Turns) -> None:
        self._log = log
        self._turns = turns
        self._buffer = bytearray()
        self._searched = 0  # everything before contains no line end
        self._dropping = False
        self._on_room: list[Callable[[], object]] = []
        self.full = False

    def push(self, chunk: bytes) -> None:
        """Add a chunk."""
        self._buffer += chunk
        if not self.full:
            self.full = True
            self._turns.take(self._work)

    def when_room(self, callback: Callable[[], object]) -> None:
        """Call `callback` once all lines are in the log."""
        self._on_room.append(callback)

    def end(self) -> None:
        """Drop an incomplete last line."""
        self._buffer.clear()
        self._searched = 0

    def _work(self, deadline: float) -> bool:
        """Add lines to the log until the given time; return whether lines are left."""
        lines, position = [], 0
        self.full = False
        while (end := self._buffer.find(b"\n", max(position, self._searched))) >= 0:
            if end > position and not self._dropping:
                lines.append(log_line(bytes(self._buffer[position : end + 1])))
            position, self._dropping = end + 1, False
            if len(lines) % STRIDE == 0 and perf_counter() > deadline:
                self.full = True
                break
        self._log.extend(lines)
        del self._buffer[:position]
        self._searched = 0 if self.full else len(self._buffer)
        if self._searched > LONGEST_LOG_LINE:
            self._drop_line()
        if not self.full:
            self._wake()
        return self.full

    def _drop_line(self) -> None:
        """Drop a line that is too long, up to its end."""
        if not self._dropping:
            self._log.append(log_line(b"A line of more than %d bytes was dropped\n" % LONGEST_LOG_LINE))
        self._dropping = True
        self.end()

    def _wake(self) -> None:
        callbacks, self._on_room = self._on_room, []
        for callback in callbacks:
            callback()


def log_line(line: bytes) -> bytes:
    """Return a log line unchanged if it is an entry, otherwise wrapped in an entry.

    Args:
        line: The line with its end.
    """
    try:
        if isinstance(orjson.loads(line), dict):
            return line
    except orjson.JSONDecodeError:
        pass
    text = line[:-1].decode(errors="replace")
    entry = {"level": "INFO", "msg": text, "ts": time.time_ns() // 1_000_000, "from": "Sequence"}
    # bytes() copies: orjson's result keeps a buffer many times its size alive.
    return orjson.dumps(entry) + b"\n"
