"""Gives back what comes in: bytes as they are, text line by line, other records as JSON."""

import json


def render(item):
    if isinstance(item, (bytes, bytearray)):
        return bytes(item)
    if isinstance(item, str):
        return item.rstrip("\n") + "\n"
    return json.dumps(item, separators=(",", ":")) + "\n"


async def run(context, input):
    async for item in input:
        yield render(item)
