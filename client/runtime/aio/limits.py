"""Deadlines of whole calls."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from .primitives import running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


_end: ContextVar[float] = ContextVar("_end", default=math.inf)
"""The monotonic time at which the whole call must end."""


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Limit the total time of the block, in seconds.

    Raises:
        TimeoutError: The time is over.
        ConfigurationError: The code does not run in asyncio.
    """
    running_loop()
    before = _end.set(min(_end.get(), time.monotonic() + seconds))
    try:
        async with asyncio.timeout(seconds):
            yield
    finally:
        _end.reset(before)


def remaining() -> float:
    """Return the seconds left for the whole call; infinity without a limit."""
    return _end.get() - time.monotonic()
