"""Create an access key for a Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.created_access_key import CreatedAccessKey

DECODERS: Mapping[int, Callable[[Any], CreatedAccessKey]] = {200: CreatedAccessKey.from_dict}


def call(space_id: str, description: str | None = None) -> Call[CreatedAccessKey]:
    """Create an access key for a Space.

    Creates a key with which Hubs join the Space. One key may serve several Hubs. Clients need a token
    instead. The key is shown only in this reply. Its first 16 characters are its id, which is no
    secret.

    Args:
        space_id: The id of a Space.
        description: The description.
    """
    json: dict[str, Any] = {}
    if description is not None:
        json["description"] = description
    return Call(
        operation_id="createAccessKey",
        method="POST",
        path=f"/space/{segment(space_id, 'space_id')}/apikey",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
