"""Wait for an Instance's next event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.event import Event

DECODERS: Mapping[int, Callable[[Any], Event]] = {200: Event.from_dict}


def call(id: str) -> Call[Event]:
    """Wait for an Instance's next event.

    Waits for the next event of any name, and returns it with its name. If the Instance ends before
    that, the reply is 404. Between two such requests events can be missed;
    `InstanceClient.get_event_stream` misses none.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="getNextEvent",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/once",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
        long_poll=True,
    )
