"""Gives back what it gets."""


async def run(context, input, *args):
    async for item in input:
        yield item
