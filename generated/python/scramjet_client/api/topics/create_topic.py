"""Create a topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.topic_content_type import TopicContentType
from ...models.topic_created import TopicCreated

DECODERS: Mapping[int, Callable[[Any], TopicCreated]] = {200: TopicCreated.from_dict}


def call(id: str, content_type: TopicContentType) -> Call[TopicCreated]:
    """Create a topic.

    Creates a topic before it is written or read. Only needed to fix its content type: first use creates
    a topic too. A name that is taken is refused, also when the type is the same.

    Args:
        id: Letters, digits, `_`, `+` and `-`.
        content_type: What a topic can carry. The two ndjson types mean the same and still differ when
            they are compared.
    """
    json: dict[str, Any] = {"id": id, "content-type": content_type}
    return Call(
        operation_id="createTopic",
        method="POST",
        path="/topics",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
