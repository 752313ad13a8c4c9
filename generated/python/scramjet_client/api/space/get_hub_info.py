"""Show a Hub of the Space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..._runtime.call import Call
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
        path=f"/space/{quote(space_id, safe='')}/api/v1/sth/{quote(hub_id, safe='')}/info",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
