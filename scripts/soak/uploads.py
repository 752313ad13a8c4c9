"""The load on packages: uploads, runs and deletions; the remaining packages must survive the Hub."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scripts.soak.packages import DIGEST, pack
from scripts.soak.shelf import run_digest
from scripts.soak.wire import connected

if TYPE_CHECKING:
    from scripts.soak.job import Job

MOST_KEPT = 8


async def come_and_go(job: Job) -> None:
    """Upload a package and run it; delete it or one that is there already."""
    blob = job.choice.randbytes(job.choice.choice((10, 5_000, 400_000)))
    sequence = await job.host.send_sequence(pack(job.name, DIGEST, blob=blob))
    job.shelf.kept[sequence.id] = digest = hashlib.sha256(blob).hexdigest()
    job.ledger.counts["packages uploaded"] += 1
    try:
        await run_digest(job.host, sequence.id, digest)
    finally:
        if len(job.shelf.kept) > MOST_KEPT or job.choice.random() < 0.7:
            # From here on it may be gone, even if the request fails.
            del job.shelf.kept[sequence.id]
            await job.host.delete_sequence(sequence.id, force=True)


async def break_off_upload(job: Job) -> None:
    """Upload half of a package."""
    package = pack(job.name, DIGEST, blob=job.choice.randbytes(100_000))
    async with connected(job.port) as wire:
        await wire.request("POST", "/sequence", "application/octet-stream", chunked=True)
        await wire.chunk(package[: job.choice.randrange(1, len(package))])
        wire.reset()
    job.ledger.counts["uploads broken off"] += 1
