"""An interrupted wait for a run loses nothing of its output, nor how it ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, errors, sync

from tests.client.runtime.interrupting import Interrupted, insisting, interrupt, taken
from tests.support.packages import SEQUENCES, pack_python

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["interrupt"]

SHORT_OF_THE_END = [[0] * 30, [1] * 40, [3] * 40, [8] * 30, [20] * 20, [50] * 20, [120] * 10]
"""After how many turns of the loop each wait is cancelled."""

WRITES_AND_STAYS = """
import asyncio

async def run(context, input):
    yield "one\\n"
    await asyncio.sleep(600)
"""


async def read_all(run: Any, kind: str, turns: list[int]) -> Any:
    """Give what a run has to say as one text."""
    if kind == "read":
        return (await insisting(run.read, list(turns))).decode()
    if kind == "bytes":
        return b"".join(await taken(run, turns)).decode()
    return "".join(f"{line}\n" for line in await taken(run.lines() if kind == "lines" else run.records(), turns))


@pytest.mark.parametrize("kind", ["bytes", "lines", "records", "read"])
async def test_a_cancelled_wait_for_a_run_loses_nothing(url: str, kind: str) -> None:
    async with HostClient(url) as host:
        for turns in SHORT_OF_THE_END:
            async with host.run(SEQUENCES / "generator", args=[3]) as run:
                await run.instance.wait()
                assert await read_all(run, kind, turns) == "1\n2\n3\n"
        assert await host.list_sequences() == []


@pytest.mark.parametrize("kind", ["bytes", "lines", "read"])
async def test_a_cancelled_wait_does_not_hide_that_a_run_failed(url: str, kind: str) -> None:
    async with HostClient(url) as host:
        for turns in SHORT_OF_THE_END:
            async with host.run(SEQUENCES / "fails_halfway") as run:
                await run.instance.wait()
                for _ in range(2):
                    with pytest.raises(errors.InstanceFailedError):
                        await read_all(run, kind, turns)
        assert await host.list_sequences() == []


async def test_a_cancelled_check_of_an_output_keeps_it(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "generator")
        for turns in SHORT_OF_THE_END:
            instance = await sequence.start(args=[3])
            await instance.wait()
            read = partial(instance.output.read, check=True)
            assert await insisting(read, list(turns)) == b"1\n2\n3\n"
        await host.delete_sequence(sequence.id, force=True)


async def test_a_run_that_was_left_before_its_end_does_not_seem_to_have_ended(url: str) -> None:
    async with HostClient(url) as host:
        for kind in ("bytes", "lines", "records", "read"):
            async with host.run(SEQUENCES / "generator", args=[3]) as run:
                await run.instance.wait()
            with pytest.raises(errors.StreamBroken):
                await read_all(run, kind, [])


@pytest.mark.parametrize("kind", ["bytes", "lines", "read"])
def test_an_interrupted_run_of_a_thread_does_not_seem_to_have_ended(
    url: str, interrupt: Callable[[], None], kind: str
) -> None:
    with sync.HostClient(url) as host:
        with host.run(pack_python(WRITES_AND_STAYS)) as run:
            items: Any = run.lines() if kind == "lines" else run
            assert next(items) in ("one", b"one\n")
            for expected in (Interrupted, errors.StreamBroken, errors.StreamBroken):
                if expected is Interrupted:
                    interrupt()
                with pytest.raises(expected):
                    run.read() if kind == "read" else next(items)
        assert host.list_sequences() == []
