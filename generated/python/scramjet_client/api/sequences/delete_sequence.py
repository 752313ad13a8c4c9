"""Delete a Sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.sequence_id import SequenceId

DECODERS: Mapping[int, Callable[[Any], SequenceId]] = {200: SequenceId.from_dict}


def call(id: str, seq_kill_inst: bool | None = None) -> Call[SequenceId]:
    """Delete a Sequence.

    Deletes a Sequence and its files. If it has unfinished Instances, the reply is 409, unless
    `seq_kill_inst` is set: then they are killed first, the reply waits for their end, and Instances
    that had finished before are removed too. Without that header, finished Instances do not prevent the
    deletion and stay readable for as long as they are kept.

    Args:
        id: The id of a Sequence, the name it was given at upload, or the name of its package if no
            other package is named so.
        seq_kill_inst: Whether to kill the Sequence's Instances first. The server takes False if it is
            omitted.
    """
    headers: dict[str, str] = {}
    if seq_kill_inst is not None:
        headers["x-seq-kill-inst"] = "true" if seq_kill_inst else "false"
    return Call(
        operation_id="deleteSequence",
        method="DELETE",
        path=f"/sequence/{segment(id, 'id')}",
        headers=headers,
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
