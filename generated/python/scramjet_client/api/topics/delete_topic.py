"""Delete a topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.message import Message

DECODERS: Mapping[int, Callable[[Any], Message]] = {200: Message.from_dict}


def call(topic: str) -> Call[Message]:
    """Delete a topic.

    Readers get what was written so far, and then the end; what was kept for readers to come is dropped.
    Writers at work are refused with 409. Naming the topic again makes a new one, possibly of another
    type.

    Args:
        topic: The name of the topic.
    """
    return Call(
        operation_id="deleteTopic",
        method="DELETE",
        path=f"/topics/{segment(topic, 'topic')}",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
