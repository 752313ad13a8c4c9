"""The crowd: very many Instances at once."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from scramjet_client import HostClient, ScramjetError
from scramjet_client.errors import InsufficientStorageError

from scripts.soak.ledger import WrongError
from scripts.soak.packages import READY, pack

if TYPE_CHECKING:
    from scramjet_client import SequenceClient
    from scramjet_client.models import Instance

    from scripts.soak.hub import SoakedHub
    from scripts.soak.ledger import Ledger

AT_ONCE = 8
TIMEOUT = 120.0


async def gather_crowd(hub: SoakedHub, size: int, ledger: Ledger) -> None:
    """Start many Instances that all stay, talk to each, and kill them all.

    Args:
        hub: The Hub, which runs.
        size: How many.
        ledger: Where to count.

    Raises:
        WrongError: One does not work, and the Hub did not say that it has no room.
    """
    async with HostClient(hub.url, timeout=TIMEOUT, max_retries=0) as host:
        sequence = await host.send_sequence(pack("ready", READY))
        began = time.monotonic()
        turns = asyncio.Semaphore(AT_ONCE)
        replies = await asyncio.gather(*(_start(sequence, number, turns) for number in range(size)))
        refused = [reply for reply in replies if reply]
        took, census = time.monotonic() - began, hub.census()
        await host.delete_sequence(sequence.id, force=True)
        if left := [found for found in await host.list_instances() if _belongs(found, sequence.id)]:
            raise WrongError(f"{len(left)} Instances are left after their Sequence was deleted")
    what = f"{size - len(refused)} of {size} Instances at once worked after {took:.1f} s: {census}"
    ledger.figure(f"{what}; {len(refused)} refused{': ' + refused[0] if refused else ''}")


def _belongs(instance: Instance, sequence: str) -> bool:
    """Whether an Instance is one of a Sequence's."""
    return sequence in (instance.sequence, getattr(instance.sequence, "id", ""))


async def _start(sequence: SequenceClient, number: int, turns: asyncio.Semaphore) -> str:
    """Start one and hear of it; why it was refused, if it was."""
    async with turns:
        try:
            instance = await sequence.start(args=[number])
            async with instance.output as output:
                heard = await anext(aiter(output))
        except InsufficientStorageError as error:
            return str(error)
        except (ScramjetError, StopAsyncIteration) as error:
            raise WrongError(f"Instance {number} of a crowd: {type(error).__name__} {error}") from error
    if heard != b"%d\n" % number:
        raise WrongError(f"Instance {number} of a crowd said {heard!r}")
    return ""
