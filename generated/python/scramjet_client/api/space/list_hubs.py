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

    The Hubs that are connected, and those that were and may reconnect. Within a page, connected Hubs
    come first, then healthy ones. A Hub is healthy if it reported its load within the last 61 seconds.
    One page at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.

    Args:
        space_id: The id of a Space.
        offset: How many to leave out at the start. Out of range, the Space answers as if `offset` and
            `limit` were left out. The server takes 0 if it is omitted.
        limit: How many to return at most. Out of range, the Space answers as if `offset` and `limit`
            were left out. The server takes 100 if it is omitted.
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
