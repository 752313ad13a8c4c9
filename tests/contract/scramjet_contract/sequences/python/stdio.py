"""Copies stdin to stdout and, in brackets, to stderr; ends where stdin ends."""

import sys

from runners import given, stdin_lines


def run(context, input):
    return given(_nothing())


async def _nothing():
    async for line in stdin_lines():
        print(line, flush=True)
        print(f"[{line.rstrip()}]", file=sys.stderr, flush=True)
    print("end of stdin", flush=True)
    for nothing in ():
        yield nothing
