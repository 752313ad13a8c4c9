"""Launching: chooses the program for a Sequence, and builds its first message."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_hub.config import HubConfig
    from scramjet_hub.sequences.store import Sequence

MEGABYTE: Final = 1024 * 1024
NODE_RUNNER: Final = Path(__file__).with_name("node") / "runner.cjs"
PYTHON: Final[tuple[str, ...]] = ()


def memory_limit(limits: Mapping[str, Any], config: HubConfig) -> int | None:
    """Return the memory limit of an Instance in bytes, None for no limit.

    Args:
        limits: The limits given at start; `memory` is in megabytes.
        config: The configuration with the default limit.
    """
    return limits.get("memory", 0) * MEGABYTE or config.instance_memory or None


def program_for(sequence: Sequence, memory: int | None) -> tuple[str, ...]:
    """Return the program to start for a Sequence; empty for the Python runner, which needs none.

    Args:
        sequence: The Sequence.
        memory: The memory limit in bytes; for Node, it applies to the objects of the Sequence.

    Raises:
        Unusable: This Hub cannot run its language.
    """
    if sequence.language == "python":
        return PYTHON
    node = shutil.which("node")
    if node is None:
        raise Unusable("This Hub cannot run Node Sequences: there is no node on its PATH")
    limit = (f"--max-old-space-size={max(1, memory // MEGABYTE)}",) if memory else ()
    return (node, *limit, str(NODE_RUNNER))
