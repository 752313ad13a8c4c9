"""List the Space's Instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._model import is_list_of
from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_instance import SpaceInstance

DECODERS: Mapping[int, Callable[[Any], list[SpaceInstance] | list[list[list[str]]]]] = {
    200: lambda data: [SpaceInstance.from_dict(item) for item in data] if is_list_of(data, dict) else data
}


def call(
    space_id: str, *, offset: int | None = None, limit: int | None = None
) -> Call[list[SpaceInstance] | list[list[list[str]]]]:
    """List the Space's Instances.

    The Instances on all connected Hubs of the Space, as their Hubs reported them: of an Instance that
    has just been started there may be no more than `id` and `sequence`. Older Spaces return nested
    arrays of ids, and no pages. One page at a time. If `offset` or `limit` is out of range, the reply
    is the first page of 100.

    Args:
        space_id: The id of a Space.
        offset: How many to leave out at the start. Out of range, the Space answers as if `offset` and
            `limit` were left out. The server takes 0 if it is omitted.
        limit: How many to return at most. Out of range, the Space answers as if `offset` and `limit`
            were left out. The server takes 100 if it is omitted.
    """
    return Call(
        operation_id="listSpaceInstances",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/instances",
        params={"offset": offset, "limit": limit},
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
