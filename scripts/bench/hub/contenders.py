"""The Hubs that are compared: each started on loopback, with a folder of its own, and stopped."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from scripts import sth
from scripts.bench.hub.wire import BenchError

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "scramjet-hub"
THEIRS = "STH 0.18.7"
START_TIMEOUT = 30.0
STOP_TIMEOUT = 30.0


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
    """Run our own Hub."""
    with tempfile.TemporaryDirectory(prefix="bench-hub-") as folder, _hub_process(Path(folder)) as process:
        languages = {"Python", "Node"} if shutil.which("node") else {"Python"}
        yield Contender(OURS, _url(process, Path(folder)), process.pid, frozenset(languages))


@contextlib.contextmanager
def original() -> Iterator[Contender]:
    """Run STH 0.18.7 from npm.

    Raises:
        UnavailableError: It can't run on this machine; the message says what is missing.
    """
    with sth.start() as running:
        languages = {"Python", "Node"} if running.python is not None else {"Node"}
        yield Contender(THEIRS, running.url, running.pid, frozenset(languages))


@contextlib.contextmanager
def _hub_process(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(Path(sys.executable).with_name("scramjet-hub")), "--port", "0", "--data-dir", str(folder / "data")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, start_new_session=True)  # noqa: S603 - ours
    with process:
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise


def _url(process: subprocess.Popen[bytes], folder: Path) -> str:
    if process.stdout is None:
        raise BenchError("the Hub was started without a pipe to read its address from")
    ready, _, _ = select.select([process.stdout], [], [], START_TIMEOUT)
    line = process.stdout.readline().decode() if ready else ""
    if " listening on " not in line:
        raise BenchError(f"our Hub did not start:\n{(folder / 'log').read_text()[-2000:]}")
    return line.rsplit(" ", 1)[1].strip()
