# Copied by `make generate` from client/runtime/process.py: edit it there.
"""Fork detection, so that no process uses another's connections."""

from __future__ import annotations

import os
import threading

generation = 0
"""The number of forks that led to this process; objects opened at another number belong to another process."""

lock = threading.RLock()
"""Guards the creation of objects of which a process has one."""


def _forked() -> None:
    global generation, lock
    generation += 1
    # A thread that the fork did not copy may have held it.
    lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
