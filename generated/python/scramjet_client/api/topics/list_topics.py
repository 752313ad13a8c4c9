"""List the Hub's topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.topic import Topic

DECODERS: Mapping[int, Callable[[Any], list[Topic]]] = {200: lambda data: [Topic.from_dict(item) for item in data]}


def call() -> Call[list[Topic]]:
    """List the Hub's topics.

    All topics, whether created by a client or an Instance, with the Instance that feeds each, if one
    does. There are no pages. `topic` and `topicName` are the same.
    """
    return Call(
        operation_id="listTopics", method="GET", path="/topics", decoders=DECODERS, down="json", retry_safe=True
    )
