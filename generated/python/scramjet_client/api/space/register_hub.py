"""Register a Hub."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.hub_ref import HubRef

DECODERS: Mapping[int, Callable[[Any], HubRef]] = {202: HubRef.from_dict}


def call(
    space_id: str, *, id: str | None = None, description: str | None = None, tags: list[str] | None = None
) -> Call[HubRef]:
    """Register a Hub.

    Announces a Hub that will join, with the id, the description and the tags that it is to be listed
    with. It is listed from now on, as not connected until it joins. Without an id, the Space creates
    one. Unknown fields are ignored.

    Args:
        space_id: The id of a Space.
        id: The id of a Hub that joins. `si` takes no other, whatever ids older Spaces list.
        description: The description.
        tags: The tags.
    """
    json: dict[str, Any] = {}
    if id is not None:
        json["id"] = id
    if description is not None:
        json["description"] = description
    if tags is not None:
        json["tags"] = tags
    return Call(
        operation_id="registerHub",
        method="POST",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/sth",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
