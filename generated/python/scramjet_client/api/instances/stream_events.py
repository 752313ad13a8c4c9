"""Stream all events of an Instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.event import Event

DECODERS: Mapping[int, Callable[[Any], Event]] = {200: Event.from_dict}


def call(id: str) -> Call[Event]:
    """Stream all events of an Instance.

    Every event that the Instance sends from now on, one a line, with its name. Earlier ones are not
    repeated; `InstanceClient.get_event` returns the last one of each name. Ends with the Instance.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="streamEvents",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/event",
        decoders=DECODERS,
        down="stream",
        retry_safe=False,
    )
