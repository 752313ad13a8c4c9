"""List the Spaces that the token opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.space_ref import SpaceRef

DECODERS: Mapping[int, Callable[[Any], list[SpaceRef]]] = {
    200: lambda data: [SpaceRef.from_dict(item) for item in data]
}


def call() -> Call[list[SpaceRef]]:
    """List the Spaces that the token opens.

    The Spaces that the token gives access to; usually one. The id goes into every path below
    `/space/{space_id}`. `si` works on the first one, so servers list the preferred Space first.
    """
    return Call(
        operation_id="listSpaces", method="GET", path="/spaces", decoders=DECODERS, down="json", retry_safe=True
    )
