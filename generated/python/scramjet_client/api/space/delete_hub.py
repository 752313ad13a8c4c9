"""Delete a Hub."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.deleted_hub import DeletedHub

DECODERS: Mapping[int, Callable[[Any], DeletedHub]] = {202: DeletedHub.from_dict}


def call(space_id: str, hub_id: str, force: bool | None = None) -> Call[DeletedHub]:
    """Delete a Hub.

    Removes a Hub from the Space's list. A connected Hub is refused with 409, unless `force` is `True`:
    then the Space disconnects it first. Only Hubs that joined with an access key (`selfHosted`) can be
    deleted; others are refused with 400, with `force` too. The Hub itself, with its Sequences and
    Instances, keeps running.

    Args:
        space_id: The id of a Space.
        hub_id: The id of a Hub of the Space.
        force: Whether to delete the Hub although it is connected. The server takes False if it is
            omitted.
    """
    headers: dict[str, str] = {}
    if force is not None:
        headers["x-force"] = "true" if force else "false"
    return Call(
        operation_id="deleteHub",
        method="DELETE",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/sth/{segment(hub_id, 'hub_id')}",
        headers=headers,
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
