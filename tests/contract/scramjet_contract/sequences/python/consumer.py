"""Reads the topic its package names and gives its lines back in capitals."""

from runners import given

requires = {"requires": "TOPIC", "contentType": "text/plain"}


def run(context, input):
    return given(_capitals(input))


async def _capitals(input):
    async for text in input:
        yield text.upper()
