"""Starts of Instances that fail at any step: nothing is left of them."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from scramjet_hub.config import HubConfig
from scramjet_hub.hub import Hub
from scramjet_hub.runners import pool
from scramjet_hub.runners.pool import Launch
from scramjet_serving.errors import DomainError

from tests.support.archives import package

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import FrameType

    from scramjet_hub.instances.instance import Instance
    from scramjet_hub.sequences.store import Sequence

# What closes or takes back cannot fail in a way that could be made good; what only changes a container does not fail.
TAKES_BACK = ("close", "_close_all", "__enter__", "__exit__", "detach", "hand_over", "discard", "kill", "Pipe.__init__")
CONTAINERS = (list, dict, set, str, bytes, tuple, itertools.count)


class Fault:
    """Raises an error in place of one of the calls that are made while it is switched on.

    Args:
        number: Which call; counted from 0.
        error: Makes what it raises.
    """

    def __init__(self, number: int, error: Callable[[], Exception]) -> None:
        self._left = number
        self._error = error
        self.where = ""

    def __enter__(self) -> Self:
        sys.setprofile(self._on_call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _on_call(self, frame: FrameType, event: str, argument: Any) -> None:
        called = called_by_the_hub(frame, event, argument)
        if not called or called.endswith(">") or called.rpartition(".")[2] in TAKES_BACK or called in TAKES_BACK:
            return
        if self._left == 0:
            caller = frame.f_back if event == "call" and frame.f_back else frame
            self.where = f"{called}, called in {caller.f_code.co_filename}:{caller.f_lineno}"
            sys.setprofile(None)
            raise self._error()
        self._left -= 1


PACKAGES = ("scramjet_hub", "scramjet_serving")


def called_by_the_hub(frame: FrameType, event: str, argument: Any) -> str:
    """The name of a function that the Hub calls; nothing if this is no such call."""
    caller = frame.f_back if event == "call" else frame
    if (
        event not in ("call", "c_call")
        or caller is None
        or not any(package in caller.f_code.co_filename for package in PACKAGES)
    ):
        return ""
    if event == "call":
        # What undoes has to be relied on.
        return "" if frame.f_code.co_filename == contextlib.__file__ else frame.f_code.co_qualname
    return "" if isinstance(argument.__self__, CONTAINERS) else str(argument.__name__)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    # Nothing is started but what is asked for.
    monkeypatch.setattr(pool, "REFILL", 3600)
    hub = Hub(HubConfig(data_dir=tmp_path / "data", min_free_memory=0))
    yield hub
    hub.close()


@contextlib.asynccontextmanager
async def serving(hub: Hub, tmp_path: Path) -> AsyncIterator[Sequence]:
    """A Hub without a server, with one Sequence."""
    hub.start()
    archive = tmp_path / "archive"
    archive.write_bytes(package())
    async with hub.sequences.workplace() as place:
        sequence = await hub.sequences.add(place, archive, None, None)
    try:
        yield sequence
    finally:
        await hub.drain(0)


async def start(hub: Hub, sequence: Sequence, fault: Fault | None = None) -> Instance:
    """Start an Instance, which is one step for the loop, and let a call of it fail."""
    starting = hub.instances.start(sequence, app_config={}, args=[1], limits={}, instance_name="named")
    with fault or contextlib.nullcontext():
        return await starting


async def settled(hub: Hub) -> None:
    """Wait until the runners that were begun have ended."""
    adapter = hub.instances.runners._adapter
    while adapter._processes:
        await asyncio.wait([process.ended for process in adapter._processes.values()])
    await asyncio.sleep(0)
    while removing := hub.instances.runners._removing:
        await asyncio.wait(removing)


def state(hub: Hub, sequence: Sequence) -> dict[str, Any]:
    """All that a start changes."""
    selector = asyncio.get_running_loop()._selector  # type: ignore[attr-defined]
    return {
        "descriptors": sorted(path.name for path in Path("/proc/self/fd").iterdir()),
        "watched": sorted(selector.get_map()),
        "tokens": dict(hub.authorization._grants),
        "instances": [instance.id for instance in hub.instances.all()],
        "names": dict(hub.instances._names),
        "of the sequence": hub.instances.running(sequence.id),
        "tasks": len(asyncio.all_tasks()),
        "ready": list(hub.instances.runners._ready),
        "folders": [path.name for path in hub.data.work.iterdir()],
    }


async def clear(hub: Hub, instance: Instance) -> None:
    instance.kill()
    await instance.finished
    hub.instances._remove(instance)


# What failed between the making of a coroutine and that of its task leaves the coroutine to the interpreter.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine:RuntimeWarning", "ignore:.*coroutine:pytest.PytestUnraisableExceptionWarning"
)
ERRORS = [lambda: OSError(errno.EMFILE, "Too many open files"), lambda: RuntimeError("anything else")]


@pytest.mark.parametrize("stocked", [False, True], ids=["started", "from stock"])
@pytest.mark.parametrize("error", ERRORS, ids=["OSError", "RuntimeError"])
@pytest.mark.timeout(300)
def test_nothing_is_left_of_a_start_wherever_it_fails(
    hub: Hub, tmp_path: Path, error: Callable[[], Exception], stocked: bool
) -> None:
    async def fail_everywhere() -> None:
        async with serving(hub, tmp_path) as sequence:
            await clear(hub, await start(hub, sequence))
            await settled(hub)
            await asyncio.sleep(0)
            before = state(hub, sequence)
            failed = 0
            isolated = hub.sandboxes.isolates
            launch = Launch((), str(sequence.directory) if isolated else "")
            while True:
                if stocked:
                    hub.instances.runners._refill(launch)
                fault = Fault(failed, error)
                try:
                    instance = await start(hub, sequence, fault)
                except (OSError, RuntimeError, DomainError):
                    assert fault.where
                else:
                    await clear(hub, instance)
                    if not fault.where:
                        break
                hub.instances.runners._discard(launch)
                await settled(hub)
                await asyncio.sleep(0)
                assert state(hub, sequence) == before, f"after a failure of {fault.where}"
                failed += 1
            assert failed > 100

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(fail_everywhere())


@pytest.mark.parametrize("error", ERRORS, ids=["OSError", "RuntimeError"])
@pytest.mark.timeout(300)
def test_nothing_is_left_of_a_spawner_that_cannot_be_started(
    hub: Hub, tmp_path: Path, error: Callable[[], Exception]
) -> None:
    async def fail_everywhere() -> None:
        async with serving(hub, tmp_path) as sequence:
            adapter = hub.instances.runners._adapter
            await adapter.close()
            before = state(hub, sequence)
            failed = 0
            while True:
                fault = Fault(failed, error)
                try:
                    with fault:
                        adapter.open()
                except (OSError, RuntimeError):
                    assert fault.where
                else:
                    if not fault.where:
                        break
                await adapter.close()
                assert state(hub, sequence) == before, f"after a failure of {fault.where}"
                failed += 1
            assert failed > 5
            instance = await start(hub, sequence)
            await clear(hub, instance)

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(fail_everywhere())
