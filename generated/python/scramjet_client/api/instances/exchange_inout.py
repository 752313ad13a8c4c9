"""Write to an Instance's input and read its output in one request."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ..._runtime.uploads.sources import media_type_of
from ...models.topic_content_type import TopicContentType


def call(
    id: str,
    data: UploadSource | None = None,
    *,
    end_stream: bool | None = None,
    content_type: TopicContentType | None = None,
    progress: Progress | None = None,
) -> Call[Any]:
    """Write to an Instance's input and read its output in one request.

    `InstanceClient.send_input` and `InstanceClient.get_output` in one request, both ways at the same
    time: the reply begins before the request has ended, and goes on after it until the output ends.
    Many HTTP clients send all of a request before they read any of the reply; with those, use the two
    operations apart, or the two sides wait for each other once the buffers are full.

    The first write has to name a content type, as for `InstanceClient.send_input`. `undefined`, which
    `si inst inout` sends unless it is told a type, is `text/plain` there, as `si inst input` would have
    it.

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
        operation_id="exchangeInout",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/inout",
        headers=headers,
        body=data,
        content_type=content_type or media_type_of(data),
        progress=progress,
        down="stream",
        retry_safe=False,
    )
