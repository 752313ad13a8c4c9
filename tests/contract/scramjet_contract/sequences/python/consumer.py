"""Reads the topic its package names and gives its lines back in capitals."""

requires = {"requires": "TOPIC", "contentType": "text/plain"}


async def run(context, input):
    async for line in input:
        yield line.rstrip("\n").upper() + "\n"
