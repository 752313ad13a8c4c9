"""A budget for what floods: channels that have more to say than fits into a turn of the loop go on in the next one.

A runner can write faster than its lines and messages are taken apart. All that the Hub spends on them in a turn is
bounded, however many runners flood, so that requests are answered in between. A channel that waits for its turn is not
read, which makes its writer wait.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeAlias

# Seconds of work in each period, and how long a period is: what floods gets half of the time at most.
SLICE: Final = 0.002
PERIOD: Final = 0.004
# How many small things are done between looks at the clock.
STRIDE: Final = 16

Step: TypeAlias = Callable[[float], bool]
"""Works until a moment on the clock of `perf_counter`; whether there is more to do. It does something in any case."""


class Turns:
    """Shares the time for what runners write among all that have written."""

    def __init__(self) -> None:
        self._waiting: deque[Step] = deque()
        self._left = SLICE
        self._timer: asyncio.TimerHandle | None = None

    def take(self, step: Step) -> None:
        """Do some work now if there is time left for it, and the rest in turns to come."""
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
