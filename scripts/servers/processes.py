"""Finds and collects child processes that a server has left."""

from __future__ import annotations

import contextlib
import ctypes
import os

import psutil

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of descendants whose parents end, so that none of them can hide."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reaped(child: psutil.Process) -> bool:
    """Collect a child process that has ended already.

    Returns:
        Whether it had.
    """
    if child.status() != psutil.STATUS_ZOMBIE:
        return False
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child.pid, os.WNOHANG)
    return True
