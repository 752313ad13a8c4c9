"""One life of a Hub under load: from its start to its end, which it may not choose."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any

import attrs
from scramjet_client import ApiConfig, HostClient, ScramjetError

from scripts.soak.job import Job
from scripts.soak.jobs import break_off_input, count_and_end, echo_apart, echo_both_ways, events
from scripts.soak.ledger import EndedEarlyError, WrongError
from scripts.soak.packages import standing
from scripts.soak.topics import topic
from scripts.soak.uploads import break_off_upload, come_and_go

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from scripts.soak.hub import Census, SoakedHub
    from scripts.soak.ledger import Ledger
    from scripts.soak.shelf import Shelf

WORKERS = 5
JOB_TIMEOUT = 60.0
CALM_TIMEOUT = 60.0
# How long a finished Instance stays readable here: what is kept on purpose must be gone before memory is compared.
LIFETIME = 5.0
OPTIONS = ("--instance-lifetime", str(LIFETIME), "--log-buffer", "1000", "--log-level", "warn")
# Seconds between two looks at a Hub at rest.
GLANCE = 0.25
JOBS: dict[Callable[[Job], Coroutine[Any, Any, None]], int] = {
    echo_both_ways: 4,
    echo_apart: 3,
    count_and_end: 3,
    events: 2,
    break_off_input: 2,
    topic: 6,
    come_and_go: 3,
    break_off_upload: 1,
}
# What a client sees of a Hub that was killed.
CUT = (ScramjetError, OSError, EOFError, StopAsyncIteration)


@attrs.define
class Life:
    """One life of a Hub.

    Args:
        hub: The Hub, which runs.
        number: Which life it is.
        seed: The random seed.
        ledger: Where to count.
        shelf: The packages that outlive the Hub.

    Attributes:
        doomed: Whether the Hub is about to be ended: what fails from now on proves nothing.
        polite: Whether it is asked to stop then.
    """

    hub: SoakedHub
    number: int
    seed: int
    ledger: Ledger
    shelf: Shelf
    doomed: bool = False
    polite: bool = False
    _jobs: int = 0
    _standing: dict[str, str] = attrs.field(factory=dict)

    async def prepare(self) -> None:
        """Check what the last life left, and upload what is missing.

        Raises:
            WrongError: What was acknowledged is not there.
        """
        async with self._client() as host:
            there = {sequence.name: sequence.id for sequence in await host.list_sequences() if sequence.name}
            for name, package in standing().items():
                self._standing[name] = there.get(name) or (await host.send_sequence(package, name=name)).id
            checked = await self.shelf.check(host, set(self._standing.values()))
        self.ledger.counts["packages found whole after a start"] += checked

    async def load(self, seconds: float) -> None:
        """Put the Hub under load for a while, and finish what was begun."""
        until = time.monotonic() + seconds
        async with self._client() as host:
            await asyncio.gather(*(self._work(host, until) for _ in range(WORKERS)))

    async def load_until_ended(self, seconds: float, end: Callable[[], object], *, polite: bool) -> None:
        """Put the Hub under load, and end it in the midst of that.

        Args:
            seconds: When to end it.
            end: How.
            polite: Whether the Hub is asked to stop, and so ends all streams well.
        """
        async with self._client() as host:
            working = [asyncio.create_task(self._work(host, time.monotonic() + 10 * seconds)) for _ in range(WORKERS)]
            await asyncio.sleep(seconds)
            self.doomed, self.polite = True, polite
            await asyncio.to_thread(end)
            await asyncio.gather(*working)

    def _client(self) -> HostClient:
        # Without retries, so that nothing is made good behind our back.
        return HostClient(self.hub.url, api_config=ApiConfig(max_retries=0, timeout=JOB_TIMEOUT))

    async def _work(self, host: HostClient, until: float) -> None:
        while time.monotonic() < until and not self.doomed:
            self._jobs += 1
            await self._do(host, f"{self.number}-{self._jobs}")

    async def _do(self, host: HostClient, name: str) -> None:
        choice = random.Random(f"{self.seed} {name}")  # noqa: S311 - to be repeated
        job = Job(host, self.hub.port, name, choice, self.ledger, self._standing, self.shelf)
        kind = choice.choices(list(JOBS), list(JOBS.values()))[0]
        try:
            await asyncio.wait_for(kind(job), JOB_TIMEOUT)
        except EndedEarlyError as error:
            self._on_failure(f"{kind.__name__} {name}: {error}", excused=self.polite)
        except WrongError as error:
            self.ledger.violation(f"{kind.__name__} {name}: {error}")
        except (TimeoutError, *CUT) as error:
            self._on_failure(f"{kind.__name__} {name}: {type(error).__name__} {error}")
        else:
            self.ledger.counts[f"jobs done: {kind.__name__}"] += 1

    def _on_failure(self, text: str, *, excused: bool = True) -> None:
        if self.doomed and excused:
            self.ledger.counts["jobs cut off by the end of a Hub"] += 1
        else:
            self.ledger.violation(text)

    async def calm(self, sampling: float) -> Census:
        """Wait until nothing goes on any more, and count what the Hub holds then.

        Args:
            sampling: For how many seconds to look; the least counts, for a Hub gives memory back only now and then.

        Raises:
            WrongError: Something does not end, or is not removed.
        """
        async with self._client() as host:
            await self._until_empty(host)
        best = self.hub.census()
        for _ in range(int(sampling / GLANCE)):
            await asyncio.sleep(GLANCE)
            census = self.hub.census()
            best = min(best, census, key=lambda seen: (seen.descriptors + seen.processes, seen.resident))
        if best.unfinished:
            raise WrongError(f"temporary files are left in a Hub at rest: {best.unfinished}")
        return best

    async def _until_empty(self, host: HostClient) -> None:
        deadline = time.monotonic() + CALM_TIMEOUT
        while instances := await host.list_instances():
            if time.monotonic() > deadline:
                raise WrongError(f"Instances are left in a Hub at rest: {[(i.id, i.status) for i in instances]}")
            await asyncio.sleep(GLANCE)
        if topics := await host.get_topics():
            # Jobs that were cut off by a violation leave theirs.
            self.ledger.say(f"topics left: {[topic.topic for topic in topics]}")
            for left in topics:
                await host.delete_topic(left.topic or "")
