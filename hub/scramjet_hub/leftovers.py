"""Processes of Instances that outlived a Hub which was killed together with what watches over them."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# The environment variable by which a process is known as one of a Hub's; its value is the Hub's data folder.
MARK: Final = "SCRAMJET_HUB_DIR"
ROUNDS: Final = 10


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
        found = set(_marked(f"{MARK}={data_dir}".encode())) - killed
        if not found:
            break
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        killed |= found
    return sorted(killed)


def _marked(mark: bytes) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        # Those of other users cannot be read, and are not ours.
        with contextlib.suppress(OSError):
            if pid != os.getpid() and mark in (folder / "environ").read_bytes().split(b"\0"):
                yield pid
