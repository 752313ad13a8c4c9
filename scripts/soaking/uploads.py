"""The load on packages: they come, run, and go; those that stay have to survive the Hub."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scripts.soaking.ledger import EndedEarlyError, WrongError
from scripts.soaking.packages import DIGEST, pack
from scripts.soaking.wire import connected

if TYPE_CHECKING:
    from scramjet_client import HostClient

    from scripts.soaking.jobs import Job

MOST_KEPT = 8


class Shelf:
    """The packages that the Hub has acknowledged.

    Attributes:
        kept: Their digests, by their ids. One that is about to be deleted is none of them.
    """

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def check(self, host: HostClient, standing: set[str]) -> int:
        """Check after a start of the Hub that what was acknowledged is there, and that all that is there is whole.

        Args:
            host: The Hub.
            standing: The ids of Sequences that are not ours.

        Returns:
            How many were checked.

        Raises:
            WrongError: Something is missing or broken.
        """
        there = {sequence.id for sequence in await host.list_sequences()} - standing
        if missing := self.kept.keys() - there:
            raise WrongError(f"Sequences {sorted(missing)} were acknowledged, and are gone after a restart")
        for sequence in sorted(there):
            await run_digest(host, sequence, self.kept.get(sequence))
            if sequence not in self.kept:
                await host.delete_sequence(sequence)
        return len(there)


async def run_digest(host: HostClient, sequence: str, digest: str | None) -> None:
    """Run a Sequence that tells the digest of its file.

    Args:
        host: The Hub.
        sequence: Its id.
        digest: What it has to tell, if that is known.

    Raises:
        WrongError: It tells something else.
    """
    async with await host.start_sequence(sequence) as instance, instance.output as output:
        told = (await output.read()).decode()
    if not told:
        raise EndedEarlyError(f"Sequence {sequence} told no digest")
    if len(told) != 64 or told != (digest or told):
        raise WrongError(f"Sequence {sequence} holds a file of digest {told!r}, not {digest}")


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
            # From here on it may be gone, whatever becomes of the request.
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
