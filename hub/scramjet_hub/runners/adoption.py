"""Processes whose parents have ended, and become children of ours: found, killed, reaped.

Linux gives the children of a process that ends to the next of its ancestors that has asked for them (`prctl(2)`,
PR_SET_CHILD_SUBREAPER). Runners, the spawner and the Hub all ask, so that a process that runs away from one of them
comes to the next, whatever it has done to its session, its environment, or its parents.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
# How long, in seconds, the last of the adopted may take to die of SIGKILL.
DYING = 5.0

_libc = ctypes.CDLL(None)


def control_process(option: int, value: int) -> None:
    """Call `prctl` where there is one; elsewhere process groups have to do."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(option, value, 0, 0, 0)


def kill_strays(keep: set[int]) -> None:
    """Kill every child of this process but some, then theirs that become ours, until none is left."""
    give_up = time.monotonic() + DYING
    while (strays := children() - keep) and time.monotonic() < give_up:
        kill_and_reap(strays)


def kill_and_reap(pids: set[int]) -> None:
    """Kill children of this process, and wait a little for each to die."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in pids:
        wait_briefly(pid)


def wait_briefly(pid: int) -> None:
    """Reap a child that is dying; one that cannot die (stuck in the kernel) is left for the next round."""
    for _ in range(50):
        try:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
        except ChildProcessError:
            return
        time.sleep(0.001)


def children() -> set[int]:
    """The children of this process, adopted ones among them, which may be those of any of its threads."""
    own = os.getpid()
    try:
        return {pid for thread in os.listdir(f"/proc/{own}/task") for pid in _listed(own, thread)}  # noqa: PTH208
    except OSError:
        return {pid for pid in processes() if parent_of(pid) == own}


def _listed(own: int, thread: str) -> list[int]:
    with open(f"/proc/{own}/task/{thread}/children") as listing:  # noqa: PTH123 - pathlib costs import time
        return [int(pid) for pid in listing.read().split()]


def processes() -> list[int]:
    """All processes that /proc shows; none where there is no /proc."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - as above
    except OSError:
        return []


def parent_of(pid: int) -> int:
    """The parent of a process; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - pathlib costs import time
            return int(stat.read().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0
