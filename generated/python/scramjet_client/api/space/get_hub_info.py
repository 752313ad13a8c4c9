"""Return a Hub of the Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.hub_info import HubInfo

DECODERS: Mapping[int, Callable[[Any], HubInfo]] = {200: HubInfo.from_dict}


def call(space_id: str, hub_id: str) -> Call[HubInfo]:
    """Return a Hub of the Space.

    One Hub as `SpaceClient.get_hosts` shows it, without its `topics`, `sequences` and `instances`.

    Args:
        space_id: The id of a Space.
        hub_id: The id of a Hub of the Space.
    """
    return Call(
        operation_id="getHubInfo",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/sth/{segment(hub_id, 'hub_id')}/info",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
