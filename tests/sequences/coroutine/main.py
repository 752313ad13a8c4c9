"""A coroutine that sums up numbers and returns a list of texts."""

import asyncio


async def run(context, input):
    total = 0
    async for line in input:
        total += int(line)
        await asyncio.sleep(0)
    return ["sum: ", str(total), "\n"]
