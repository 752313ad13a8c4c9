"""Programs that an Instance starts to outlive it: in a session of their own, without its environment, and hostile."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from scramjet_hub.runners.orphans import mark, number_of

from scripts.servers.hub import COMMAND
from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python
from tests.support.runs import Run, start

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

# A daemon by the book, which executes a program with an empty environment; that one does what it is told.
DAEMON = """
import os, sys, threading

def run(context, input, label, deed):
    spawner = os.getppid()
    if not os.fork():
        os.setsid()
        if os.fork():
            os._exit(0)
        source = DEEDS[deed].format(spawner=spawner) + "\\nwhile True: time.sleep(3600)"
        os.execve(sys.executable, [sys.executable, "-I", "-c", "import os, signal, sys, time\\n" + source, label], {})
    os.wait()
    threading.Event().wait()

DEEDS = {
    "none": "",
    "kill": "os.kill({spawner}, signal.SIGKILL)",
    "kill and fork": (
        "os.kill({spawner}, signal.SIGKILL)\\n"
        "for _ in range(20):\\n"
        "    if os.fork():\\n"
        "        os._exit(0)\\n"
        "    os.setsid()\\n"
        "    time.sleep(0.005)"
    ),
    "kill with many children": "for _ in range(5): os.fork()\\nos.kill({spawner}, signal.SIGKILL)",
}
"""


def daemons(label: str) -> set[int]:
    """The programs that were started under a label and still run."""
    found = set()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cmdline()[-1:] == [label] and process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
    return found


def start_daemon(api: httpx.Client, label: str, deed: str) -> Run:
    return start(api, pack_python(DAEMON), args=[label, deed])


@pytest.mark.parametrize("deed", ["kill", "kill and fork", "kill with many children"])
def test_a_daemon_that_kills_what_watches_over_it_dies_with_its_instance(
    start_hub: Callable[..., HubProcess], tmp_path: Path, deed: str
) -> None:
    label = f"daemon-of-{tmp_path}-{deed}"
    hub = start_hub("--isolation", "none")  # with any, it could not kill them
    with hub.client() as api:
        run = start_daemon(api, label, deed)
        assert run.wait_for_end()["status"] == "errored"
        # By then nothing of it is left, not only soon after.
        assert not daemons(label)
        # The Hub goes on.
        assert start(api, pack_python("def run(context, input):\n    return 'on'\n")).read() == b"on"


def test_a_daemon_dies_with_a_hub_that_is_killed(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    label = f"daemon-of-{tmp_path}"
    hub = start_hub()
    with hub.client() as api:
        start_daemon(api, label, "none")
        assert wait_until(lambda: daemons(label), 20)
    hub.stop(signal.SIGKILL)
    assert wait_until(lambda: not daemons(label), 20)
    start_hub()


def test_the_next_hub_ends_a_daemon_of_one_that_was_killed_with_all_that_watched(
    start_hub: Callable[..., HubProcess], tmp_path: Path
) -> None:
    label = f"daemon-of-{tmp_path}"
    hub = start_hub()
    with hub.client() as api:
        start_daemon(api, label, "none")
        assert wait_until(lambda: daemons(label), 20)
    watchers = [psutil.Process(hub.process.pid), *psutil.Process(hub.process.pid).children()]
    # None of them can do anything about the other's end.
    for process in watchers:
        process.suspend()
    for process in watchers:
        process.kill()
    hub.process.wait()
    assert daemons(label)
    start_hub()
    assert wait_until(lambda: not daemons(label), 20)


def test_a_hub_leaves_alone_what_is_not_its_own(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    """What has another folder's mark, or was a child of the Hub's process before it was a Hub."""
    stranger = psutil.Popen(["/bin/sleep", "600"])
    try:
        mark(tmp_path / "elsewhere", stranger.pid)
        limits = Path(f"/proc/{stranger.pid}/limits").read_text()
        assert str(number_of(tmp_path / "elsewhere")) in limits
        hub = start_hub("--isolation", "none")
        with hub.client() as api:
            run = start_daemon(api, f"daemon-of-{tmp_path}", "kill")
            run.wait_for_end()
        assert stranger.is_running()
        assert stranger.status() != psutil.STATUS_ZOMBIE
    finally:
        stranger.kill()
        stranger.wait()


def test_children_that_came_with_the_hub_s_process_stay(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    shell = f'sleep 600 & echo $! > "{pid_file}"; exec "$@"'
    hub = HubProcess(tmp_path, "--isolation", "none", command=("sh", "-c", shell, "sh", str(COMMAND)))
    hub.start()
    sleeper = psutil.Process(int(pid_file.read_text()))
    try:
        with hub.client() as api:
            start_daemon(api, f"daemon-of-{tmp_path}", "kill").wait_for_end()
        assert sleeper.status() != psutil.STATUS_ZOMBIE
        assert hub.stop() == 0
        assert sleeper.is_running()
    finally:
        hub.kill()
        sleeper.kill()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(sleeper.pid, 0)
