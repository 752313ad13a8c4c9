"""Read a topic of the Space."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(space_id: str, topic: str) -> Call[Any]:
    """Read a topic of the Space.

    What is written from now on to a topic that spans all Hubs of the Space. Creates the topic if it
    does not exist. The reply is `application/octet-stream` for every topic, and the `Content-Type` of
    the request is ignored: `SpaceClient.get_topics` tells the topic's type. The Space keeps nothing:
    what was written before is not replayed. A writer that ends does not end its readers.

    Args:
        space_id: The id of a Space.
        topic: The name of the topic.
    """
    return Call(
        operation_id="readSpaceTopic",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/topic/{segment(topic, 'topic')}",
        down="stream",
        retry_safe=False,
    )
