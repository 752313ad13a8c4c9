"""Stream an Instance's output."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str) -> Call[Any]:
    """Stream an Instance's output.

    What the Sequence returns or yields, as it comes, beginning with what has not been read yet. Text is
    UTF-8; with an ndjson type it is one JSON value a line; bytes are passed on as they are. The content
    type of the reply is `application/octet-stream` all the same. Stays empty, and ends with the
    Instance, if the output feeds a topic. Ends when the Sequence has no more to give; the tag
    `instances` describes what concurrent readers get.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="readOutput",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/output",
        down="stream",
        retry_safe=False,
    )
