"""Interrupts a wait for a part of a stream."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator


async def taken(items: AsyncIterator[Any], turns: list[int]) -> list[Any]:
    """Take all items, cancelling the wait for the next one after so many turns of the loop, time and again."""
    got = []
    turns = list(turns)
    try:
        while True:
            got.append(await insisting(lambda: anext(items), turns))
    except StopAsyncIteration:
        return got


async def insisting(ask: Callable[[], Awaitable[Any]], turns: list[int]) -> Any:
    """Ask until there is an answer, cancelling the wait for it after so many turns of the loop."""
    while True:
        waiting = asyncio.ensure_future(ask())
        if turns:
            for _ in range(turns.pop()):
                await asyncio.sleep(0)
            waiting.cancel()
        await asyncio.wait({waiting})
        if not waiting.cancelled():
            return waiting.result()


class Interrupted(BaseException):
    """Stands for the KeyboardInterrupt of a notebook."""


@pytest.fixture
def interrupt() -> Iterator[Callable[[], None]]:
    def stop(_signal: int, _frame: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, stop)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, 0.2) and None
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)
