"""The spawner of runners: no matter how its Hub ends, it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import orjson
import psutil
import pytest
from scramjet_hub.runners import codes

from tests.support.hub_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = "from scramjet_hub.runners import spawner; spawner.main()"
ESCAPES = "import os, time\nif os.fork(): time.sleep(600)\nos.setsid()\nif os.fork(): os._exit(0)\ntime.sleep(600)\n"


class Spawner:
    """A spawner, and the Hub's end of its connection."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(10)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(theirs.fileno())], pass_fds=[theirs.fileno()]
            )
        assert "ready" in self.hear()

    def hear(self) -> dict[str, int]:
        """The next message."""
        message: dict[str, int] = orjson.loads(self.socket.recv(65536))
        return message

    def start(self, number: int, *argv: str) -> None:
        """Start a program as a runner."""
        fds = [os.open(os.devnull, os.O_RDWR) for _ in codes.CHANNELS]
        socket.send_fds(self.socket, [orjson.dumps({"start": number, "argv": argv, "env": {}, "sandbox": {}})], fds)
        for fd in fds:
            os.close(fd)

    def family(self, size: int) -> list[psutil.Process]:
        """Its descendants, once there are so many."""
        own = psutil.Process(self.process.pid)
        assert wait_until(lambda: len(own.children(recursive=True)) >= size, 10)
        return own.children(recursive=True)


@pytest.fixture
def spawner() -> Iterator[Spawner]:
    made = Spawner()
    yield made
    made.socket.close()
    assert made.process.wait(10) == 0


def gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@pytest.mark.parametrize("heard", [True, False])
def test_the_hub_s_end_ends_all(spawner: Spawner, heard: bool) -> None:
    spawner.start(1, sys.executable, "-c", ESCAPES)
    spawner.start(2, "/bin/sleep", "600")
    if heard:
        assert [spawner.hear()["number"], spawner.hear()["number"]] == [1, 2]
    # The runner, its child that has a session of its own, and the other one.
    family = spawner.family(3)
    spawner.socket.close()
    assert spawner.process.wait(10) == 0
    assert wait_until(lambda: gone(family), 5)


def test_killing_one_leaves_the_other(spawner: Spawner) -> None:
    spawner.start(1, sys.executable, "-c", ESCAPES)
    pid = spawner.hear()["pid"]
    family = spawner.family(2)
    spawner.start(2, "/bin/sleep", "600")
    other = psutil.Process(spawner.hear()["pid"])
    spawner.socket.send(orjson.dumps({"kill": 1}))
    assert spawner.hear() == {"number": 1, "status": -signal.SIGKILL}
    # By the time the Hub hears of it, nothing of it is left.
    assert gone(family)
    assert pid in [process.pid for process in family]
    assert other.is_running()


@pytest.mark.parametrize(
    ("argv", "status"), [(("/bin/sh", "-c", "exit 7"), 7), (("/bin/sh", "-c", "kill -9 $$"), -9), (("/not/there",), 20)]
)
def test_how_one_ended(spawner: Spawner, argv: tuple[str, ...], status: int) -> None:
    begun = time.monotonic()
    spawner.start(5, *argv)
    assert spawner.hear()["number"] == 5
    assert spawner.hear() == {"number": 5, "status": status}
    assert time.monotonic() - begun < 5


def test_killing_one_that_has_ended_does_nothing(spawner: Spawner) -> None:
    spawner.start(1, "/bin/true")
    spawner.hear()
    assert spawner.hear() == {"number": 1, "status": 0}
    spawner.socket.send(orjson.dumps({"kill": 1}))
    spawner.start(2, "/bin/true")
    assert spawner.hear()["number"] == 2
