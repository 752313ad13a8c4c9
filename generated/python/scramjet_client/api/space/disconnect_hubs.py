"""Disconnect Hubs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.disconnect_reply import DisconnectReply

DECODERS: Mapping[int, Callable[[Any], DisconnectReply]] = {202: DisconnectReply.from_dict}


def call(
    space_id: str, *, id: str | None = None, limit: int | None = None, access_key: str | None = None
) -> Call[DisconnectReply]:
    """Disconnect Hubs.

    Closes the connections of one Hub (`id`), of those that connected with one key (`access_key`), or of
    as many as it takes for `limit` to remain. The Hubs go on, and may connect again.

    Args:
        space_id: The id of a Space.
        id: The id.
        limit: Disconnect as many as it takes for this number to remain.
        access_key: Disconnect the Hubs that connected with this key.
    """
    json: dict[str, Any] = {}
    if id is not None:
        json["id"] = id
    if limit is not None:
        json["limit"] = limit
    if access_key is not None:
        json["accessKey"] = access_key
    return Call(
        operation_id="disconnectHubs",
        method="POST",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/disconnect",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
