"""A real Hub in a process of its own, that must leave nothing behind."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import psutil

from scripts.servers.hub import COMMAND, LASTING, HubServer
from scripts.servers.processes import adopt_orphans, reaped

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

# The Hubs that were started here; process ids may be used again, but not that soon.
HUBS: set[int] = set()


class HubProcess(HubServer):
    """A Hub that must leave nothing behind.

    Use as a context manager: leaving it stops the Hub and asserts that nothing is left of it.

    Args:
        folder: Where its folders go.
        options: Further options of the command.
        environment: Further environment variables.
        command: What to run in the place of `scramjet-hub`.

    Attributes:
        token: The token that `client` uses, if any.
    """

    def __init__(
        self,
        folder: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = (str(COMMAND),),
    ) -> None:
        super().__init__(folder, *options, environment=environment, command=command)
        self.token = ""
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

    def start(self) -> Self:
        """Start it and wait until it listens."""
        adopt_orphans()
        self._strangers = children()
        return super().start()

    def _launch(self) -> subprocess.Popen[bytes]:
        process = super()._launch()
        HUBS.add(process.pid)
        return process

    def client(self, **options: Any) -> httpx.Client:
        """An HTTP client for it."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False, **options)

    def assert_nothing_left(self) -> None:
        """No process that it started, no temporary file."""
        ended = wait_until(lambda: not children() - self._strangers, 5)
        left = [command_line(pid) for pid in children() - self._strangers]
        assert ended, f"processes are left: {left}\n{self.stderr}"
        assert not list(self.tmp_dir.iterdir()), f"temporary files are left: {list(self.tmp_dir.rglob('*'))}"
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
    """Our child processes, other than Hubs; with `adopt_orphans` also those that Hubs left behind."""
    found = set()
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if child.pid not in HUBS and not reaped(child):
                found.add(child.pid)
    return found


def command_line(pid: int) -> str:
    """What a process was started as."""
    with suppress(psutil.Error):
        return f"{pid}: {' '.join(psutil.Process(pid).cmdline())}"
    return f"{pid}: ended"
