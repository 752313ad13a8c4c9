# Copied by `make generate` from client/runtime/process.py: edit it there.
"""Notices forks, so that no process uses the connections of another."""

from __future__ import annotations

import os
import threading

generation = 0
"""Counts the forks on the way to this process: what was opened under another number belongs to another process."""

lock = threading.RLock()
"""Held while something is made that there is to be one of in this process."""


def _forked() -> None:
    global generation, lock
    generation += 1
    # A thread that was not taken along may have held it.
    lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
