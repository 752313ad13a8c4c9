"""Stream an Instance's stdout."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str) -> Call[Any]:
    """Stream an Instance's stdout.

    The bytes of the process's standard output as they come, beginning with those that have not been
    read yet. Ends when the Instance has ended or has closed it. The tag `instances` describes what
    concurrent readers get.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="readStdout",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/stdout",
        down="stream",
        retry_safe=False,
    )
