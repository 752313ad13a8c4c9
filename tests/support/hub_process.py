"""A real Hub in a process of its own, that must leave nothing behind."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil

from scripts.soak.hub import LASTING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Self

COMMAND = Path(sys.executable).with_name("scramjet-hub")
GREETING = "Scramjet Hub listening on "
START_TIMEOUT = 20.0
STOP_TIMEOUT = 20.0
PR_SET_CHILD_SUBREAPER = 36
# The Hubs that were started here; process ids may be used again, but not that soon.
HUBS: set[int] = set()


class HubProcess:
    """A Hub on a free port, with a data folder and a folder for temporary files of its own.

    Use as a context manager: leaving it stops the Hub and asserts that nothing is left of it.

    Args:
        folder: Where its folders go.
        options: Further options of the command.
        environment: Further environment variables.
        command: What to run in the place of `scramjet-hub`.

    Attributes:
        url: Its API base, `http://127.0.0.1:PORT/api/v1`.
        data_dir: Its data folder.
        token: The token that `client` uses, if any.
    """

    def __init__(
        self,
        folder: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = (str(COMMAND),),
    ) -> None:
        self._command = command
        self.data_dir = folder / "data"
        self.url = ""
        self.token = ""
        self._tmp = folder / "tmp"
        self._stderr = folder / "hub.err"
        self._options = options
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._strangers: set[int] = set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if self.running:
                self.stop()
        finally:
            self.kill()
        if error is None:
            self.assert_nothing_left()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process, running or not."""
        assert self._process is not None, "the Hub was not started"
        return self._process

    @property
    def running(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def host(self) -> str:
        """The host it listens on."""
        return httpx.URL(self.url).host

    @property
    def port(self) -> int:
        """The port it listens on."""
        return httpx.URL(self.url).port or 80

    def start(self) -> HubProcess:
        """Start it and wait until it listens."""
        _adopt_orphans()
        self._strangers = children()
        self._tmp.mkdir(parents=True, exist_ok=True)
        # Options of the surroundings have no business here.
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}
        with self._stderr.open("ab") as stderr:
            self._process = subprocess.Popen(
                [*self._command, "--port", "0", "--data-dir", str(self.data_dir), *self._options],
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**inherited, "TMPDIR": str(self._tmp), **self._environment},
                start_new_session=True,
            )
        HUBS.add(self._process.pid)
        self.url = self._greeting().removeprefix(GREETING)
        return self

    def _greeting(self) -> str:
        stdout = self.process.stdout
        assert stdout is not None
        ready, _, _ = select.select([stdout], [], [], START_TIMEOUT)
        line = stdout.readline().decode().rstrip("\n") if ready else ""
        if not line.startswith(GREETING):
            self.kill()
            raise AssertionError(f"the Hub did not start: {line!r}\n{self.stderr}")
        return line

    @property
    def stderr(self) -> str:
        """What it wrote to stderr so far."""
        return self._stderr.read_text(errors="replace")

    def client(self, **options: Any) -> httpx.Client:
        """An HTTP client for it."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False, **options)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop and wait for its end; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(STOP_TIMEOUT)

    def kill(self) -> None:
        """End it at once, if it runs."""
        if self._process is None:
            return
        if self.running:
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def assert_nothing_left(self) -> None:
        """No process that it started, no temporary file."""
        ended = wait_until(lambda: not children() - self._strangers, 5)
        left = [command_line(pid) for pid in children() - self._strangers]
        assert ended, f"processes are left: {left}\n{self.stderr}"
        assert not list(self._tmp.iterdir()), f"temporary files are left: {list(self._tmp.rglob('*'))}"
        files = {entry.name for entry in self.data_dir.iterdir()} - LASTING
        assert not files, f"files are left in the data folder: {files}"


def wait_until(condition: Any, timeout: float) -> bool:
    """Whether a condition comes true within so many seconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def children() -> set[int]:
    """Our child processes, other than Hubs; with `_adopt_orphans` also those that Hubs left behind."""
    found = set()
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if child.pid not in HUBS and not _reap(child):
                found.add(child.pid)
    return found


def command_line(pid: int) -> str:
    """What a process was started as."""
    with suppress(psutil.Error):
        return f"{pid}: {' '.join(psutil.Process(pid).cmdline())}"
    return f"{pid}: ended"


def _reap(child: psutil.Process) -> bool:
    """Collect a process that has ended already; whether it had."""
    if child.status() != psutil.STATUS_ZOMBIE:
        return False
    with suppress(ChildProcessError):
        os.waitpid(child.pid, os.WNOHANG)
    return True


def _adopt_orphans() -> None:
    """Become the parent of descendants whose parents end, so that none of them can hide."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
