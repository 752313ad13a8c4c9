"""Reports itself as unhealthy."""

import asyncio

from runners import given


def run(context, input):
    context.set_health_check(lambda: {"healthy": False})
    return given(_up())


async def _up():
    yield "up\n"
    await asyncio.Event().wait()
