"""Sends an event, a line on every stream and a log entry, many times a second, until it is stopped."""

import asyncio
import sys

from runners import given


def run(context, input):
    return given(_ticks(context))


async def _ticks(context):
    number = 0
    while True:
        context.emit("tick", number)
        context.logger.info(f"tick {number}")
        print(number, flush=True)
        print(number, file=sys.stderr, flush=True)
        yield f"{number}\n"
        number += 1
        await asyncio.sleep(0.05)
