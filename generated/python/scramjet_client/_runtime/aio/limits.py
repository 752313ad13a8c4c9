# Copied by `make generate` from client/runtime/aio/limits.py: edit it there.
"""Time limits of a whole call."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .primitives import running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


_end: ContextVar[float] = ContextVar("_end", default=math.inf)
"""When the time for the whole call is over."""


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Let nothing in here wait for longer than so many seconds, all in all.

    Raises:
        TimeoutError: It would have.
        ConfigurationError: There is no asyncio here.
    """
    running_loop()
    before = _end.set(min(_end.get(), time.monotonic() + seconds))
    try:
        async with asyncio.timeout(seconds):
            yield
    finally:
        _end.reset(before)


def remaining() -> float:
    """Give the seconds that are left for the whole call; infinity if there is no limit."""
    return _end.get() - time.monotonic()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"AsyncIterator": "collections.abc"})
