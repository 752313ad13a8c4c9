"""Free memory is given back."""

from __future__ import annotations

import asyncio

import psutil
import pytest
from scramjet_hub.machine import memory_trimming
from scramjet_hub.machine.memory_trimming import Trimmer, find_trim


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
