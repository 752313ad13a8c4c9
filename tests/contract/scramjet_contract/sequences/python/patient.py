"""Runs until stopped, and writes what its stop handler received; asks for more time, in milliseconds, if it may."""

import asyncio

from runners import given


def run(context, input, extra=0, repeats=0):
    told = asyncio.Event()
    words = []

    async def on_stop(timeout, can_keep_alive):
        words.append(f"stop {timeout} {str(bool(can_keep_alive)).lower()}\n")
        if can_keep_alive:
            for _ in range(int(repeats)):
                await context.keep_alive(int(extra) / 1000)
                await asyncio.sleep(int(extra) / 2000)
        words.append("stopped\n")
        told.set()

    context.set_stop_handler(on_stop)
    return given(_said(told, words))


async def _said(told, words):
    yield "waiting\n"
    await told.wait()
    for word in words:
        yield word
