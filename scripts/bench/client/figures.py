"""Figures, and the functions that measure them."""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scripts.bench.client.environment import Environment

OURS = "ours"
IMPORTS = {
    OURS: "import scramjet_client",
    "ours, a client made": "import scramjet_client; scramjet_client.HostClient('http://127.0.0.1:8000')",
    "ours, ready to ask": "import scramjet_client, scramjet_client._runtime.aio.sender; scramjet_client.HostClient",
    "httpx": "import httpx",
    "httpx, attrs, asyncio": "import httpx, attrs, asyncio",
    "aiohttp": "import aiohttp",
    "openapi-python-client": "import stock_client.api.hub.get_version",
    "openapi-generator": "import generator_client; generator_client.HubApi",
    "published": "import client.host_client",
    "nothing": "pass",
}
BLOCKING = {"ours-blocking": "httpx-blocking"}


@attrs.frozen
class Effort:
    """The amount of work to measure.

    Attributes:
        rounds: How often each is done, in turn with the others.
        items: Instances in a list that is decoded.
        calls: Calls in a round.
        volume: Bytes of a stream whose speed is measured.
        records: Records of a stream.
        memory: Bytes of a stream whose memory is measured.
    """

    rounds: int
    items: int
    calls: int
    volume: int
    records: int
    memory: int


FULL = Effort(rounds=7, items=10_000, calls=2000, volume=512 << 20, records=500_000, memory=2 << 30)
QUICK = Effort(rounds=1, items=200, calls=20, volume=16 << 20, records=5_000, memory=96 << 20)


@attrs.frozen
class Goal:
    """A goal for a figure.

    Attributes:
        name: The goal in words.
        met: Whether a figure meets it.
    """

    name: str
    met: Callable[[Figure], bool]


@attrs.frozen
class Figure:
    """One thing that was measured.

    Attributes:
        name: What it is.
        unit: In what it is given.
        values: All rounds' values, by contender.
        more_is_better: Whether the larger one wins.
        ours: Which contender of ours is compared.
        goals: What we have set ourselves.
    """

    name: str
    unit: str
    values: Mapping[str, Sequence[float]]
    more_is_better: bool = False
    ours: str = OURS
    goals: tuple[Goal, ...] = ()

    @property
    def medians(self) -> dict[str, float]:
        """The median of each contender."""
        return {name: statistics.median(values) for name, values in self.values.items()}

    def ratios(self, other: str) -> list[float]:
        """Our value to another's, round by round: what slows down the machine for a while slows down both.

        Args:
            other: A contender; rounds in which its value is not positive do not count.
        """
        pairs = zip(self.values[self.ours], self.values[other], strict=True)
        return [ours / others for ours, others in pairs if others > 0]

    def ratio(self, other: str) -> float:
        """The median of `ratios`; not a number if there are none."""
        return statistics.median(self.ratios(other) or [math.nan])

    @property
    def missed(self) -> list[str]:
        """The goals that were missed."""
        return [f"{self.name}: {goal.name}" for goal in self.goals if not goal.met(self)]


def imports(environment: Environment, effort: Effort) -> Figure:
    """Measure how long importing takes beyond starting Python; the contenders in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(max(effort.rounds * 2, 2)):
        for name, code in IMPORTS.items():
            start = time.perf_counter()
            environment.run("-c", code)
            seconds[name].append(time.perf_counter() - start)
    nothing = statistics.median(seconds.pop("nothing"))
    values = {name: [(value - nothing) * 1000 for value in taken] for name, taken in seconds.items()}
    goal = Goal("at most 20 ms above bare httpx", lambda of: of.medians[OURS] <= of.medians["httpx"] + 20)
    ready = Goal(
        "once ready to ask, at most 20 ms above what that needs: httpx, attrs and asyncio",
        lambda of: of.medians["ours, ready to ask"] <= of.medians["httpx, attrs, asyncio"] + 20,
    )
    return Figure("import", "ms", values, goals=(goal, ready))


def decoding(environment: Environment, effort: Effort, kind: str) -> Figure:
    """Measure decoding a list of Instances."""
    values = environment.work("decode", str(effort.rounds), str(effort.items), kind)
    goals = (
        Goal("at most half of openapi-python-client's", lambda of: of.ratio("openapi-python-client") <= 0.5),
        Goal("less than pydantic's validate_json", lambda of: of.ratio("pydantic validate_json") < 1),
    )
    name = {"short": "as the API reference shows them", "full": "as Hubs send them"}[kind]
    return Figure(f"decode {effort.items:,} Instances, {name}", "ms", values, goals=goals)


def calling(environment: Environment, effort: Effort) -> Iterator[Figure]:
    """Measure a call without a socket."""
    figures = environment.work("calls", str(effort.rounds), str(effort.calls))
    goal = Goal("at most 1.1 of bare httpx", lambda of: of.ratio("httpx") <= 1.1)
    for twin, values in figures.items():
        yield Figure(f"a call without a socket, {twin}", "µs", values, goals=(goal,))


def streaming(environment: Environment, effort: Effort, url: str) -> Iterator[Figure]:
    """Measure the speed of streams; the contenders in turn, each in a process of its own."""
    everybody = ("ours", "httpx", "ours-blocking", "httpx-blocking", "aiohttp")
    for work, count, names in (
        ("download", effort.volume, everybody),
        ("upload", effort.volume, everybody),
        ("records", effort.records, (*everybody, "published")),
    ):
        values: dict[str, list[float]] = {name: [] for name in names}
        scale = 1 if work == "records" else 1e6
        for number in range(effort.rounds):
            # Neighbours are compared; who of them is first changes.
            for name in names if number % 2 else reversed(names):
                seconds = environment.work("streams", name, work, url, str(count))["seconds"]
                values[name].append(count / seconds / scale)
        unit = "records/s" if work == "records" else "MB/s"
        yield from _by_twin(work, unit, values)


def _by_twin(work: str, unit: str, values: dict[str, list[float]]) -> Iterator[Figure]:
    for ours, bare in {OURS: "httpx", **BLOCKING}.items():
        twin = "blocking" if ours in BLOCKING else "async"
        shown = {name: taken for name, taken in values.items() if name.endswith("-blocking") == (twin == "blocking")}
        goal = Goal("at least 0.9 of bare httpx", lambda of, b=bare: of.ratio(b) >= 0.9)  # type: ignore[misc] # the default binds now
        yield Figure(f"{work}, {twin}", unit, shown, more_is_better=True, ours=ours, goals=(goal,))


def remembering(environment: Environment, effort: Effort, url: str) -> Iterator[Figure]:
    """Measure how much memory's peak grows over a long stream."""
    everybody = ("ours", "ours-blocking", "httpx-blocking", "aiohttp")
    for work, name in (("download", "download"), ("file", "upload of a file"), ("upload", "upload of pieces")):
        values = {
            contender: [environment.work("streams", contender, work, url, str(effort.memory))["growth"] / (1 << 20)]
            for contender in everybody
        }
        goals = tuple(
            Goal(f"{ours} grows by less than 60 MiB", lambda of, o=ours: of.medians[o] < 60)  # type: ignore[misc] # as above
            for ours in ("ours", "ours-blocking")
        )
        yield Figure(f"memory over {effort.memory >> 20:,} MiB, {name}", "MiB", values, goals=goals)


@contextmanager
def server() -> Iterator[str]:
    """Serve streams to measure with, and give the address."""
    command = [sys.executable, str(Path(__file__).with_name("server.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own
        try:
            assert process.stdout is not None  # noqa: S101 -- it is a pipe
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()
