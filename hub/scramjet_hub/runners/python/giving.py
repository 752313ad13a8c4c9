"""Writes the result of `run` to the output, item by item."""

from __future__ import annotations

import asyncio
import types
from collections.abc import AsyncIterable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from scramjet_hub.runners.python.output import BATCH, encoder

if TYPE_CHECKING:
    from scramjet_hub.runners.python.output import Encoder, Output

# How many items of an iterable are written before other tasks may run.
TURN = 1000


async def give(result: Any, output: Output, content_type: str) -> None:
    """Write a result to the output; re-raises its errors.

    Args:
        result: An async iterable, an iterable, or a single value; None writes nothing.
        output: The output.
        content_type: How items are encoded.
    """
    encode = encoder(content_type)
    if isinstance(result, AsyncIterable):
        await _give_async(result, output, encode)
    elif isinstance(result, types.GeneratorType):
        await _give_from_thread(result, output, encode)
    elif isinstance(result, Iterable) and not isinstance(result, (str, bytes, bytearray, memoryview, Mapping)):
        await _give_iterable(result, output, encode)
    elif result is not None:
        output.put(encode(result))


async def _give_async(items: AsyncIterable[Any], output: Output, encode: Encoder) -> None:
    async for item in items:
        if output.put(encode(item)):
            await output.drain()


async def _give_iterable(items: Iterable[Any], output: Output, encode: Encoder) -> None:
    for number, item in enumerate(items):
        if output.put(encode(item)) or number % TURN == 0:
            await output.drain()


async def _give_from_thread(items: types.GeneratorType[Any, None, None], output: Output, encode: Encoder) -> None:
    """Write from a thread, because a generator may sleep or compute between items, which would block the event loop."""

    def work() -> None:
        for item in items:
            data = encode(item)
            for start in range(0, len(data), BATCH * 16):
                output.write(data[start : start + BATCH * 16])

    loop = asyncio.get_running_loop()
    done = loop.create_future()
    _start_thread(work, done)
    await done


def _start_thread(work: Any, done: asyncio.Future[None]) -> None:
    import threading

    loop = done.get_loop()

    def settle(error: BaseException | None) -> None:
        if not done.done():
            done.set_result(None) if error is None else done.set_exception(error)

    def target() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is awaited
            loop.call_soon_threadsafe(settle, error)
        else:
            loop.call_soon_threadsafe(settle, None)

    threading.Thread(target=target, name="sequence", daemon=True).start()
