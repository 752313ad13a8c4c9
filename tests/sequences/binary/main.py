"""Takes bytes and gives bytes."""


async def run(context, input):
    async for chunk in input:
        yield bytes(255 - byte for byte in chunk)
