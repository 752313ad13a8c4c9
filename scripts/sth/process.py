"""One running STH: started on loopback, told apart by its process group, and stopped without a trace."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psutil

from scripts.published.install import UnavailableError
from scripts.sth.packages import install, node, python_for_runner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

START = Path(__file__).with_name("start.cjs")
START_TIMEOUT = 60.0
STOP_TIMEOUT = 20.0


@dataclass(frozen=True)
class Settings:
    """Settings of one STH.

    Attributes:
        log_level: STH's own words, in small letters: trace, debug, info, warn, error.
        exit_delay: Milliseconds STH waits for a runner to go before it removes it.
        check_load: Let STH refuse new Instances on a busy machine, as it does by default.
        space: The Space to join, `HOST:PORT/api/v1/cpm/SPACE/api/v1`; empty for none.
        id: The id to join with; by default, the Space gives it one.
    """

    log_level: str = "info"
    exit_delay: int = 9000
    check_load: bool = False
    space: str = ""
    id: str = ""

    def config(self, folder: Path) -> dict[str, Any]:
        """Return STH's configuration for a Hub that keeps all it has in `folder`."""
        unbusy = {} if self.check_load else {"instanceRequirements": {"freeMem": 0, "cpuLoad": -1000, "freeSpace": 0}}
        return {
            "logLevel": self.log_level,
            "logColors": False,
            "runtimeAdapter": "process",
            "sequencesRoot": str(folder / "sequences"),
            "instanceAdapterExitDelay": self.exit_delay,
            **({"cpmUrl": self.space} if self.space else {}),
            "host": {
                **({"id": self.id} if self.id else {}),
                "hostname": "127.0.0.1",
                "port": 0,
                "instancesServerPort": 0,
                "infoFilePath": str(folder / "sth-id.json"),
            },
            **unbusy,
        }


@dataclass
class Sth:
    """A running STH.

    Attributes:
        url: Its API base.
        pid: Of the Hub's process, which leads the process group of everything it starts.
        ports: The two it listens on, both on 127.0.0.1: the API's and the one for runners.
        folder: Where it keeps Sequences and its log; removed by `stop`.
        python: What runs Python Sequences, or None when no Python of this machine fits.
    """

    url: str
    pid: int
    ports: tuple[int, int]
    folder: Path
    python: Path | None
    _process: subprocess.Popen[bytes] = field(repr=False)
    _cleanup: contextlib.ExitStack = field(repr=False)

    def log(self) -> str:
        """Return what STH has logged so far."""
        return _read_log(self.folder)

    def stop(self) -> None:
        """End STH and all its runners, and remove its folder. May be called twice."""
        self._cleanup.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


@contextlib.contextmanager
def running(settings: Settings | None = None) -> Iterator[str]:
    """Run STH for the length of a `with` block and yield its API base.

    Raises:
        UnavailableError: STH can't be installed or started here; the message says why.
    """
    with start(settings) as sth:
        yield sth.url


def start(settings: Settings | None = None) -> Sth:
    """Start STH and wait until it serves.

    Raises:
        UnavailableError: STH can't be installed or started here; the message says why.
    """
    installed = install()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sth-", ignore_cleanup_errors=True)))
        python = python_for_runner()
        reader, writer = os.pipe()
        ports_pipe = stack.enter_context(os.fdopen(reader, "rb"))
        with os.fdopen(writer, "wb"):
            process = _spawn(installed, folder, writer, settings or Settings(), python)
        stack.callback(_stop, process)
        ports = _await_ports(process, ports_pipe, folder)
        url = f"http://127.0.0.1:{ports[0]}/api/v1"
        return Sth(url, process.pid, ports, folder, python, process, stack.pop_all())


def _spawn(
    installed: Path, folder: Path, ports_fd: int, settings: Settings, python: Path | None
) -> subprocess.Popen[bytes]:
    config = json.dumps(settings.config(folder))
    command = [node(), str(START), config, str(ports_fd), str(installed.resolve())]
    with (folder / "sth.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own script, no shell
            command,
            cwd=folder,
            env=_environment(folder, python),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[ports_fd],
            start_new_session=True,
        )


def _environment(folder: Path, python: Path | None) -> dict[str, str]:
    # STH starts its Python runner as `/usr/bin/env python3`: the first python3 on the PATH has to be one that fits.
    first = folder / "bin"
    first.mkdir()
    if python is not None:
        (first / "python3").symlink_to(python)
    return {"PATH": f"{first}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), "TMPDIR": str(folder)}


def _await_ports(process: subprocess.Popen[bytes], ports: IO[bytes], folder: Path) -> tuple[int, int]:
    ready, _, _ = select.select([ports], [], [], START_TIMEOUT)
    line = ports.readline() if ready else b""
    if not line:
        state = f"ended with exit code {process.wait(STOP_TIMEOUT)}" if ready else f"did not serve in {START_TIMEOUT} s"
        raise UnavailableError(f"STH {state}. Its last words:\n{_read_log(folder)[-2000:]}")
    told = json.loads(line)
    for server in ("api", "instances"):
        if told[server]["address"] != "127.0.0.1":
            raise UnavailableError(
                f"STH's {server} server is bound to {told[server]['address']}, not to loopback alone."
            )
    return told["api"]["port"], told["instances"]["port"]


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(STOP_TIMEOUT)
    if process.stdin:
        process.stdin.close()
    deadline = time.monotonic() + STOP_TIMEOUT
    while left := _alive_in_group(process.pid):
        if time.monotonic() > deadline:
            raise RuntimeError(f"processes of STH survived it: {left}")
        psutil.wait_procs(left, timeout=0.1)


def _alive_in_group(group: int) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _is_alive_in(process, group)]


def _is_alive_in(process: psutil.Process, group: int) -> bool:
    try:
        # A zombie has ended; it only waits for init to notice.
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.Error):
        return False


def _read_log(folder: Path) -> str:
    return (folder / "sth.log").read_text(errors="replace")
