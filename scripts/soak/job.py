"""The context of the soak's jobs."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    import random
    from collections.abc import AsyncIterator

    from scramjet_client import HostClient, InstanceClient

    from scripts.soak.ledger import Ledger
    from scripts.soak.shelf import Shelf


@attrs.frozen
class Job:
    """The context of a job.

    Attributes:
        host: The Hub.
        port: Its port.
        name: A name that no other job has.
        choice: The random number generator.
        ledger: Where to count.
        standing: The Sequences that are there all the time: their ids by their names.
        shelf: The packages that come and go.
    """

    host: HostClient
    port: int
    name: str
    choice: random.Random
    ledger: Ledger
    standing: dict[str, str]
    shelf: Shelf

    @contextlib.asynccontextmanager
    async def run(self, sequence: str, *args: Any) -> AsyncIterator[InstanceClient]:
        """An Instance of a standing Sequence; killed at the end if it still runs."""
        instance = await self.host.start_sequence(self.standing[sequence], args=args or None)
        self.ledger.counts["instances started"] += 1
        async with instance:
            yield instance
