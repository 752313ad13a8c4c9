"""Processes of Instances that outlived a Hub which was killed together with what watches over them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# The environment variable by which a process is known as one of a Hub's; its value is the Hub's data folder.
MARK: Final = "SCRAMJET_HUB_DIR"
ROUNDS: Final = 10
# A limit of processes that the kernel has not looked at since Linux 2.4 (RLIMIT_LOCKS). It goes on to all descendants
# and, unlike the environment, does not change when a program is executed, so it is a second mark.
UNUSED_LIMIT: Final = 10
UNUSED_LIMIT_LINE: Final = b"Max file locks"


def mark(data_dir: Path, pid: int) -> None:
    """Mark a process, and what it will start, as one of the Hub with this data folder, where the system lets us.

    Args:
        data_dir: The folder.
        pid: The process.
    """
    number = number_of(data_dir)
    # Inside another Hub's Instance, a higher limit than its own is refused; the environment has to do then.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        resource.prlimit(pid, UNUSED_LIMIT, (number, number))


def number_of(data_dir: Path) -> int:
    """Return the number that stands for a data folder: as good as unique, and no limit that anybody would set."""
    return int.from_bytes(hashlib.sha256(os.fsencode(data_dir)).digest()[:8]) >> 2 | 1 << 60


def kill_leftovers(data_dir: Path) -> list[int]:
    """Kill every process that was started for an Instance of a Hub with this data folder.

    To be called by a Hub that has the folder for itself, before it starts any Instance: no Hub is there that they
    could belong to.

    Args:
        data_dir: The folder.

    Returns:
        The ids of the processes that were killed.
    """
    killed: set[int] = set()
    for _ in range(ROUNDS):
        # They may fork while they are looked for.
        found = set(_marked(data_dir)) - killed
        if not found:
            break
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        killed |= found
    return sorted(killed)


def _marked(data_dir: Path) -> Iterator[int]:
    variable = f"{MARK}={data_dir}".encode()
    limit = str(number_of(data_dir)).encode()
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        # Those of other users cannot be read, and are not ours.
        with contextlib.suppress(OSError):
            if pid != os.getpid() and (
                variable in (folder / "environ").read_bytes().split(b"\0") or limit in _limit_line(folder)
            ):
                yield pid


def _limit_line(folder: Path) -> list[bytes]:
    lines = (folder / "limits").read_bytes().splitlines()
    return next((line.split() for line in lines if line.startswith(UNUSED_LIMIT_LINE)), [])
