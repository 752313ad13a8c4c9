"""Adoption of orphan processes: finds, kills and reaps processes whose parents have ended.

Linux gives the children of a process that ends to its nearest ancestor that is a subreaper (`prctl(2)`,
PR_SET_CHILD_SUBREAPER). Runners, the spawner and the Hub all are, so that a process that escapes from one of them
becomes a child of the next, even if it has changed its session, its environment, or its parents.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
# How long, in seconds, the last adopted processes may take to die of SIGKILL.
DYING = 5.0

_libc = ctypes.CDLL(None)


def control_process(option: int, value: int) -> None:
    """Call `prctl` where it exists; other systems only have process groups."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(option, value, 0, 0, 0)


def kill_strays(keep: set[int]) -> None:
    """Kill every child of this process except some, then their children, which it adopts, until none is left."""
    give_up = time.monotonic() + DYING
    while (strays := children() - keep) and time.monotonic() < give_up:
        kill_and_reap(strays)


def kill_and_reap(pids: set[int]) -> None:
    """Kill children of this process, and wait briefly for each to die."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in pids:
        wait_briefly(pid)


def wait_briefly(pid: int) -> None:
    """Reap a dying child; one that cannot die (stuck in the kernel) is left for the next round."""
    for _ in range(50):
        try:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
        except ChildProcessError:
            return
        time.sleep(0.001)


def children() -> set[int]:
    """Return the children of this process, including adopted ones; each belongs to one of its threads."""
    own = os.getpid()
    try:
        return {pid for thread in os.listdir(f"/proc/{own}/task") for pid in _listed(own, thread)}  # noqa: PTH208
    except OSError:
        return {pid for pid in processes() if parent_of(pid) == own}


def _listed(own: int, thread: str) -> list[int]:
    with open(f"/proc/{own}/task/{thread}/children") as listing:  # noqa: PTH123 - pathlib is too slow here
        return [int(pid) for pid in listing.read().split()]


def processes() -> list[int]:
    """Return all processes in /proc; none without a /proc."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - as above
    except OSError:
        return []


def parent_of(pid: int) -> int:
    """Return the parent of a process; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - pathlib is too slow here
            return int(stat.read().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0
