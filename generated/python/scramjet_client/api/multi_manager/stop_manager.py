"""Stop a Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_ref import SpaceRef

DECODERS: Mapping[int, Callable[[Any], SpaceRef]] = {200: SpaceRef.from_dict}


def call(space_id: str) -> Call[SpaceRef]:
    """Stop a Space.

    Stops a Space: its Hubs are disconnected, its streams end, and it is no longer served. What it
    stored (keys, packages) is kept for the next Space that is started with this id.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="stopManager",
        method="POST",
        path=f"/cpm/{segment(space_id, 'space_id')}/stop",
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
