"""List the Space's Instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._model import is_list_of
from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.instance import Instance

DECODERS: Mapping[int, Callable[[Any], list[Instance] | list[list[list[str]]]]] = {
    200: lambda data: [Instance.from_dict(item) for item in data] if is_list_of(data, dict) else data
}


def call(
    space_id: str, *, offset: int | None = None, limit: int | None = None
) -> Call[list[Instance] | list[list[list[str]]]]:
    """List the Space's Instances.

    The Instances on all Hubs of the Space. Older Spaces give ids alone, in arrays in arrays, and no
    pages. A page at a time; a page that is out of range is answered as the first one.

    Args:
        space_id: The id of a Space.
        offset: How many to leave out at the start. Out of range, the Space answers as if offset and
            limit had been left out. The server takes 0 if it is omitted.
        limit: How many to give at most. The server takes 100 if it is omitted.
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
