"""Figures, and how two Hubs compare by them."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scripts.bench.hub.contenders import Contender


@dataclass(frozen=True)
class Effort:
    """The duration and amount of work to measure.

    Attributes:
        seconds: Of each run of requests.
        volume: Bytes through a topic in one run.
        records: Small records through a topic in one run.
        lines: Small lines through an Instance in one run.
        starts: Instances started, one after the other, in one of the rounds.
        instances: Instances held at once when memory is measured.
        uploads: Packages sent in one run.
    """

    seconds: float
    volume: int
    records: int
    lines: int
    starts: int
    instances: int
    uploads: int


FULL = Effort(seconds=3, volume=1 << 30, records=300_000, lines=50_000, starts=20, instances=100, uploads=100)
QUICK = Effort(seconds=0.2, volume=1 << 22, records=2_000, lines=1_000, starts=2, instances=2, uploads=3)


@dataclass(frozen=True)
class Figure:
    """The meaning of one number.

    Attributes:
        name: For the report.
        unit: Its unit, for the report.
        more_is_better: Requests a second are; milliseconds and bytes of memory are not.
        goal: The ratio, ours to theirs, that we have set ourselves; None where we only look.
        share: For a measure that gives samples, the share of them that are no larger than the figure.
    """

    name: str
    unit: str
    more_is_better: bool = True
    goal: float | None = None
    share: float | None = None

    def wins(self, ratio: float) -> bool:
        """Return whether such a ratio, ours to theirs, is in our favour."""
        return ratio >= 1 if self.more_is_better else ratio <= 1

    def meets_goal(self, ratio: float) -> bool | None:
        """Return whether the ratio is what we have set ourselves; None without a goal."""
        if self.goal is None:
            return None
        return ratio >= self.goal if self.more_is_better else ratio <= self.goal


@dataclass(frozen=True)
class Measure:
    """One thing that is measured, which may give several figures.

    Attributes:
        key: Names it on the command line.
        figures: What it gives.
        run: Does it once on a Hub; returns a value for each figure, or samples for those with a share.
        rounds: How often at most; None for as often as the bench is told.
        fresh: Whether each round needs a Hub that has done nothing yet.
        language: What the Hub has to run Sequences in, if in any.
    """

    key: str
    figures: tuple[Figure, ...]
    run: Callable[[Contender, Effort], Sequence[float]]
    rounds: int | None = None
    fresh: bool = False
    language: str = ""


@dataclass(frozen=True)
class Spread:
    """The minimum, the median and the maximum of several values."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Sum up at least one value."""
        return cls(min(values), statistics.median(values), max(values))


@dataclass
class Result:
    """All rounds of one measure.

    Attributes:
        measure: What was measured.
        rounds: For each Hub, by its name, what each round gave, one value a figure.
        failures: For each Hub that failed in it, how.
        left_out: For each Hub that was not asked to do it, why.
    """

    measure: Measure
    rounds: dict[str, list[Sequence[float]]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def values(self, name: str, number: int) -> list[float]:
        """Return what each round gave for one figure on one Hub; nothing when it could not be measured."""
        if name in self.failures:
            return []
        return [self._value(number, values) for values in self.rounds.get(name, [])]

    def spread(self, name: str, number: int) -> Spread | None:
        """Return the spread of one figure on one Hub; None when it could not be measured."""
        values = self.values(name, number)
        if not values:
            return None
        return Spread(min(values), self._middle(name, number), max(values))

    def ratio(self, ours: str, theirs: str, number: int) -> Spread | None:
        """Return the spread of the ratio of two Hubs, round by round; None unless both were measured."""
        mine, other = self.values(ours, number), self.values(theirs, number)
        if not mine or not other:
            return None
        ratios = Spread.of([one / another for one, another in zip(mine, other, strict=True)])
        if self.measure.figures[number].share is None:
            return ratios
        return Spread(ratios.low, self._middle(ours, number) / self._middle(theirs, number), ratios.high)

    def _middle(self, name: str, number: int) -> float:
        """The median of the rounds; of samples, the percentile of all rounds together."""
        if self.measure.figures[number].share is None:
            return statistics.median(self.values(name, number))
        return self._value(number, list(chain.from_iterable(self.rounds[name])))

    def _value(self, number: int, values: Sequence[float]) -> float:
        share = self.measure.figures[number].share
        return values[number] if share is None else percentile(sorted(values), share)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest of the ordered values that `share` of them do not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
