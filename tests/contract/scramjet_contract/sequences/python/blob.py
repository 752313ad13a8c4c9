"""Writes every byte value over and over, to reveal text conversions on the way."""

from runners import given, of_type

provides, output_type = of_type("application/octet-stream")


def run(context, input, blocks=1):
    return given(_bytes(int(blocks)))


async def _bytes(blocks):
    for _ in range(blocks):
        yield bytes(range(256)) * 64
