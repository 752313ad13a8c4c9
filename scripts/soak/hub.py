"""The Hub that is soaked: started, killed and started again on one data folder, and counted through and through."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import psutil
from scramjet_hub.machine.data_folder import ID, LOCK, MARK

from scripts.soak.ledger import WrongError

if TYPE_CHECKING:
    from collections.abc import Iterator

GREETING = "Scramjet Hub listening on "
START_TIMEOUT = 30.0
STOP_TIMEOUT = 30.0
PR_SET_CHILD_SUBREAPER = 36
# What may be in the data folder of a Hub that has ended; `work` may be there, empty, while it runs.
LASTING = frozenset({ID, LOCK, MARK, "sequences"})


@attrs.frozen
class Census:
    """What a Hub holds at one moment.

    Attributes:
        resident: The resident bytes of its main process.
        descriptors: How many it has open.
        processes: How many it has started, itself among them.
        unfinished: Temporary files and unfinished packages.
    """

    resident: int
    descriptors: int
    processes: int
    unfinished: tuple[str, ...]

    def __str__(self) -> str:
        size = f"{self.resident / 1e6:.1f} MB resident"
        return f"{size}, {self.descriptors} descriptors, {self.processes} processes, {len(self.unfinished)} leftovers"


class SoakedHub:
    """A Hub with folders of its own.

    Args:
        folder: Where its data, its temporary files and its log go.
        options: Further options of the command.

    Attributes:
        url: Its API base; another one after each start.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.url = ""
        self._data, self._tmp, self._log = folder / "data", folder / "tmp", folder / "log"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._tmp.mkdir(parents=True, exist_ok=True)
        self._others = frozenset(processes_left(self._data))

    def start(self) -> None:
        """Start it and wait until it listens.

        Raises:
            WrongError: It does not.
        """
        adopt_orphans()
        command = [str(Path(sys.executable).with_name("scramjet-hub")), "--port", "0", "--data-dir", str(self._data)]
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, *self._options],
                stdout=subprocess.PIPE,
                stderr=log,
                env={**inherited, "TMPDIR": str(self._tmp)},
                start_new_session=True,
            )
        self.url = self._greeting().removeprefix(GREETING)

    def _greeting(self) -> str:
        stdout = self.process.stdout
        ready = stdout is not None and select.select([stdout], [], [], START_TIMEOUT)[0]
        line = stdout.readline().decode().strip() if stdout is not None and ready else ""
        if not line.startswith(GREETING):
            self.kill()
            raise WrongError(f"the Hub did not start; it said {line!r} and {self.log()[-2000:]}")
        return line

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Its main process."""
        if self._process is None:
            raise WrongError("the Hub was never started")
        return self._process

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2].partition("/")[0])

    def stop(self) -> int:
        """Ask it to stop, and wait until it has; its exit code.

        Raises:
            WrongError: It does not stop in time.
        """
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            raise WrongError(f"the Hub did not stop within {STOP_TIMEOUT:.0f} s of SIGTERM") from None
        finally:
            self.kill()

    def kill(self) -> None:
        """Kill its main process, and nothing else, if it runs."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def log(self) -> str:
        """What it wrote to stderr so far."""
        return self._log.read_text(errors="replace")

    def census(self) -> Census:
        """Count what it holds.

        Raises:
            WrongError: It does not run.
        """
        try:
            hub = psutil.Process(self.process.pid)
            started = [child for child in hub.children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
            return Census(hub.memory_info().rss, hub.num_fds(), 1 + len(started), tuple(self._unfinished()))
        except psutil.NoSuchProcess:
            raise WrongError(f"the Hub ended by itself: {self.log()[-2000:]}") from None

    def _unfinished(self) -> Iterator[str]:
        work = self._data / "work"
        for place in (work, self._tmp):
            if place.exists():
                yield from sorted(str(path.relative_to(place.parent)) for path in place.iterdir())
        yield from sorted({path.name for path in self._data.iterdir()} - LASTING - {"work"})

    def left(self) -> list[str]:
        """What there still is, besides its data, once it has ended."""
        processes = [process for process in processes_left(self._data) if process not in self._others]
        return [*processes, *self._unfinished()]


def processes_left(data: Path) -> list[str]:
    """The processes that were started for a Hub with this data folder, or that it left to us."""
    mark = f"SCRAMJET_HUB_DIR={data.absolute()}".encode()
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            ours = process.ppid() == os.getpid() and not _reaped(process)
            if ours or mark in Path(f"/proc/{process.pid}/environ").read_bytes().split(b"\0"):
                found.append(f"process {process.pid}: {' '.join(process.cmdline())}")
    return found


def _reaped(process: psutil.Process) -> bool:
    """Collect a process that has ended already; whether it had."""
    if process.status() != psutil.STATUS_ZOMBIE:
        return False
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    return True


def adopt_orphans() -> None:
    """Become the parent of descendants whose parents end, so that none of them can hide."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
