"""List the MultiManager's Spaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.space_ref import SpaceRef

DECODERS: Mapping[int, Callable[[Any], list[SpaceRef]]] = {
    200: lambda data: [SpaceRef.from_dict(item) for item in data]
}


def call() -> Call[list[SpaceRef]]:
    """List the MultiManager's Spaces.

    The ids of the Spaces that run here; each is served below `/cpm/{space_id}/api/v1`. There are no
    pages.
    """
    return Call(
        operation_id="listManagers", method="GET", path="/list", decoders=DECODERS, down="json", retry_safe=True
    )
