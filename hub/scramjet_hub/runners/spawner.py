"""The process that starts runners for a Hub, and ends all that is left of each.

It is a program of its own, started by the Hub with one inherited socket. It has imported what a Python runner needs,
so that a Python Sequence starts from a copy of it (`fork`) within a few milliseconds; others it starts by `exec`.
It has one thread and imports nothing of the Hub's, so that a copy of it is a clean start.

Nothing a runner starts outlives it. A runner leads its own session and adopts its orphans; when it ends, those of its
descendants that are left become children of this process, which kills every child that is no runner.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random  # noqa: F401 - not for us: many Sequences import it, and it takes longer than most
import select
import signal
import socket
import sys
from typing import Any, NoReturn

from scramjet_hub.runners import codes
from scramjet_hub.runners.adoption import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, control_process, kill_strays
from scramjet_hub.runners.python import main as python_runner

PACKET = 256 * 1024


class Spawner:
    """Starts runners and ends them.

    Args:
        sock: The connection to the Hub: packets of JSON, one a message.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._pids: dict[int, int] = {}  # by the Hub's numbers
        self._numbers: dict[int, int] = {}  # the other way round

    def serve(self) -> None:
        """Do as the Hub says until it is gone, then end everything, as also after any mishap."""
        try:
            self._serve()
        finally:
            kill_strays(set())

    def _serve(self) -> None:
        wake_up, on_signal = socket.socketpair()
        for end in (wake_up, on_signal):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(on_signal.fileno(), warn_on_full_buffer=False)
        self._own = (self._socket, wake_up, on_signal)
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        poll.register(wake_up, select.POLLIN)
        self._tell({"ready": os.getpid()})
        while True:
            ready = {fd for fd, _ in poll.poll()}
            if wake_up.fileno() in ready:
                wake_up.recv(4096)
                self._reap()
            if self._socket.fileno() in ready and not self._obey():
                return

    def _obey(self) -> bool:
        """Carry out one message; whether the Hub is still there."""
        try:
            packet, fds, _, _ = socket.recv_fds(self._socket, PACKET, len(codes.CHANNELS))
        except ConnectionError:
            packet, fds = b"", []  # the Hub ended before it had read all that it was told
        if not packet:
            return False
        message = json.loads(packet)
        if "ask" in message:
            self._tell({"answer": True})
        elif "kill" in message:
            if pid := self._pids.get(message["kill"]):
                kill_group(pid)
        else:
            self._start(message, list(fds))
        return True

    def _start(self, launch: dict[str, Any], fds: list[int]) -> None:
        own = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            self._tell({"number": launch["start"], "failed": str(error)})
            pid = -1
        if not pid:
            self._become(launch, fds, own)
        for fd in fds:
            os.close(fd)
        if pid < 0:
            return
        self._pids[launch["start"]] = pid
        self._numbers[pid] = launch["start"]
        self._tell({"number": launch["start"], "pid": pid})

    def _become(self, launch: dict[str, Any], fds: list[int], spawner: int) -> NoReturn:
        """Be the runner; never returns."""
        code = codes.BAD_ENVIRONMENT
        try:
            for own in self._own:
                own.close()
            prepare(launch, fds, spawner)
            if launch["argv"]:
                os.execve(launch["argv"][0], launch["argv"], launch["env"])  # noqa: S606 - no shell is wanted
            code = python_runner.main()
        except BaseException as error:  # noqa: BLE001 - a copy of this process must never go on as this process
            os.write(2, f"The runner could not be started: {error}\n".encode())
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Take note of the runners that have ended, and end what they have left."""
        ended: list[tuple[int, int]] = []
        while (done := ended_child()) is not None:
            number = self._numbers.pop(done.si_pid, None)
            if number is not None:
                kill_group(done.si_pid)
                del self._pids[number]
                ended.append((number, done.si_status if done.si_code == os.CLD_EXITED else -done.si_status))
            os.waitpid(done.si_pid, 0)
        if ended:
            kill_strays(set(self._numbers))
        for number, status in ended:
            self._tell({"number": number, "status": status})

    def _tell(self, message: dict[str, Any]) -> None:
        # If the Hub is gone, the next read says so too.
        with contextlib.suppress(OSError):
            self._socket.send(json.dumps(message).encode())


def prepare(launch: dict[str, Any], fds: list[int], spawner: int) -> None:
    """Make this process, a child of the spawner, what PROTOCOL.md promises."""
    os.setsid()
    control_process(PR_SET_PDEATHSIG, signal.SIGKILL)
    control_process(PR_SET_CHILD_SUBREAPER, 1)
    if os.getppid() != spawner:  # it died before it could be asked to tell
        os._exit(codes.KILLED)
    reset_signals(for_exec=bool(launch["argv"]))
    # Only what is above all targets may be copied onto them, or one would overwrite another.
    high = [fd if fd >= len(fds) else os.dup2(fd, 100 + index) for index, fd in enumerate(fds)]
    for target, fd in enumerate(high):
        os.dup2(fd, target, inheritable=True)
    os.closerange(len(fds), max(high) + 1)
    if not launch["argv"]:
        for fd in range(3, len(fds)):
            os.set_inheritable(fd, False)
    os.environ.clear()
    os.environ.update(launch["env"])


def reset_signals(*, for_exec: bool) -> None:
    """Handle signals as a new interpreter does, or as a program that is executed expects."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL if for_exec else signal.default_int_handler)
    if for_exec:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def ended_child() -> os.waitid_result | None:
    """A child that has ended and is yet to be reaped, so that its number belongs to nobody else."""
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None


def kill_group(pid: int) -> None:
    """Kill a process and its group."""
    for kill in (os.killpg, os.kill):
        # It may have no group yet, or be gone.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def main() -> None:
    """Serve the Hub whose connection is the descriptor that the last argument names."""
    sock = socket.socket(fileno=int(sys.argv[-1]))
    sock.set_inheritable(False)
    control_process(PR_SET_CHILD_SUBREAPER, 1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the Hub's end is what ends this
    os.chdir("/")
    gc.disable()
    gc.collect()
    gc.freeze()
    Spawner(sock).serve()
