"""Writes text to descriptor 3, where a runner of the embedded Hub has its control channel."""

import os

from runners import given


def run(context, input, text):
    os.write(3, text.encode() + b"\n")
    return given(_told())


async def _told():
    yield "told\n"
