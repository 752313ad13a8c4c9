"""Write to an Instance's input."""

from __future__ import annotations

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ..._runtime.uploads.sources import media_type_of
from ...models.topic_content_type import TopicContentType


def call(
    id: str,
    data: UploadSource,
    *,
    end_stream: bool | None = None,
    content_type: TopicContentType | None = None,
    progress: Progress | None = None,
) -> Call[None]:
    """Write to an Instance's input.

    Passes the body to the Sequence's input as it arrives, at the pace of the Sequence (back-pressure).
    The reply comes when all of it was accepted: 200, and the input ends; with `x-end-stream: false`,
    202, and the input stays open for another write. Concurrent writes are accepted one after another.
    If the client disconnects before the end of its body, the input does not end; the data received
    until then was passed on.

    The first write must have a content type, which holds for the whole input: it tells the runner
    whether the Sequence gets lines, decoded values or bytes. Later writes may omit it, but must not
    have another one.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        data: Data for the Sequence.
        end_stream: Whether the stream ends with this request. Some clients send `True`, `False` or
            `undefined`; `undefined` counts as missing. The server takes True if it is omitted.
        content_type: The media type of the data. If left out, text is `text/plain`, bytes and files are
            `application/octet-stream`, and anything else is `application/x-ndjson`.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    headers: dict[str, str] = {}
    if end_stream is not None:
        headers["x-end-stream"] = "true" if end_stream else "false"
    return Call(
        operation_id="writeInput",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/input",
        headers=headers,
        body=data,
        content_type=content_type or media_type_of(data),
        progress=progress,
        down="none",
        retry_safe=False,
    )
