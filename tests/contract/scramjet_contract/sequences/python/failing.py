"""Fails: `start` before any output, `half` after one line, `exit` with an exit code, `crash` by a signal."""

import os
import signal
import sys

from runners import given


def run(context, input, how="start"):
    if how == "start":
        raise RuntimeError("refuses to start")
    return given(_half(how))


async def _half(how):
    yield "first line\n"
    if how == "exit":
        sys.exit(7)
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    raise RuntimeError("fails half-way")
