"""Stream an Instance's stderr."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str) -> Call[Any]:
    """Stream an Instance's stderr.

    The bytes of the process's standard error as they come, beginning with those that have not been read
    yet. Where a Sequence fails, its traceback is here. Ends when the Instance has ended or has closed
    it. The tag `instances` describes what concurrent readers get.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="readStderr",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/stderr",
        down="stream",
        retry_safe=False,
    )
