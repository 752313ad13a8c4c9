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

    Disconnects one Hub (`id`), the Hubs that joined with one access key (`access_key`), or all but the
    first `limit`, in the order in which they first joined. The fields may be combined: each adds its
    Hubs. Only Hubs that joined with an access key (`selfHosted`) can be disconnected; the others do not
    count for `limit`.

    Each Hub is told why, and then its connection is closed; the reply does not wait for that. Such a
    Hub does not reconnect by itself. Its Sequences and Instances keep running.

    Args:
        space_id: The id of a Space.
        id: The id.
        limit: Keep this number of connected self-hosted Hubs, those that joined first; disconnect the
            others.
        access_key: Disconnect the Hubs that joined with this key, named by its id, the first 16
            characters.
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
