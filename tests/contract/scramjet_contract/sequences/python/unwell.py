"""Reports itself as not healthy."""

import asyncio


async def run(context, input):
    context.set_health_check(lambda: {"healthy": False})
    yield "up\n"
    await asyncio.Event().wait()
