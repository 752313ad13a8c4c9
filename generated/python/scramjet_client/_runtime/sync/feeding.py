# Copied by `make generate` from client/runtime/sync/feeding.py: edit it there.
"""Blocking iteration over what is async."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterator

END = object()


def feed(items: AsyncIterable[Any]) -> Iterator[Any]:
    """Give the items of an async iterable.

    It runs on an event loop in a thread of its own, so that this works where a loop is running already, as in a
    notebook.

    Args:
        items: What to iterate over. It must not need an event loop that is running elsewhere.
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
            # Still waiting if this thread was interrupted.
            pending.cancel()
        asyncio.run_coroutine_threadsafe(_finish(iterator), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _next(iterator: AsyncIterator[Any]) -> Any:
    return await anext(iterator, END)


async def _finish(iterator: AsyncIterator[Any]) -> None:
    # One turn of the loop, for what was cancelled to end.
    await asyncio.sleep(0)
    close = getattr(iterator, "aclose", None)
    if close is not None:
        await close()
    await asyncio.get_running_loop().shutdown_asyncgens()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(), {"AsyncIterable": "collections.abc", "AsyncIterator": "collections.abc", "Iterator": "collections.abc"}
)
