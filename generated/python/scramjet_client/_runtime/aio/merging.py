"""Reading several streams at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping

    from .streams import AsyncStream

LONGEST_QUEUE = 16
"""Pieces that are read before somebody takes them."""


async def merged(
    streams: Mapping[str, AsyncStream[Any]], cut: Callable[[AsyncStream[Any]], AsyncIterator[Any]]
) -> AsyncGenerator[tuple[str, Any], None]:
    """Give what several streams give, in the order in which it comes, with the name of the stream.

    Args:
        streams: The streams by name.
        cut: What to take of a stream: its bytes, lines or records.

    Raises:
        ScramjetError: One of them failed.
    """
    queue: asyncio.Queue[tuple[str, Any, bool]] = asyncio.Queue(LONGEST_QUEUE)
    reading = [asyncio.create_task(_read(name, cut(stream), queue)) for name, stream in streams.items()]
    try:
        left = len(reading)
        while left:
            name, item, ended = await queue.get()
            if not ended:
                yield name, item
                continue
            left -= 1
            if item is not None:
                raise item
    finally:
        for task in reading:
            task.cancel()
        await asyncio.wait(reading)


async def _read(name: str, items: AsyncIterator[Any], queue: asyncio.Queue[tuple[str, Any, bool]]) -> None:
    error = None
    try:
        async for item in items:
            await queue.put((name, item, False))
    except Exception as failure:  # noqa: BLE001 -- it is raised again where the streams are read
        error = failure
    await queue.put((name, error, True))


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncGenerator": "collections.abc",
        "AsyncIterator": "collections.abc",
        "AsyncStream": ".streams",
        "Callable": "collections.abc",
        "Mapping": "collections.abc",
    },
)
