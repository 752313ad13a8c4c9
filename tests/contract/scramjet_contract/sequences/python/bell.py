"""Answers events: `ping` with `pong` and the same message, `burst` with the given number of numbered `tick`s."""

import asyncio

from runners import given


def run(context, input):
    context.on("ping", lambda message: context.emit("pong", message))
    context.on("other", lambda message: context.emit("reply", message))
    context.on("burst", lambda count: [context.emit("tick", number) for number in range(int(count))])
    context.on("log", lambda message: context.logger.info(message))
    context.emit("ready", True)
    return given(_wait())


async def _wait():
    yield "ready\n"
    await asyncio.Event().wait()
