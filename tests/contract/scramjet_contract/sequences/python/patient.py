"""Runs until stopped, and says what its stop handler was told; asks for more time if it may."""

import asyncio


async def run(context, input, extra=0, repeats=0):
    told = asyncio.Event()
    words = []

    async def on_stop(timeout, can_keep_alive):
        words.append(f"stop {timeout} {str(bool(can_keep_alive)).lower()}\n")
        if can_keep_alive:
            for _ in range(int(repeats)):
                await context.keep_alive(int(extra))
                await asyncio.sleep(int(extra) / 2000)
        words.append("stopped\n")
        told.set()

    context.set_stop_handler(on_stop)
    yield "waiting\n"
    await told.wait()
    for word in words:
        yield word
