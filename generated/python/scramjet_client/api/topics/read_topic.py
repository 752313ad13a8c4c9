"""Read a topic."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.topic_content_type import TopicContentType


def call(topic: str, content_type: TopicContentType | None = None) -> Call[Any]:
    """Read a topic.

    What is written to the topic from now on, as it comes; to the first reader, also what was kept until
    now. Creates the topic if it is not there, which takes a token that may change something; 403 with
    one that may only read. `HEAD` neither reads nor creates anything. The type goes into the
    `Content-Type` of the request, and must be that of the topic; if left out, it is the topic's own.
    The reply has the same type; `application/octet-stream` while the topic has none yet, see the tag
    `topics`. Ends when a writer ends it with `x-end-stream`, when the topic is deleted, or with the
    Hub; the tag `topics` tells more.

    Args:
        topic: The name of the topic.
        content_type: The type of the topic that the reader expects; if missing, the topic's own. A
            charset and other parameters are ignored. Some clients send `undefined`, which counts as
            missing. A content type in a GET request is unusual: OpenAPI tells tools to ignore this
            parameter, but most support it.
    """
    headers: dict[str, str] = {}
    if content_type is not None:
        headers["content-type"] = str(content_type)
    return Call(
        operation_id="readTopic",
        method="GET",
        path=f"/topic/{segment(topic, 'topic')}",
        headers=headers,
        down="stream",
        retry_safe=False,
    )
