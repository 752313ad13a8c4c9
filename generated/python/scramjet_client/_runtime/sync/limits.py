# Copied by `make generate` from client/runtime/sync/limits.py: edit it there.
"""Time limits of a whole call, for what blocks: they hold for all that the thread does meanwhile."""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Thread(threading.local):
    end: float | None = None


_thread = _Thread()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let nothing in here wait for longer than so many seconds, all in all."""
    before = _thread.end
    end = time.monotonic() + seconds
    _thread.end = end if before is None else min(before, end)
    try:
        yield
    finally:
        _thread.end = before


def remaining() -> float:
    """Give the seconds that are left for the whole call; infinity if there is no limit."""
    return math.inf if _thread.end is None else _thread.end - time.monotonic()


def bounded(timeout: float | None) -> float | None:
    """Give how long one step may take: so many seconds, but no longer than what is left for the whole.

    Raises:
        TimeoutError: Nothing is left.
    """
    if _thread.end is None:
        return timeout
    left = _thread.end - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the whole call is over")
    return left if timeout is None else min(timeout, left)


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Iterator": "collections.abc"})
