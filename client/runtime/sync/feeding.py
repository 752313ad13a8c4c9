"""Blocking iteration over async iterables."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterator

END = object()


def feed(items: AsyncIterable[Any]) -> Iterator[Any]:
    """Yield the items of an async iterable.

    It runs on an event loop in a separate thread, so that this works where a loop is already running, as in a
    notebook.

    Args:
        items: The iterable. It must not depend on an event loop that runs elsewhere.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="scramjet-upload", daemon=True)
    thread.start()
    iterator = items.__aiter__()
    pending = None
    try:
        while True:
            pending = asyncio.run_coroutine_threadsafe(_next(iterator), loop)
            item = pending.result()
            if item is END:
                break
            yield item
    finally:
        if pending is not None:
            # It still waits if this thread was interrupted.
            pending.cancel()
        asyncio.run_coroutine_threadsafe(_finish(iterator), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _next(iterator: AsyncIterator[Any]) -> Any:
    return await anext(iterator, END)


async def _finish(iterator: AsyncIterator[Any]) -> None:
    # One iteration of the loop, so that cancelled tasks end.
    await asyncio.sleep(0)
    close = getattr(iterator, "aclose", None)
    if close is not None:
        await close()
    await asyncio.get_running_loop().shutdown_asyncgens()
