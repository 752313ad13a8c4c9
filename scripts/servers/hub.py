"""Starts a Hub in a process of its own, and stops it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scramjet_hub.machine.data_folder import ID, LOCK, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

COMMAND = Path(sys.executable).with_name("scramjet-hub")
GREETING = "Scramjet Hub listening on "
START_TIMEOUT = 120.0
STOP_TIMEOUT = 30.0
HISTORY = ("history.sqlite", "history.sqlite-journal", "history.sqlite-wal", "history.sqlite-shm")
LASTING = frozenset({ID, LOCK, MARK, "sequences", *HISTORY})
"""What may be in the data folder of a Hub that has ended; `work` may be there, empty, while it runs."""


class NotStarted(Exception):  # noqa: N818 - reads as what it says
    """The Hub does not start; the text has what it wrote."""


class HubServer:
    """A Hub on a free port of loopback, which can be started again on its data folder.

    Args:
        folder: Where its data, its temporary files and its log go.
        options: Further options of the command.
        environment: Further environment variables.
        command: What to run in the place of `scramjet-hub`.
        session: Whether it leads a session of its own, so that signals from a terminal do not reach it.

    Attributes:
        url: Its API base, `http://127.0.0.1:PORT/api/v1`; another one after each start.
        data_dir: Its data folder.
        tmp_dir: Its folder for temporary files.
        greeting: How the first line begins that it prints.
    """

    greeting = GREETING

    def __init__(
        self,
        folder: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = (str(COMMAND),),
        session: bool = True,
    ) -> None:
        self.url = ""
        self.data_dir = folder / "data"
        self.tmp_dir = folder / "tmp"
        self._log = folder / "hub.err"
        self._command = [*command, "--port", "0", "--data-dir", str(self.data_dir), *options]
        self._environment = environment or {}
        self._session = session
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process, running or not.

        Raises:
            NotStarted: It was never started.
        """
        if self._process is None:
            raise NotStarted("the Hub was never started")
        return self._process

    @property
    def running(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def host(self) -> str:
        """The host it listens on."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port it listens on."""
        return urlsplit(self.url).port or 80

    @property
    def stderr(self) -> str:
        """Its stderr so far, of all its starts."""
        return self._log.read_text(errors="replace")

    def start(self) -> Self:
        """Start it and wait until it listens.

        Raises:
            NotStarted: It does not.
        """
        self._process = self._launch()
        try:
            self.url = self._greeting().removeprefix(self.greeting)
        except BaseException:
            # Nothing else would end it, not even when the wait was interrupted.
            self.kill()
            raise
        return self

    def _launch(self) -> subprocess.Popen[bytes]:
        self.tmp_dir.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                self._command,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**_inherited(), "TMPDIR": str(self.tmp_dir), **self._environment},
                start_new_session=self._session,
            )

    def _greeting(self) -> str:
        stdout = self.process.stdout
        ready = stdout is not None and select.select([stdout], [], [], START_TIMEOUT)[0]
        line = stdout.readline().decode().rstrip("\n") if stdout is not None and ready else ""
        if not line.startswith(self.greeting):
            raise NotStarted(f"the Hub does not start; it said {line!r} and\n{self.stderr[-2000:].strip()}")
        return line

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop and wait for its end.

        Returns:
            Its exit code.

        Raises:
            TimeoutExpired: It does not end in time.
        """
        self.process.send_signal(number)
        return self.process.wait(STOP_TIMEOUT)

    def kill(self) -> None:
        """Kill its main process, and nothing else, if it runs."""
        if self._process is None:
            return
        if self.running:
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _inherited() -> dict[str, str]:
    # Options of the caller's own Hub must not reach this one.
    return {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}
