"""Makes a process that was just forked that of a Python Sequence."""

from __future__ import annotations

import atexit
import contextlib
import gc
import sys
import threading
import traceback
import types

from scramjet_hub.runners import codes
from scramjet_hub.runners.python.runner import Runner
from scramjet_hub.runners.python.stdin import StandardInput

# How long, in seconds, threads may take after the end of the output, as STH gives a Node Sequence.
LINGER = 10.0


def main() -> int:
    """Run the Sequence that the Hub names; the exit code.

    The descriptors are where PROTOCOL.md has them.
    """
    clean_up()
    try:
        runner = Runner({name: fd for fd, name in enumerate(codes.CHANNELS)})
    except OSError:
        traceback.print_exc()
        return codes.BAD_ENVIRONMENT
    try:
        code = runner.run()
    except (EOFError, ConnectionError):
        code = codes.BAD_ENVIRONMENT  # the Hub is gone
    except BaseException:  # noqa: BLE001 - this is the last place where anything can be caught
        traceback.print_exc()
        code = codes.UNCAUGHT
    if code not in (codes.STOPPED, codes.KILLED, codes.BAD_ENVIRONMENT):
        wait_for_threads()
    tear_down()
    return code


def clean_up() -> None:
    """Leave nothing of the process this one was forked from that a Sequence could see or trip over."""
    gc.enable()
    stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115 - a descriptor
    sys.stdin = StandardInput(stdin)
    sys.stdout = open(1, "w", 1, "utf-8", "surrogateescape", closefd=False)  # noqa: SIM115 - a descriptor
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115 - a descriptor
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    sys.modules["__main__"] = types.ModuleType("__main__")


def wait_for_threads() -> None:
    """Let threads finish what they are at, as an interpreter does at its end, but not for ever."""
    threads = [
        thread for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()
    ]
    if threads:
        waiter = threading.Thread(target=_finish, args=(threads,), daemon=True)
        waiter.start()
        waiter.join(LINGER)


def _finish(threads: list[threading.Thread]) -> None:
    # Those of an executor wait for work until they are told that there will be none.
    tell = getattr(sys.modules.get("concurrent.futures.thread"), "_python_exit", None)
    if tell is not None:
        tell()
    for thread in threads:
        thread.join()


def tear_down() -> None:
    """Do what an interpreter does when it ends."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        # It may be closed by the Sequence, or nobody is there to read it.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
