"""Tests written once, for the async client, and run for the blocking one as well."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scripts.generate.passes.blocking import to_blocking

if TYPE_CHECKING:
    from collections.abc import Coroutine

BLOCKING_MODULES = {
    "from scramjet_client import": "from scramjet_client.sync import",
    "scramjet_client._runtime.aio.": "scramjet_client._runtime.sync.",
    ".aio_tools": ".sync_tools",
}
"""What the blocking side imports instead."""


def blocking_test(source: str) -> str:
    """The blocking twin of a module of async tests."""
    source = to_blocking(source)
    for name, twin in BLOCKING_MODULES.items():
        source = source.replace(name, twin)
    return source


async def without_leaks(test: Coroutine[Any, Any, None]) -> None:
    """Run a test and make sure that it leaves no task behind."""
    await test
    left = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
    if left:
        # Some are just about to end.
        _, left = await asyncio.wait(left, timeout=1)
    assert not left, f"tasks that nobody waits for: {left}"
