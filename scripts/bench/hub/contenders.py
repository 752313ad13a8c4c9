"""The Hubs that are compared: each started on loopback, with a folder of its own, and stopped."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from scripts import sth
from scripts.bench.hub.wire import BenchError
from scripts.servers import embedded as hubs
from scripts.servers.hub import NotStarted

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "scramjet-hub"
THEIRS = "STH 0.18.7"


@dataclass(frozen=True)
class Contender:
    """One running Hub.

    Attributes:
        name: How the report calls it.
        url: Its API base.
        pid: Its main process; everything it starts is below.
        languages: What it can run Sequences in on this machine.
    """

    name: str
    url: str
    pid: int
    languages: frozenset[str]

    def processes(self) -> list[psutil.Process]:
        """Return the Hub's process and all below it."""
        hub = psutil.Process(self.pid)
        return [hub, *hub.children(recursive=True)]

    def memory(self) -> int:
        """Return the bytes of memory the Hub and all below it hold, each shared page counted once (PSS)."""
        return sum(_proportional(process) for process in self.processes())

    def resident(self) -> int:
        """Return the resident bytes of the Hub and all below it, a shared page counted once for each process (RSS)."""
        return sum(int(process.memory_info().rss) for process in self.processes())


def _proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0


@contextlib.contextmanager
def embedded() -> Iterator[Contender]:
    """Run our own Hub.

    Raises:
        BenchError: It does not start.
    """
    languages = {"Python", "Node"} if shutil.which("node") else {"Python"}
    with tempfile.TemporaryDirectory(prefix="bench-hub-") as folder, contextlib.ExitStack() as stack:
        try:
            url, process = stack.enter_context(hubs.running(Path(folder)))
        except NotStarted as error:
            raise BenchError(str(error)) from error
        yield Contender(OURS, url, process.pid, frozenset(languages))


@contextlib.contextmanager
def original() -> Iterator[Contender]:
    """Run STH 0.18.7 from npm.

    Raises:
        UnavailableError: It can't run on this machine; the message says what is missing.
    """
    with sth.start() as running:
        languages = {"Python", "Node"} if running.python is not None else {"Node"}
        yield Contender(THEIRS, running.url, running.pid, frozenset(languages))
