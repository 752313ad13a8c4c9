"""List all that the Hub holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.entities import Entities

DECODERS: Mapping[int, Callable[[Any], Entities]] = {200: Entities.from_dict}


def call() -> Call[Entities]:
    """List all that the Hub holds.

    Sequences, Instances and topics at one moment, as their own lists show them. The lists are complete;
    there are no pages.
    """
    return Call(
        operation_id="listEntities", method="GET", path="/entities", decoders=DECODERS, down="json", retry_safe=True
    )
