"""Reads the topic that its package names and returns its lines in capitals."""

from runners import given

requires = {"requires": "TOPIC", "contentType": "text/plain"}


def run(context, input):
    return given(_capitals(input))


async def _capitals(input):
    async for text in input:
        yield text.upper()
