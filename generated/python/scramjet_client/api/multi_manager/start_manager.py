"""Start a Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.arguments import converting
from ..._runtime.call import Call
from ...models.manager_settings import ManagerSettings
from ...models.space_ref import SpaceRef

DECODERS: Mapping[int, Callable[[Any], SpaceRef]] = {202: SpaceRef.from_dict}


@converting
def call(manager: ManagerSettings | None = None) -> Call[SpaceRef]:
    """Start a Space.

    Starts a Space, which is then served below `/cpm/{space_id}/api/v1` and, at a Platform,
    `/space/{space_id}/api/v1`. Without an id, the server creates one. Unknown fields are ignored.

    Args:
        manager: The configuration of a Space. Servers know further fields.
    """
    json: dict[str, Any] = {}
    if manager is not None:
        json["manager"] = manager.to_dict()
    return Call(
        operation_id="startManager",
        method="POST",
        path="/start",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
