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

    Announces a Hub that will connect, with the id and the description that it is to be listed with. It
    is listed from now on, and is not connected until it connects. Without an id, the Space makes one
    up. Unknown fields are ignored.

    Args:
        space_id: The id of a Space.
        id: The id.
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
