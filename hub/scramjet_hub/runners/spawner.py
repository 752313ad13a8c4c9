"""The spawner: a process that starts runners for a Hub, and ends all processes that a runner leaves.

It is a separate program, started by the Hub with one inherited socket. It has imported everything that a Python runner
needs, so that a Python Sequence starts from a copy of it (`fork`) within a few milliseconds; others start by `exec`.
It has one thread and imports nothing of the Hub, so that a copy of it is a clean start.

No process started by a runner outlives it. A runner leads its own session and adopts orphan processes among its
descendants; when it ends, its remaining descendants become children of the spawner, which kills every child that is not
a runner.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import random  # noqa: F401 - not used here: many Sequences import it, and it is slow to import
import select
import signal
import socket
import sys
import termios
from typing import Any, NoReturn

from scramjet_hub.runners import codes
from scramjet_hub.runners.adoption import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, control_process, kill_strays
from scramjet_hub.runners.isolation.confine import confine
from scramjet_hub.runners.python import main as python_runner

PACKET = 256 * 1024
# The exit codes of a shell for a command that it does not find, or cannot execute.
NOT_FOUND = 127
NOT_EXECUTABLE = 126


class Spawner:
    """Starts runners and ends them.

    Args:
        sock: The connection to the Hub: packets of JSON, one per message.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._pids: dict[int, int] = {}  # by the Hub's numbers
        self._numbers: dict[int, int] = {}  # the reverse mapping

    def serve(self) -> None:
        """Obey the Hub until it is gone, then end everything; also after any error."""
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
        """Carry out one message; return whether the Hub is still connected."""
        try:
            packet, fds, _, _ = socket.recv_fds(self._socket, PACKET, len(codes.CHANNELS))
        except ConnectionError:
            packet, fds = b"", []  # the Hub ended before it had read all messages
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
        """Become the runner; never returns."""
        code = codes.BAD_ENVIRONMENT
        try:
            for own in self._own:
                own.close()
            prepare(launch, fds, spawner)
            confine(launch["sandbox"], len(fds))
            if "directory" in launch:
                beside(launch)
            if launch["argv"]:
                os.execve(launch["argv"][0], launch["argv"], launch["env"])  # noqa: S606 - no shell is wanted
            code = python_runner.main()
        except BaseException as error:  # noqa: BLE001 - a copy of this process must never continue as the spawner
            os.write(2, f"The runner could not be started: {error}\n".encode())
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Record the runners that have ended, and kill the processes they have left."""
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
        # If the Hub is gone, the next read detects that, too.
        with contextlib.suppress(OSError):
            self._socket.send(json.dumps(message).encode())


def prepare(launch: dict[str, Any], fds: list[int], spawner: int) -> None:
    """Set up this process, a child of the spawner, as PROTOCOL.md promises."""
    os.setsid()
    control_process(PR_SET_PDEATHSIG, signal.SIGKILL)
    control_process(PR_SET_CHILD_SUBREAPER, 1)
    if os.getppid() != spawner:  # the parent died before the request to be notified of its death
        os._exit(codes.KILLED)
    reset_signals(for_exec=bool(launch["argv"]))
    # Only descriptors above all targets may be copied onto them, or one would overwrite another.
    high = [fd if fd >= len(fds) else os.dup2(fd, 100 + index) for index, fd in enumerate(fds)]
    for target, fd in enumerate(high):
        os.dup2(fd, target, inheritable=True)
    os.closerange(len(fds), max(high) + 1)
    if not launch["argv"]:
        for fd in range(3, len(fds)):
            os.set_inheritable(fd, False)
    os.environ.clear()
    os.environ.update(launch["env"])


def beside(launch: dict[str, Any]) -> NoReturn:
    """Execute a command beside an Instance, in its folder and, if asked for, on a terminal of its own."""
    if launch["tty"]:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    try:
        os.chdir(launch["directory"])
        os.execvpe(launch["argv"][0], launch["argv"], launch["env"])  # noqa: S606 - no shell is wanted
    except OSError as error:
        os.write(2, f"{launch['argv'][0]}: {error.strerror}\n".encode())
        os._exit(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE)


def reset_signals(*, for_exec: bool) -> None:
    """Reset signal handlers to those of a new interpreter, or those that an executed program expects."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL if for_exec else signal.default_int_handler)
    if for_exec:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def ended_child() -> os.waitid_result | None:
    """Return a child that has ended but is not reaped yet, so that its process id is still reserved."""
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None


def kill_group(pid: int) -> None:
    """Kill a process and its group."""
    for kill in (os.killpg, os.kill):
        # It may have no group yet, or be gone already.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def main() -> None:
    """Serve the Hub on the connection whose descriptor is the last argument."""
    sock = socket.socket(fileno=int(sys.argv[-1]))
    sock.set_inheritable(False)
    control_process(PR_SET_CHILD_SUBREAPER, 1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the end of the Hub ends this process
    os.chdir("/")
    gc.disable()
    gc.collect()
    gc.freeze()
    Spawner(sock).serve()
