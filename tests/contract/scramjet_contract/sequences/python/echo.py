"""Returns its input: bytes and text unchanged, other records as JSON."""

import json

from runners import STH, given, of_type

if STH:
    provides, output_type = of_type("application/octet-stream")


def run(context, input):
    return given(_echoes(input))


async def _echoes(input):
    async for item in input:
        yield _bytes(item)


def _bytes(item):
    if isinstance(item, (bytes, bytearray)):
        return bytes(item)
    text = item if isinstance(item, str) else json.dumps(item, separators=(",", ":")) + "\n"
    return text.encode("utf-8", "surrogateescape")
