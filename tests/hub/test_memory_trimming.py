"""Free memory is given back."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from scramjet_hub.machine import memory_trimming
from scramjet_hub.machine.memory_trimming import Trimmer, find_trim

from scripts.servers.wire import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.hub_process import HubProcess

OCTETS = {"content-type": "application/octet-stream"}


@pytest.mark.skipif(find_trim() is None, reason="this C library cannot be told to give memory back")
def test_memory_is_given_back() -> None:
    process = psutil.Process()
    blocks = [bytes(4096) + b"x" for _ in range(20_000)]
    # What stays in use lies between what does not.
    kept = blocks[::20]
    before = process.memory_info().rss
    del blocks

    async def wait_for_it() -> None:
        trimmer = Trimmer(0.01)
        trimmer.start()
        while process.memory_info().rss > before - 40_000_000:  # noqa: ASYNC110 - the system tells nobody
            await asyncio.sleep(0.01)
        trimmer.close()

    asyncio.run(asyncio.wait_for(wait_for_it(), 20))
    assert len(kept) == 1000


@pytest.mark.skipif(find_trim() is None, reason="this C library cannot be told to keep memory")
def test_a_stream_does_not_ask_for_its_memory_again_and_again(start_hub: Callable[..., HubProcess]) -> None:
    size, rounds = 2 * 1024 * 1024, 40
    hub = start_hub("--topic-buffer", str(size))
    with hub.client() as api, connect(hub) as reader:
        reader.send("GET /api/v1/topic/large HTTP/1.1\nHost: localhost\nContent-Type: application/octet-stream\n\n")
        assert reader.read_head()[0] == 200
        before = 0
        for number in range(1 + rounds):
            if number == 1:
                before = minor_faults(hub.process.pid)
            # The Hub holds all of it until the reader has confirmed it, and then frees it together.
            assert api.post("/topic/large", content=bytes(size), headers=OCTETS).status_code == 202
            left = size
            while left:
                left -= len(reader.read_chunk())
        faults = minor_faults(hub.process.pid) - before
    # It may have been given back once or twice, as it should be.
    assert faults < rounds * size / resource.getpagesize() / 10


def minor_faults(pid: int) -> int:
    """Count the pages that a process was given, as Linux does."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[7])


def test_a_c_library_that_cannot_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_trimming, "find_trim", lambda: None)

    async def start() -> Trimmer:
        trimmer = Trimmer(0)
        trimmer.start()
        await asyncio.sleep(0)
        return trimmer

    trimmer = asyncio.run(start())
    assert trimmer._timer is None
    trimmer.close()


def test_it_ends_when_it_is_closed() -> None:
    calls: list[int] = []

    async def run() -> int:
        thrice = asyncio.Event()

        def trim(pad: int) -> int:
            calls.append(pad)
            if len(calls) == 3:
                thrice.set()
            return 0

        trimmer = Trimmer(0.001)
        trimmer._trim = trim
        trimmer.start()
        await thrice.wait()
        trimmer.close()
        count = len(calls)
        await asyncio.sleep(0.05)
        return count

    assert asyncio.run(run()) == len(calls)
