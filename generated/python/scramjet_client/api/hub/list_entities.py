"""List the Hub's Sequences, Instances and topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.entities import Entities

DECODERS: Mapping[int, Callable[[Any], Entities]] = {200: Entities.from_dict}


def call() -> Call[Entities]:
    """List the Hub's Sequences, Instances and topics.

    A snapshot of all Sequences, Instances and topics, in the same form as their own lists. The lists
    are complete; there are no pages.
    """
    return Call(
        operation_id="listEntities", method="GET", path="/entities", decoders=DECODERS, down="json", retry_safe=True
    )
