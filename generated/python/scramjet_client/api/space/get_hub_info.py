"""Show a Hub of the Space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.hub_info import HubInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


DECODERS: Mapping[int, Callable[[Any], HubInfo]] = {200: HubInfo.from_dict}


def call(space_id: str, hub_id: str) -> Call[HubInfo]:
    """Show a Hub of the Space.

    One Hub as `SpaceClient.get_hosts` shows it, connected or not.

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
