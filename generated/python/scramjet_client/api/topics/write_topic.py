"""Write to a topic."""

from __future__ import annotations

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ...models.topic_content_type import TopicContentType


def call(
    topic: str,
    data: UploadSource,
    *,
    end_stream: bool | None = None,
    content_type: TopicContentType = "application/x-ndjson",
    progress: Progress | None = None,
) -> Call[None]:
    """Write to a topic.

    Passes the body on to the topic as it comes, as fast as its readers take it, and creates the topic
    if it is not there. The reply comes when all of the body was taken, which does not mean that it has
    been read. A body without a content type is of the topic's own, `application/x-ndjson` if none has
    been named. An empty one is fine.

    With `x-end-stream: true` all current readers are ended after it, and the reply is 200; otherwise
    202. The topic itself stays in any case. The tag `topics` describes what happens to data without a
    reader.

    Args:
        topic: The name of the topic.
        data: Data of the topic's type.
        end_stream: Whether all current readers are ended after this request. Some clients send `True`,
            `False` or `undefined`; `undefined` counts as missing. The server takes False if it is
            omitted.
        content_type: The media type of the data.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    headers: dict[str, str] = {}
    if end_stream is not None:
        headers["x-end-stream"] = "true" if end_stream else "false"
    return Call(
        operation_id="writeTopic",
        method="POST",
        path=f"/topic/{segment(topic, 'topic')}",
        headers=headers,
        body=data,
        content_type=content_type,
        progress=progress,
        down="none",
        retry_safe=False,
    )
