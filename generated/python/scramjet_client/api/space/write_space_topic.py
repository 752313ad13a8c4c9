"""Write to a topic of the Space."""

from __future__ import annotations

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ...models.topic_content_type import TopicContentType


def call(
    space_id: str,
    topic: str,
    data: UploadSource,
    *,
    end_stream: bool | None = None,
    content_type: TopicContentType = "application/x-ndjson",
    progress: Progress | None = None,
) -> Call[None]:
    """Write to a topic of the Space.

    As `HostClient.send_topic` at a Hub, but to a topic that spans all Hubs of the Space. Creates the
    topic if it is not there. With `x-end-stream: true` all current readers are ended after it, and the
    reply is 200; otherwise 202.

    Args:
        space_id: The id of a Space.
        topic: The name of the topic.
        data: Data of the topic's type.
        end_stream: Whether all current readers are ended after this request. Clients also send `True`,
            `False` and `undefined`; the last is as good as none. The server takes False if it is
            omitted.
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
