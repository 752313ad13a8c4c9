"""What starts the Hubs of tests and jobs: one that does not start is told of, and is not left running."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from scripts.servers.hub import HubServer, NotStarted

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "import sys, time; print('no disk', end='', file=sys.stderr, flush=True); print('Hello', flush=True)"
SILENT = "import os, sys, time; open(sys.argv[-1], 'w').write(str(os.getpid())); time.sleep(600)"


def test_a_hub_that_says_something_else_is_ended_and_told_of(tmp_path: Path) -> None:
    hub = HubServer(tmp_path, command=(sys.executable, "-c", f"{WRONG}; time.sleep(600)"))
    with pytest.raises(NotStarted, match=r"said 'Hello' and\nno disk"):
        hub.start()
    assert not hub.running


def test_a_hub_that_ends_at_once_is_told_of(tmp_path: Path) -> None:
    hub = HubServer(tmp_path, command=(sys.executable, "-c", "raise SystemExit('no port is free')"))
    with pytest.raises(NotStarted, match="no port is free"):
        hub.start()


def test_a_start_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def interrupt() -> None:
        while not (told.exists() and told.read_text()):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGUSR1)

    def handle(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, handle)
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            HubServer(tmp_path, str(told), command=(sys.executable, "-c", SILENT)).start()
    finally:
        thread.join()
        signal.signal(signal.SIGUSR1, before)
    assert not psutil.pid_exists(int(told.read_text()))
