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

    Passes the body on to the Sequence's input as it comes, as fast as the Sequence takes it. The reply
    comes when all of it was taken. That ends the input, and is 200, unless `end_stream` is `False`:
    then it stays open for another write, and the reply is 202. Several writes at once are taken one
    after the other. A client that breaks off before the end of its body does not end the input; what
    came until then was passed on.

    The first write has to name a content type, which holds for the whole input; it tells the runner
    whether the Sequence gets lines, decoded values or bytes. Later ones may leave it out, but not name
    another.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        data: What the Sequence reads.
        end_stream: Whether the stream ends with this request. Clients also send `True`, `False` and
            `undefined`; the last is as good as none. The server takes True if it is omitted.
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
