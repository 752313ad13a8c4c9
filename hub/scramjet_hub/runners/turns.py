"""A time budget for floods: channels with more data than fits into one turn of the event loop continue in the next.

A runner can write faster than the Hub parses its lines and messages. The Hub's time for them is bounded in each turn,
for all runners together, so that requests are answered in between. A channel that waits for its turn is not read, which
makes its writer wait (back-pressure).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeAlias

# Seconds of work in each period, and the length of a period: floods get at most half of the time.
SLICE: Final = 0.002
PERIOD: Final = 0.004
# How many small items are processed between looks at the clock.
STRIDE: Final = 16

Step: TypeAlias = Callable[[float], bool]
"""Works until a time on the clock of `perf_counter`; returns whether work is left. Always makes some progress."""


class Turns:
    """Shares the time budget for runners' data among all runners that have written."""

    def __init__(self) -> None:
        self._waiting: deque[Step] = deque()
        self._left = SLICE
        self._timer: asyncio.TimerHandle | None = None

    def take(self, step: Step) -> None:
        """Do some work now if time is left, and the rest in later turns."""
        if self._waiting or self._left <= 0:
            self._waiting.append(step)
        else:
            self._work(step)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PERIOD, self._begin)

    def _begin(self) -> None:
        """Begin a period."""
        self._timer = None
        idle = not self._waiting
        self._left = SLICE
        while self._waiting and self._left > 0:
            self._work(self._waiting.popleft())
        if not idle:
            self._timer = asyncio.get_running_loop().call_later(PERIOD, self._begin)

    def _work(self, step: Step) -> None:
        begun = perf_counter()
        if step(begun + self._left):
            self._waiting.append(step)
        self._left -= perf_counter() - begun
