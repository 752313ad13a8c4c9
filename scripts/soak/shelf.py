"""The packages that must survive the Hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.soak.ledger import EndedEarlyError, WrongError

if TYPE_CHECKING:
    from scramjet_client import HostClient


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
