"""How the runner of a Sequence is started: what program, where, with what environment and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_hub.http import ApiError
from scramjet_hub.runners.process import Launch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_hub.config import HubConfig
    from scramjet_hub.sequences import Sequence

MEGABYTE = 1024 * 1024


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
    if sequence.language != "python":
        raise ApiError(422, "This Hub cannot run Node Sequences")
    memory = limits.get("memory", 0) * MEGABYTE or config.instance_memory
    return Launch(
        id=instance_id,
        directory=sequence.directory,
        environ={**environ, "SEQUENCE_PATH": str(path)},
        memory=memory or None,
    )
