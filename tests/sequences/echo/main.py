"""Gives back what it gets."""


async def run(context, input):
    async for item in input:
        yield item
