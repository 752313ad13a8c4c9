"""Fails when it has given some of what it should."""

import asyncio


async def run(context, input):
    yield "one\n"
    yield "two\n"
    await asyncio.sleep(0)
    raise RuntimeError("ran out of numbers")
