"""Writes one line and ends."""

from runners import given


def run(context, input):
    return given(_said())


async def _said():
    yield "hello\n"
