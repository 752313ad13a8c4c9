"""Does not stop: ignores SIGTERM and the stop handler, has a child process that does too, and beats until killed."""

import asyncio
import os
import signal
import subprocess
import sys

from runners import given

CHILD = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def run(context, input):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", CHILD])
    print(f"{os.getpid()} {child.pid}", flush=True)

    async def on_stop(timeout, can_keep_alive):
        await asyncio.sleep(600)

    context.set_stop_handler(on_stop)
    return given(_beats())


async def _beats():
    number = 0
    while True:
        yield f"beat {number}\n"
        number += 1
        await asyncio.sleep(0.02)
