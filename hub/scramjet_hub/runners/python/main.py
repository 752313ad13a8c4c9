"""Turns a freshly forked process into that of a Python Sequence."""

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

# How long, in seconds, threads may run after the end of the output, as on STH for a Node Sequence.
LINGER = 10.0


def main() -> int:
    """Run the Sequence that the Hub names; return the exit code.

    The descriptors are those of PROTOCOL.md.
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
    except BaseException:  # noqa: BLE001 - the last place that can catch an error
        traceback.print_exc()
        code = codes.UNCAUGHT
    if code not in (codes.STOPPED, codes.KILLED, codes.BAD_ENVIRONMENT):
        wait_for_threads()
    tear_down()
    return code


def clean_up() -> None:
    """Remove all traces of the forked process that a Sequence could see or stumble over."""
    gc.enable()
    stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115 - a descriptor
    sys.stdin = StandardInput(stdin)
    sys.stdout = open(1, "w", 1, "utf-8", "surrogateescape", closefd=False)  # noqa: SIM115 - a descriptor
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115 - a descriptor
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    sys.modules["__main__"] = types.ModuleType("__main__")


def wait_for_threads() -> None:
    """Wait for threads to finish, as an interpreter does at its end, but with a time limit."""
    threads = [
        thread for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()
    ]
    if threads:
        waiter = threading.Thread(target=_finish, args=(threads,), daemon=True)
        waiter.start()
        waiter.join(LINGER)


def _finish(threads: list[threading.Thread]) -> None:
    # Threads of an executor wait for work until they are told that there will be none.
    tell = getattr(sys.modules.get("concurrent.futures.thread"), "_python_exit", None)
    if tell is not None:
        tell()
    for thread in threads:
        thread.join()


def tear_down() -> None:
    """Run the steps of an interpreter's shutdown."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        # The Sequence may have closed it, or the reader may be gone.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
