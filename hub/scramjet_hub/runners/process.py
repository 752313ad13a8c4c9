"""Processes for runners: the Hub's side of the spawner."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACKET: Final = 256 * 1024
# What of the Hub's own environment a runner may see: where programs and files are and what language people speak,
# nothing that could be a secret.
PASSED_ON: Final = (
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP",
    "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE",
)  # fmt: skip
CLOSE_TIMEOUT: Final = 10.0


class SpawnError(Exception):
    """A runner could not be started."""


class RunnerProcess:
    """A runner's process.

    Attributes:
        number: What the spawner knows it by.
        pid: Its process id, once it has one.
        ended: Its exit code, or minus the signal that ended it; by then nothing it started is left.
    """

    def __init__(self, spawner: ProcessAdapter, number: int) -> None:
        self._spawner = spawner
        self.number = number
        self.pid: int | None = None
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def kill(self) -> None:
        """Kill it and all it has started."""
        self._spawner.kill(self)


class ProcessAdapter:
    """Starts runners as processes, through a spawner that is started with the first of them.

    Args:
        environ: What every runner's environment has besides `inherited_environment`.
        python: The interpreter for the spawner and thereby for Python Sequences.
    """

    def __init__(self, environ: Mapping[str, str], python: str = sys.executable) -> None:
        self._environ = {**inherited_environment(), **environ}
        self._python = python
        self._program: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._processes: dict[int, RunnerProcess] = {}
        self._numbers = itertools.count(1)
        self._unsent: list[tuple[bytes, list[int]]] = []

    @property
    def pid(self) -> int | None:
        """The process id of the spawner, while there is one."""
        return self._program.pid if self._program else None

    def open(self) -> None:
        """Start the spawner ahead of the first runner."""
        if self._socket is None:
            self._start_spawner()

    def start(self, program: Sequence[str], fds: Sequence[int]) -> RunnerProcess:
        """Start a runner; it returns before the process is there.

        Args:
            program: What to execute; empty for the Python runner.
            fds: The descriptors it starts with, in the order of `codes.CHANNELS`; they become the spawner's.
        """
        self.open()
        process = RunnerProcess(self, next(self._numbers))
        self._processes[process.number] = process
        self._send(orjson.dumps({"start": process.number, "argv": program, "env": self._environ}), list(fds))
        return process

    def kill(self, process: RunnerProcess) -> None:
        """Kill a runner and all it has started; nothing happens if it has ended."""
        if process.number in self._processes:
            self._send(orjson.dumps({"kill": process.number}), [])

    async def close(self) -> None:
        """End the spawner and with it whatever it has started."""
        if self._program is None or self._socket is None:
            return
        asyncio.get_running_loop().remove_writer(self._socket)
        self._socket.shutdown(socket.SHUT_WR)
        await asyncio.to_thread(_wait_or_kill, self._program)
        self._spawner_ended()

    def _start_spawner(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            fd = theirs.fileno()
            self._program = subprocess.Popen(  # noqa: S603 - our own program
                [self._python, "-I", "-c", _program(), str(fd)],
                pass_fds=[fd],
                stdin=subprocess.DEVNULL,
                env=self._environ,
                start_new_session=True,
            )
        ours.setblocking(False)
        self._socket = ours
        asyncio.get_running_loop().add_reader(ours, self._readable)

    def _send(self, packet: bytes, fds: list[int]) -> None:
        self._unsent.append((packet, fds))
        if len(self._unsent) == 1:
            self._flush()

    def _flush(self) -> None:
        """Send what is to be sent, now or when there is room."""
        assert self._socket is not None  # noqa: S101 - whoever sends has opened it
        while self._unsent:
            packet, fds = self._unsent[0]
            try:
                socket.send_fds(self._socket, [packet], fds)
            except BlockingIOError:
                asyncio.get_running_loop().add_writer(self._socket, self._writable)
                return
            except OSError:
                pass  # the spawner is gone; reading says so too, and ends what was being started
            for fd in fds:
                os.close(fd)
            del self._unsent[0]

    def _writable(self) -> None:
        assert self._socket is not None  # noqa: S101 - it is being watched
        asyncio.get_running_loop().remove_writer(self._socket)
        self._flush()

    def _readable(self) -> None:
        assert self._socket is not None  # noqa: S101 - it is being watched
        try:
            packet = self._socket.recv(PACKET)
        except BlockingIOError:
            return
        except OSError:
            packet = b""
        if packet:
            self._take(orjson.loads(packet))
        else:
            self._spawner_ended()

    def _take(self, message: dict[str, Any]) -> None:
        process = self._processes.get(message.get("number", 0))
        if process is None:
            return
        if "pid" in message:
            process.pid = message["pid"]
        elif "status" in message:
            del self._processes[process.number]
            process.ended.set_result(message["status"])
        else:
            del self._processes[process.number]
            process.ended.set_exception(SpawnError(message["failed"]))

    def _spawner_ended(self) -> None:
        """Forget the spawner; whatever it ran has ended with it."""
        if self._socket is None or self._program is None:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._socket)
        loop.remove_writer(self._socket)
        self._socket.close()
        self._program.poll()
        self._socket = self._program = None
        for _, fds in self._unsent:
            for fd in fds:
                os.close(fd)
        self._unsent.clear()
        processes, self._processes = self._processes, {}
        for process in processes.values():
            process.ended.set_exception(SpawnError("The process that starts runners has ended"))


def inherited_environment() -> dict[str, str]:
    """What every runner's environment has of the Hub's."""
    return {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("LC_")}


def _program() -> str:
    # Run by path, so that the interpreter needs not have the Hub among its packages, and without a trace in `sys.path`.
    root = str(Path(__file__).parents[2])
    lines = "import sys", f"sys.path.insert(0, {root!r})", "from scramjet_hub.runners import spawner", "del sys.path[0]"
    return "\n".join([*lines, "spawner.main()"])


def _wait_or_kill(program: subprocess.Popen[bytes]) -> None:
    try:
        program.wait(CLOSE_TIMEOUT)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
