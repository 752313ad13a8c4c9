"""The load on topics: several writers and readers, some of which break off or dawdle."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scripts.soak.jobs import whole_lines
from scripts.soak.ledger import WrongError
from scripts.soak.records import Follower, line, lines
from scripts.soak.wire import connected

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scripts.soak.job import Job

RECORDS: Any = "application/x-ndjson"


async def topic(job: Job) -> None:
    """Write and read a topic; every reader gets all acknowledged records, in each writer's order."""
    name = f"soak-{job.name}"
    counts = {f"{job.name}-w{number}": job.choice.randrange(1, 300) for number in range(job.choice.randrange(1, 5))}
    readers = [job.host.get_topic(name, RECORDS) for _ in range(job.choice.randrange(1, 5))]
    followers = [Follower() for _ in readers]
    reading: list[asyncio.Task[None]] = []
    try:
        await asyncio.gather(*(reader.open() for reader in readers))
        reading = [asyncio.create_task(_read(job, *pair)) for pair in zip(readers, followers, strict=True)]
        await _write_all(job, name, counts)
        await job.host.send_topic(name, b"", content_type=RECORDS, end_stream=True)
        await asyncio.gather(*reading)
        await job.host.delete_topic(name)
    finally:
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        for reader in readers:
            await reader.aclose()
    _check(job, counts, followers)


async def _read(job: Job, source: AsyncIterator[bytes], follower: Follower) -> None:
    dawdles = job.choice.random() < 0.3
    count = 0
    async for text in whole_lines(source):
        follower.take(text)
        count += 1
        if dawdles and count % 50 == 0:
            await asyncio.sleep(0.01)


async def _write_all(job: Job, name: str, counts: dict[str, int]) -> None:
    writing = [_write(job, name, lines(job.choice, writer, count)) for writer, count in counts.items()]
    await asyncio.gather(*writing, _break_off_writing(job, name), _break_off_reading(job, name))


async def _write(job: Job, name: str, texts: list[bytes]) -> None:
    """Write in one request, cut anywhere."""
    data = b"".join(texts)
    step = job.choice.randrange(1, 20_000)
    parts: Iterable[bytes] = (data[start : start + step] for start in range(0, len(data), step))
    await job.host.send_topic(name, parts, content_type=RECORDS)


async def _break_off_writing(job: Job, name: str) -> None:
    """Write some lines and a half, and break off."""
    async with connected(job.port) as wire:
        await wire.request("POST", f"/topic/{name}", RECORDS, chunked=True)
        for number in range(job.choice.randrange(20)):
            await wire.chunk(line(f"{job.name}-broken", number, 20))
        await wire.chunk(line(f"{job.name}-half", 0, 200)[:100])
        wire.reset()
    job.ledger.counts["connections dropped while writing"] += 1


async def _break_off_reading(job: Job, name: str) -> None:
    """Begin to read, and break off."""
    async with connected(job.port) as wire:
        await wire.request("GET", f"/topic/{name}", RECORDS)
        await wire.reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(job.choice.random() * 0.05)
        wire.reset()
    job.ledger.counts["connections dropped while reading"] += 1


def _check(job: Job, counts: dict[str, int], followers: list[Follower]) -> None:
    for follower in followers:
        for writer, count in counts.items():
            if follower.came(writer) != count:
                raise WrongError(f"of {count} acknowledged lines of {writer}, {follower.came(writer)} came to a reader")
        if f"{job.name}-half" in follower.next:
            raise WrongError("half a line of a writer that broke off came as a whole one")
        job.ledger.counts["lines of topics checked"] += sum(follower.next.values())
