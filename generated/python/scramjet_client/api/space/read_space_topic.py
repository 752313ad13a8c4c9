"""Read a topic of the Space."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.topic_content_type import TopicContentType


def call(space_id: str, topic: str, content_type: TopicContentType | None = None) -> Call[Any]:
    """Read a topic of the Space.

    As `HostClient.get_topic` at a Hub, but of a topic that spans all Hubs of the Space. Creates the
    topic if it is not there. The type goes into the `Content-Type` of the request,
    `application/x-ndjson` if it is left out.

    Args:
        space_id: The id of a Space.
        topic: The name of the topic.
        content_type: The type of the topic, as the reader expects it; the topic's own if left out. A
            charset and other parameters are ignored. Clients also send `undefined`, which is as good as
            none. That a GET has a content type is unusual, and OpenAPI asks tools to take no notice of
            this parameter; most know it all the same.
    """
    headers: dict[str, str] = {}
    if content_type is not None:
        headers["content-type"] = str(content_type)
    return Call(
        operation_id="readSpaceTopic",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/topic/{segment(topic, 'topic')}",
        headers=headers,
        down="stream",
        retry_safe=False,
    )
