"""Deadlines of whole blocking calls: they limit everything that the thread does meanwhile."""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Thread(threading.local):
    end: float | None = None


_thread = _Thread()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Limit the total time of the block, in seconds."""
    before = _thread.end
    end = time.monotonic() + seconds
    _thread.end = end if before is None else min(before, end)
    try:
        yield
    finally:
        _thread.end = before


def remaining() -> float:
    """Return the seconds left for the whole call; infinity without a limit."""
    return math.inf if _thread.end is None else _thread.end - time.monotonic()


def bounded(timeout: float | None) -> float | None:
    """Return the time limit of one step in seconds: the given one, or the time left for the whole call if shorter.

    Raises:
        TimeoutError: No time is left.
    """
    if _thread.end is None:
        return timeout
    left = _thread.end - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the whole call is over")
    return left if timeout is None else min(timeout, left)
