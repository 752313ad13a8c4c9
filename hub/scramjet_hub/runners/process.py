"""Processes of runners: the Hub's side of the spawner."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson

from scramjet_hub.runners.adoption import (
    DYING,
    PR_SET_CHILD_SUBREAPER,
    children,
    control_process,
    kill_and_reap,
)
from scramjet_hub.runners.isolation.sandbox import NO_SANDBOX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scramjet_hub.runners.isolation.sandbox import Sandbox

PACKET: Final = 256 * 1024
# The variables of the Hub's environment that a runner may see: paths of programs and files, and the language; nothing
# that could be a secret.
PASSED_ON: Final = (
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP",
    "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE",
)  # fmt: skip
CLOSE_TIMEOUT: Final = 10.0
# How soon, in seconds, a failed send is tried again.
RETRY: Final = 0.05
# How long, in seconds, the spawner may take to answer; it waits itself for the last descendants of a runner to die.
PATIENCE: Final = 5.0


@attrs.frozen
class Command:
    """What a command beside an Instance needs that a runner is told later.

    Attributes:
        environ: Further variables.
        directory: Its working directory.
        tty: Whether its input is a terminal.
    """

    environ: Mapping[str, str]
    directory: str
    tty: bool


class SpawnError(Exception):
    """A runner could not be started."""


class RunnerProcess:
    """The process of a runner.

    Attributes:
        number: Its number in messages with the spawner.
        pid: Its process id, once it has one.
        ended: Its exit code, or minus the signal that ended it; by then all processes it started have ended.
    """

    def __init__(self, spawner: ProcessAdapter, number: int) -> None:
        self._spawner = spawner
        self.number = number
        self.pid: int | None = None
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def beside(
        self, argv: Sequence[str], hand_over: Callable[[], Sequence[int]], sandbox: Sandbox, command: Command
    ) -> RunnerProcess:
        """Start a command beside it; see `ProcessAdapter.start`."""
        return self._spawner.start(argv, hand_over, sandbox, command)

    def kill(self) -> None:
        """Kill it and all processes it has started."""
        self._spawner.kill(self)


class ProcessAdapter:
    """Starts runners as processes, through a spawner that is started with the first of them.

    Args:
        environ: The environment of every runner, in addition to `inherited_environment`.
        python: The interpreter of the spawner, and so of Python Sequences.
        mark: Called with the process id of a spawner before it starts anything, to mark it and its descendants.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        python: str = sys.executable,
        mark: Callable[[int], object] = lambda _pid: None,
    ) -> None:
        self._environ = {**inherited_environment(), **environ}
        self._python = python
        self._program: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._processes: dict[int, RunnerProcess] = {}
        self._numbers = itertools.count(1)
        self._unsent: list[tuple[bytes, list[int]]] = []
        self._mark = mark
        # Held while a spawner is started, so that it is not taken for an orphan.
        self._lock = threading.Lock()
        self._own: set[int] | None = None  # children that do not belong to Instances
        self._ending: set[asyncio.Task[None]] = set()
        self._waiting = False
        self._retry: asyncio.TimerHandle | None = None
        self._asked: asyncio.Future[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the spawner, while there is one."""
        return self._program.pid if self._program else None

    def open(self) -> None:
        """Start the spawner ahead of the first runner."""
        if self._socket is None:
            self._start_spawner()

    def start(
        self,
        program: Sequence[str],
        hand_over: Callable[[], Sequence[int]],
        sandbox: Sandbox = NO_SANDBOX,
        command: Command | None = None,
    ) -> RunnerProcess:
        """Start a runner; returns before its process exists.

        Args:
            program: The program to execute; empty for the Python runner.
            hand_over: Returns the descriptors it starts with, in the order of `codes.CHANNELS`; they are passed to the
                spawner, and closed if this fails.
            sandbox: How it is confined.
            command: What differs if it is no runner, but a command beside one.

        Raises:
            OSError: There is no spawner, and none can be started.
        """
        self.open()
        process = RunnerProcess(self, next(self._numbers))
        environ = {**self._environ, **sandbox.environ}
        message = {"start": process.number, "argv": program, "env": environ, "sandbox": sandbox.message}
        if command is not None:
            message |= {"env": {**environ, **command.environ}, "directory": command.directory, "tty": command.tty}
        packet = orjson.dumps(message)
        launch = (packet, list(hand_over()))
        with contextlib.ExitStack() as undo:
            undo.callback(self._withdraw, process, launch)
            self._processes[process.number] = process
            self._unsent.append(launch)
            self._flush()
            undo.pop_all()
        return process

    def _withdraw(self, process: RunnerProcess, launch: tuple[bytes, list[int]]) -> None:
        self._processes.pop(process.number, None)
        if launch in self._unsent:
            self._unsent.remove(launch)
            _close_all(launch[1])

    def kill(self, process: RunnerProcess) -> None:
        """Kill a runner and all processes it has started; does nothing if it has ended."""
        if process.number in self._processes:
            self._unsent.append((orjson.dumps({"kill": process.number}), []))
            if not self._waiting:
                self._flush_patiently()

    async def answers(self) -> bool:
        """Return whether the spawner, started if necessary, answers within a few seconds."""
        try:
            self.open()
        except OSError:
            return False
        answer = self._asked
        if answer is None:
            # A spawner that does not answer is asked only once, for all concurrent callers.
            answer = self._asked = asyncio.get_running_loop().create_future()
            self._unsent.append((orjson.dumps({"ask": True}), []))
            if not self._waiting:
                self._flush_patiently()
        await asyncio.wait([answer], timeout=PATIENCE)
        return answer.done()

    async def close(self) -> None:
        """End the spawner and all processes it has started."""
        if self._program is not None and self._socket is not None:
            asyncio.get_running_loop().remove_writer(self._socket)
            self._socket.shutdown(socket.SHUT_WR)
            await asyncio.to_thread(_wait_or_kill, self._program)
            self._spawner_ended()
        if self._ending:
            await asyncio.wait(self._ending)

    def _start_spawner(self) -> None:
        with self._lock:
            self._adopt()
            self._execute()

    def _adopt(self) -> None:
        """Adopt orphan processes among the descendants of the spawner."""
        if self._own is None:
            self._own = children()
            control_process(PR_SET_CHILD_SUBREAPER, 1)

    def _execute(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, contextlib.ExitStack() as undo:
            undo.enter_context(ours)
            ours.setblocking(False)
            fd = theirs.fileno()
            program = subprocess.Popen(  # noqa: S603 - a program of this package
                [self._python, "-I", "-c", _program(), str(fd)],
                pass_fds=[fd],
                stdin=subprocess.DEVNULL,
                env=self._environ,
                start_new_session=True,
            )
            undo.callback(program.wait)
            undo.callback(program.kill)
            self._mark(program.pid)
            asyncio.get_running_loop().add_reader(ours, self._readable)
            undo.pop_all()
        self._program, self._socket = program, ours

    def _flush(self) -> None:
        """Send queued packets, now or when there is room."""
        while self._unsent and not self._waiting:
            packet, fds = self._unsent[0]
            if self._send_now(packet, fds):
                del self._unsent[0]
                _close_all(fds)

    def _send_now(self, packet: bytes, fds: list[int]) -> bool:
        """Send a packet; if there is no room for it, return False and continue when there is."""
        assert self._socket is not None  # noqa: S101 - checked by the caller
        try:
            socket.send_fds(self._socket, [packet], fds)
        except BlockingIOError:
            asyncio.get_running_loop().add_writer(self._socket, self._writable)
            self._waiting = True
            return False
        except ConnectionError:
            pass  # the spawner is gone; reading detects that too, and ends the pending starts
        return True

    def _writable(self) -> None:
        assert self._socket is not None  # noqa: S101 - it is being watched
        asyncio.get_running_loop().remove_writer(self._socket)
        self._flush_patiently()

    def _flush_patiently(self) -> None:
        """Like `_flush`, but try again soon if the system lacks resources."""
        self._waiting = False
        self._retry = None
        try:
            self._flush()
        except OSError:
            self._waiting = True
            self._retry = asyncio.get_running_loop().call_later(RETRY, self._flush_patiently)

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
        if "answer" in message:
            self._answered()
            return
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

    def _answered(self) -> None:
        if self._asked is not None:
            self._asked.set_result(None)
            self._asked = None

    def _spawner_ended(self) -> None:
        """Forget the spawner; all its runners have ended with it."""
        if self._socket is None or self._program is None:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._socket)
        loop.remove_writer(self._socket)
        self._socket.close()
        self._program.poll()
        self._socket = self._program = None
        for _, fds in self._unsent:
            _close_all(fds)
        self._unsent.clear()
        self._waiting = False
        if self._retry is not None:
            self._retry.cancel()
        # The next caller gets another spawner, or an error.
        self._answered()
        processes, self._processes = self._processes, {}
        task = loop.create_task(self._end_all(list(processes.values())))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _end_all(self, processes: list[RunnerProcess]) -> None:
        """End everything that the spawner has left; only then its runners count as ended."""
        await asyncio.to_thread(self._kill_adopted)
        for process in processes:
            process.ended.set_exception(SpawnError("The process that starts runners has ended"))

    def _kill_adopted(self) -> None:
        give_up = time.monotonic() + DYING
        while time.monotonic() < give_up:
            with self._lock:
                spawner = {self._program.pid} if self._program is not None else set()
                adopted = children() - spawner - (self._own or set())
            if not adopted:
                return
            kill_and_reap(adopted)


def inherited_environment() -> dict[str, str]:
    """Return the Hub's part of every runner's environment."""
    return {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("LC_")}


def _program() -> str:
    # Run by path, so that the interpreter needs no access to the Hub's packages, and `sys.path` stays clean.
    root = str(Path(__file__).parents[2])
    lines = "import sys", f"sys.path.insert(0, {root!r})", "from scramjet_hub.runners import spawner", "del sys.path[0]"
    return "\n".join([*lines, "spawner.main()"])


def _close_all(fds: Sequence[int]) -> None:
    for fd in fds:
        os.close(fd)


def _wait_or_kill(program: subprocess.Popen[bytes]) -> None:
    try:
        program.wait(CLOSE_TIMEOUT)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
