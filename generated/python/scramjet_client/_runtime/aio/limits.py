# Copied by `make generate` from client/runtime/aio/limits.py: edit it there.
"""Time limits of a whole call."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .primitives import running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Let nothing in here wait for longer than so many seconds, all in all.

    Raises:
        TimeoutError: It would have.
        ConfigurationError: There is no asyncio here.
    """
    running_loop()
    async with asyncio.timeout(seconds):
        yield


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"AsyncIterator": "collections.abc"})
