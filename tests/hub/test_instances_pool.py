"""Runners that are ready before they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

from tests.support.hub_process import wait_until
from tests.support.packages import pack_python
from tests.support.runs import start, upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.hub_process import HubProcess

CHANNELS = 7
SOURCE = """
import os
async def run(context, input):
    yield f"{os.getpid()} {os.getcwd()} {os.environ['INSTANCE_ID']}"
"""


def runners(hub: HubProcess) -> set[int]:
    """The processes of the runners."""
    spawners = psutil.Process(hub.process.pid).children()
    return {child.pid for spawner in spawners for child in spawner.children()}


def test_the_next_one_is_ready_and_used(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence = upload(api, pack_python(SOURCE))
        start(api, sequence).read()
        assert wait_until(lambda: len(runners(hub)) == 1, 5)
        (ready,) = runners(hub)
        run = start(api, sequence)
        pid, folder, instance_id = run.read().decode().split()
        assert int(pid) == ready
        assert instance_id == run.id
        assert folder == run.info()["sequence"]["config"]["sequenceDir"]


def test_one_that_died_is_not_used(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence = upload(api, pack_python(SOURCE))
        for _ in range(2):
            run = start(api, sequence)
            assert run.id in run.read().decode()
            assert run.wait_for_end()["status"] == "completed"
            assert wait_until(lambda: len(runners(hub)) == 1, 5)
            (ready,) = runners(hub)
            descriptors = psutil.Process(hub.process.pid).num_fds()
            psutil.Process(ready).kill()
            # The Hub closes its ends of the channels when it hears of it.
            assert wait_until(lambda: psutil.Process(hub.process.pid).num_fds() <= descriptors - CHANNELS, 5)  # noqa: B023 - called at once


def test_one_with_a_limit_of_its_own_does_not_leave_the_next_with_it(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    source = "import resource\ndef run(context, input):\n    return str(resource.getrlimit(resource.RLIMIT_DATA)[0])\n"
    with hub.client() as api:
        sequence = upload(api, pack_python(source))
        limits = [start(api, sequence, limits=limits).read() for limits in ({"memory": 100}, {}, {"memory": 50}, {})]
        assert limits == [b"104857600", b"-1", b"52428800", b"-1"]
