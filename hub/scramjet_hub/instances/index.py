"""An index of Instances, so that a page of a filtered list costs no more than the page, however many there are.

Each Instance has a number, which grows with the time of its creation. For every combination of Sequence and status
there is a sorted list of numbers; a change inserts into or removes from one of them: microseconds for 10,000.
"""

from __future__ import annotations

import heapq
import time
from bisect import bisect_left, bisect_right, insort
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

MILLISECOND = 1_000_000  # nanoseconds


@attrs.frozen
class Filter:
    """Which Instances to list.

    Attributes:
        sequence: The id of their Sequence; None for any.
        statuses: Their statuses; empty for any.
        until: They were created until then, in milliseconds since 1970; None for any time.
        since: They had not ended before then, in milliseconds since 1970; None for any time.
    """

    sequence: str | None = None
    statuses: Collection[str] = ()
    until: int | None = None
    since: int | None = None


class Numbers:
    """Allots numbers: the time of creation in nanoseconds since 1970, but never the same or a smaller one again."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """Return the next number."""
        self._last = max(self._last + 1, time.time_ns())
        return self._last


class Matches:
    """The sorted numbers that match a filter, as a sequence whose slices cost what they begin with and hold.

    Args:
        runs: Sorted lists of numbers; none is in two of them.
        without: Numbers in them that do not match.
    """

    def __init__(self, runs: Sequence[Sequence[int]], without: Collection[int]) -> None:
        self._runs = runs
        self._without = without

    def __len__(self) -> int:
        return sum(map(len, self._runs)) - len(self._without)

    def __getitem__(self, part: slice) -> list[int]:
        if len(self._runs) == 1 and not self._without:
            return list(self._runs[0][part])
        count = len(self)
        start, stop, _ = part.indices(count)
        if stop <= start:
            return []
        if count - stop < start:
            # The end is nearer than the beginning.
            return list(islice(self._descending(), count - stop, count - start))[::-1]
        return list(islice(self._ascending(), start, stop))

    def _ascending(self) -> Iterator[int]:
        return (number for number in heapq.merge(*self._runs) if number not in self._without)

    def _descending(self) -> Iterator[int]:
        merged = heapq.merge(*map(reversed, self._runs), reverse=True)
        return (number for number in merged if number not in self._without)


class InstanceIndex:
    """The numbers of Instances, by Sequence and status."""

    def __init__(self) -> None:
        self._all: list[int] = []
        self._by_status: dict[str, list[int]] = {}
        self._by_sequence: dict[str, list[int]] = {}
        self._by_both: dict[tuple[str, str], list[int]] = {}

    def add(self, number: int, sequence: str, status: str) -> None:
        """Add a number."""
        insort(self._all, number)
        insort(self._by_sequence.setdefault(sequence, []), number)
        self._place(number, sequence, status)

    def remove(self, number: int, sequence: str, status: str) -> None:
        """Remove a number from its place."""
        _take(self._all, number)
        _take_from(self._by_sequence, sequence, number)
        self._displace(number, sequence, status)

    def move(self, number: int, sequence: str, old: str, new: str) -> None:
        """Move a number from one status to another."""
        self._displace(number, sequence, old)
        self._place(number, sequence, new)

    def find(self, wanted: Filter, ended_before: Iterable[int] = ()) -> Matches:
        """Return the numbers that match a filter.

        Args:
            wanted: The filter; `since` is not looked at here.
            ended_before: The numbers of those that had ended before `since`.
        """
        runs = [run for run in self._runs(wanted) if run]
        if wanted.until is not None:
            last = (wanted.until + 1) * MILLISECOND - 1
            runs = [run[: bisect_right(run, last)] for run in runs]
        return Matches(runs or [[]], {number for number in ended_before if any(_has(run, number) for run in runs)})

    def _runs(self, wanted: Filter) -> list[list[int]]:
        statuses = dict.fromkeys(wanted.statuses)
        if wanted.sequence is None:
            return [self._by_status.get(status, []) for status in statuses] if statuses else [self._all]
        if not statuses:
            return [self._by_sequence.get(wanted.sequence, [])]
        return [self._by_both.get((wanted.sequence, status), []) for status in statuses]

    def _place(self, number: int, sequence: str, status: str) -> None:
        insort(self._by_status.setdefault(status, []), number)
        insort(self._by_both.setdefault((sequence, status), []), number)

    def _displace(self, number: int, sequence: str, status: str) -> None:
        _take_from(self._by_status, status, number)
        _take_from(self._by_both, (sequence, status), number)


def _has(run: Sequence[int], number: int) -> bool:
    place = bisect_left(run, number)
    return place < len(run) and run[place] == number


def _take(run: list[int], number: int) -> None:
    # It is not there if adding it failed midway; nothing else may go in its place.
    if _has(run, number):
        del run[bisect_left(run, number)]


def _take_from(runs: dict[Any, list[int]], key: object, number: int) -> None:
    run = runs.get(key, [])
    _take(run, number)
    if not run:
        runs.pop(key, None)
