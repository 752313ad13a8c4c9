"""Our channels, against the package of npm that Hubs use."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scripts.published.install import folder_of, has_npm, npm_install
from tests.space.mux_pairs import PATIENCE, End, Keeper, comes_true
from tests.space.test_mux import noise, run, send
from tests.support.tools import installed, needs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PEER = Path(__file__).with_name("bpmux_peer.cjs")
WANTED = {"bpmux": "8.2.1"}
OWN = 500_000
"""How many bytes bpmux sends on its own channel."""

pytestmark = needs("node", "npm")


@pytest.fixture(scope="module")
def folder() -> Path:
    target = folder_of("BPMUX_FOLDER", "bpmux-8.2.1")

    def install() -> Path:
        if not has_npm(target, WANTED):
            npm_install(target, WANTED)
        return target.resolve()

    return installed(install)


@contextlib.asynccontextmanager
async def bpmux(folder: Path) -> AsyncIterator[tuple[End, asyncio.StreamReader]]:
    """Connect to a bpmux; also returns what it says."""
    process = await asyncio.create_subprocess_exec(
        "node", str(PEER), str(folder), str(OWN), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        port = int(await process.stdout.readline())
        near = End(1 << 31)
        await asyncio.get_running_loop().create_connection(lambda: near.mux, "127.0.0.1", port)
        yield near, process.stdout
        near.mux.close("The test ends")
    finally:
        process.stdin.close()
        await process.wait()


async def forgotten(said: asyncio.StreamReader) -> None:
    """Wait until bpmux has no channel any more."""
    while await asyncio.wait_for(said.readline(), PATIENCE) != b"open 0\n":
        pass


@given(st.lists(st.tuples(st.integers(1, 200_000), st.integers(1, 70_000)), min_size=1, max_size=6))
@settings(max_examples=5, deadline=None, phases=[Phase.generate])  # each example starts a process
def test_everything_is_sent_back(folder: Path, sizes: list[tuple[int, int]]) -> None:
    async def echo() -> None:
        async with bpmux(folder) as (near, said):
            keepers = [Keeper() for _ in sizes]
            for keeper in keepers:
                near.mux.open(keeper)
            texts = [noise(size, number) for number, (size, _) in enumerate(sizes)]
            steps = [step for _, step in sizes]
            await asyncio.gather(*map(send, keepers, texts, steps))
            for keeper, text in zip(keepers, texts, strict=True):
                assert await keeper.has(len(text)) == text
            await near.until(lambda: bool(near.accepted))
            assert await near.accepted[0].has(OWN) == b"x" * OWN
            assert await asyncio.wait_for(near.accepted[0].lost, PATIENCE) is None
            for keeper in keepers:
                keeper.transport.close()
            await forgotten(said)
            assert not near.lost
            await comes_true(lambda: not near.mux.channels)

    run(echo())


def test_a_channel_that_nobody_reads_holds_up_no_other_and_can_be_closed(folder: Path) -> None:
    async def stall() -> None:
        async with bpmux(folder) as (near, said):
            await near.until(lambda: bool(near.accepted))
            near.accepted[0].transport.pause_reading()
            stalled, lively = Keeper(), Keeper()
            near.mux.open(stalled), near.mux.open(lively)
            stalled.transport.pause_reading()
            text = noise(3_000_000)
            sending = asyncio.create_task(send(stalled, text, 60_000))
            await send(lively, text, 60_000)
            assert await lively.has(len(text)) == text
            assert not sending.done()
            sending.cancel()
            for keeper in (stalled, lively, near.accepted[0]):
                keeper.transport.abort()
            await forgotten(said)
            assert not near.lost

    run(stall())
