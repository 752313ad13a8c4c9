"""List the Hub's Instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.instance import Instance

DECODERS: Mapping[int, Callable[[Any], list[Instance]]] = {
    200: lambda data: [Instance.from_dict(item) for item in data]
}


def call() -> Call[list[Instance]]:
    """List the Hub's Instances.

    All Instances of the Hub, finished ones that are still kept among them. There are no pages.
    """
    return Call(
        operation_id="listInstances", method="GET", path="/instances", decoders=DECODERS, down="json", retry_safe=True
    )
