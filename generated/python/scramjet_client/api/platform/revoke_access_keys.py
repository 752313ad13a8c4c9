"""Revoke access keys of a Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.revoked_keys import RevokedKeys

DECODERS: Mapping[int, Callable[[Any], RevokedKeys]] = {200: RevokedKeys.from_dict}


def call(space_id: str, revoke: str | None = None, revoke_all: bool | None = None) -> Call[RevokedKeys]:
    """Revoke access keys of a Space.

    Revokes the key that `revoke` names, or every key of the Space with `x-revoke-all: true`. One of the
    two headers is required. `revoke` is the key's `created` as `MiddlewareClient.list_access_keys`
    shows it, the key's id (its first 16 characters) or the whole key. Hubs that joined with a revoked
    key are disconnected at once, with all their streams, and do not reconnect.

    Args:
        space_id: The id of a Space.
        revoke: The key to revoke, by its `created`, by its id (its first 16 characters) or as a whole.
            `si` sends at most 50 letters, digits, `_` and `-`.
        revoke_all: Whether to revoke all keys of the Space. The server takes False if it is omitted.
    """
    headers: dict[str, str] = {}
    if revoke is not None:
        headers["x-revoke"] = revoke
    if revoke_all is not None:
        headers["x-revoke-all"] = "true" if revoke_all else "false"
    return Call(
        operation_id="revokeAccessKeys",
        method="DELETE",
        path=f"/space/{segment(space_id, 'space_id')}/apikey",
        headers=headers,
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
