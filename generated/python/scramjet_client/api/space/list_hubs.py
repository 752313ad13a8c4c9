"""List the Space's Hubs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.hub_info import HubInfo

DECODERS: Mapping[int, Callable[[Any], list[HubInfo]]] = {200: lambda data: [HubInfo.from_dict(item) for item in data]}


def call(space_id: str, *, offset: int | None = None, limit: int | None = None) -> Call[list[HubInfo]]:
    """List the Space's Hubs.

    The Hubs that are connected, and those that were and may come back. A page at a time; a page that is
    out of range is answered as the first one.

    Args:
        space_id: The id of a Space.
        offset: How many to leave out at the start. Out of range, the Space answers as if offset and
            limit had been left out. The server takes 0 if it is omitted.
        limit: How many to give at most. The server takes 100 if it is omitted.
    """
    return Call(
        operation_id="listHubs",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/list",
        params={"offset": offset, "limit": limit},
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
