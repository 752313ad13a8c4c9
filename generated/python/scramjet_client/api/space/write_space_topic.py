"""Write to a topic of the Space."""

from __future__ import annotations

from typing import Literal

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment


def call(
    space_id: str,
    topic: str,
    data: UploadSource,
    *,
    end_stream: bool | None = None,
    content_type: Literal[
        "application/x-ndjson", "text/x-ndjson", "text/plain", "application/octet-stream", "application/json", "*/*"
    ] = "application/x-ndjson",
    progress: Progress | None = None,
) -> Call[None]:
    """Write to a topic of the Space.

    Passes the body on to all readers of a topic that spans all Hubs of the Space. Creates the topic if
    it does not exist. The topic has the type of its first writer or reader. The Space accepts every
    type, also another than the topic's. A Hub whose own topic has another type refuses the data.

    The reply's head may come before the body is read; its end comes when all of the body was passed on.
    Without a reader, the Space takes a little and then waits for one. With `x-end-stream: true` the
    status is 200, otherwise 202. The header has no other effect: readers are not ended.

    Args:
        space_id: The id of a Space.
        topic: The name of the topic.
        data: The data.
        end_stream: Whether the reply's status is 200 instead of 202; nothing else depends on it. Some
            clients send `True`, `False` or `undefined`; `undefined` counts as missing. The server takes
            False if it is omitted.
        content_type: The media type of the data.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    headers: dict[str, str] = {}
    if end_stream is not None:
        headers["x-end-stream"] = "true" if end_stream else "false"
    return Call(
        operation_id="writeSpaceTopic",
        method="POST",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/topic/{segment(topic, 'topic')}",
        headers=headers,
        body=data,
        content_type=content_type,
        progress=progress,
        down="none",
        retry_safe=False,
    )
