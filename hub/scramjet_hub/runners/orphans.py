"""Kills orphaned Instance processes: those left over when a Hub and its spawner were both killed."""

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

# The environment variable that marks a process as one of a Hub's; its value is the Hub's data folder.
MARK: Final = "SCRAMJET_HUB_DIR"
ROUNDS: Final = 10
# A process limit that the kernel has not used since Linux 2.4 (RLIMIT_LOCKS). All descendants inherit it and, unlike
# the environment, it survives the execution of a program, so it serves as a second mark.
UNUSED_LIMIT: Final = 10
UNUSED_LIMIT_LINE: Final = b"Max file locks"


def mark(data_dir: Path, pid: int) -> None:
    """Mark a process and its future descendants as those of the Hub with this data folder, where the system permits it.

    Args:
        data_dir: The folder.
        pid: The process.
    """
    number = number_of(data_dir)
    # Inside another Hub's Instance, a limit above its own is rejected; then only the environment marks it.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        resource.prlimit(pid, UNUSED_LIMIT, (number, number))


def number_of(data_dir: Path) -> int:
    """Return the number for a data folder: practically unique, and not a limit that anyone would set."""
    return int.from_bytes(hashlib.sha256(os.fsencode(data_dir)).digest()[:8]) >> 2 | 1 << 60


def kill_orphans(data_dir: Path) -> list[int]:
    """Kill every process that was started for an Instance of a Hub with this data folder.

    Called by a Hub that has locked the folder, before it starts any Instance: then they cannot belong to another
    running Hub.

    Args:
        data_dir: The folder.

    Returns:
        The ids of the killed processes.
    """
    killed: set[int] = set()
    for _ in range(ROUNDS):
        # They may fork during the search.
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
        # Processes of other users cannot be read, and are not ours.
        with contextlib.suppress(OSError):
            if pid != os.getpid() and (
                variable in (folder / "environ").read_bytes().split(b"\0") or limit in _limit_line(folder)
            ):
                yield pid


def _limit_line(folder: Path) -> list[bytes]:
    lines = (folder / "limits").read_bytes().splitlines()
    return next((line.split() for line in lines if line.startswith(UNUSED_LIMIT_LINE)), [])
