"""The Hub that is soaked: started, killed and started again on one data folder, and counted through and through."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import psutil
from scramjet_hub.runners.codes import CHANNELS

from scripts.servers.hub import LASTING, STOP_TIMEOUT, HubServer, NotStarted
from scripts.servers.processes import adopt_orphans, reaped
from scripts.soak.ledger import WrongError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self


@attrs.frozen
class Census:
    """The resources that a Hub holds at one moment.

    Attributes:
        resident: The resident bytes of its main process.
        descriptors: How many it has open.
        processes: How many it has started, itself among them.
        unfinished: Temporary files and unfinished packages.
        runners: How many of the processes are runners; in a Hub at rest, those started in advance.
    """

    resident: int
    descriptors: int
    processes: int
    unfinished: tuple[str, ...]
    runners: int = 0

    @property
    def own(self) -> tuple[int, int]:
        """Descriptors and processes besides those of runners, whose number at rest varies."""
        return self.descriptors - len(CHANNELS) * self.runners, self.processes - self.runners

    def __str__(self) -> str:
        size = f"{self.resident / 1e6:.1f} MB resident"
        return f"{size}, {self.descriptors} descriptors, {self.processes} processes, {len(self.unfinished)} leftovers"


class SoakedHub(HubServer):
    """A Hub with folders of its own.

    Args:
        folder: Where its data, its temporary files and its log go.
        options: Further options of the command.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        super().__init__(folder, *options)
        self.tmp_dir.mkdir(parents=True, exist_ok=True)
        self._others = frozenset(processes_left(self.data_dir))

    def start(self) -> Self:
        """Start it and wait until it listens.

        Raises:
            WrongError: It does not.
        """
        adopt_orphans()
        try:
            return super().start()
        except NotStarted as error:
            raise WrongError(str(error)) from None

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop, and wait until it has; its exit code.

        Raises:
            WrongError: It does not stop in time.
        """
        try:
            return super().stop(number)
        except subprocess.TimeoutExpired:
            raise WrongError(f"the Hub did not stop within {STOP_TIMEOUT:.0f} s of SIGTERM") from None
        finally:
            self.kill()

    def census(self) -> Census:
        """Count what it holds.

        Raises:
            WrongError: It does not run.
        """
        try:
            hub = psutil.Process(self.process.pid)
            started = [child for child in hub.children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
            runners = max(0, len(started) - 1)  # one is the spawner
            unfinished = tuple(self._unfinished(runners))
            return Census(hub.memory_info().rss, hub.num_fds(), 1 + len(started), unfinished, runners)
        except psutil.NoSuchProcess:
            raise WrongError(f"the Hub ended by itself: {self.stderr[-2000:]}") from None

    def _unfinished(self, runners: int) -> Iterator[str]:
        """Yield what belongs to nothing; each runner, also one started in advance, has a folder of its own."""
        work = self.data_dir / "work"
        for place, owners in ((work, runners), (self.tmp_dir, 0)):
            paths = list(place.iterdir()) if place.exists() else []
            if len([path for path in paths if path.is_dir()]) <= owners:
                paths = [path for path in paths if not path.is_dir()]
            yield from sorted(str(path.relative_to(place.parent)) for path in paths)
        yield from sorted({path.name for path in self.data_dir.iterdir()} - LASTING - {"work"})

    def left(self) -> list[str]:
        """Return what remains after its end besides its data."""
        processes = [process for process in processes_left(self.data_dir) if process not in self._others]
        return [*processes, *self._unfinished(runners=0)]


def processes_left(data: Path) -> list[str]:
    """The processes that were started for a Hub with this data folder, or that it left to us."""
    mark = f"SCRAMJET_HUB_DIR={data.absolute()}".encode()
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            ours = process.ppid() == os.getpid() and not reaped(process)
            if ours or mark in Path(f"/proc/{process.pid}/environ").read_bytes().split(b"\0"):
                found.append(f"process {process.pid}: {' '.join(process.cmdline())}")
    return found
