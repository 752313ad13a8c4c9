"""How the runner of a Sequence is started: what program, where, with what environment and limits."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scramjet_hub.http import ApiError
from scramjet_hub.runners.process import Launch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_hub.config import HubConfig
    from scramjet_hub.sequences import Sequence

MEGABYTE: Final = 1024 * 1024
NODE_RUNNER: Final = Path(__file__).with_name("node") / "runner.cjs"


def launch_of(
    instance_id: str, sequence: Sequence, environ: Mapping[str, str], limits: Mapping[str, Any], config: HubConfig
) -> Launch:
    """How to start an Instance.

    Args:
        instance_id: Its id.
        sequence: What it runs.
        environ: What its environment has to have besides what every runner's has.
        limits: Those given at start; `memory` is in megabytes.
        config: The Hub's, for the limits that hold without any.

    Raises:
        ApiError: 400, the Sequence has no file to run; 422, this Hub cannot run its language.
    """
    path = sequence.entrypoint_file()
    memory = limits.get("memory", 0) * MEGABYTE or config.instance_memory or None
    python = sequence.language == "python"
    return Launch(
        id=instance_id,
        directory=sequence.directory,
        environ={**environ, "SEQUENCE_PATH": str(path)},
        argv=None if python else node_command(memory),
        # Node maps much more than it uses, so that such a limit would mean something else to it.
        memory=memory if python else None,
    )


def node_command(memory: int | None) -> list[str]:
    """What starts the runner of Node Sequences.

    Args:
        memory: The most bytes for the objects of the Sequence; None for Node's own limit.

    Raises:
        ApiError: 422, there is no Node here.
    """
    node = shutil.which("node")
    if node is None:
        raise ApiError(422, "This Hub cannot run Node Sequences: there is no node on its PATH")
    limit = [f"--max-old-space-size={max(1, memory // MEGABYTE)}"] if memory else []
    return [node, *limit, str(NODE_RUNNER)]
