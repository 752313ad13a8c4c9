"""Notices forks, so that no process uses the connections of another."""

from __future__ import annotations

import os

generation = 0
"""Counts the forks on the way to this process: what was opened under another number belongs to another process."""


def _forked() -> None:
    global generation
    generation += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
