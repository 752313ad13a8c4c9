"""Wait for an Instance's next event of a name."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str, name: str) -> Call[Any]:
    """Wait for an Instance's next event of a name.

    Waits for the next event of this name, and gives its message. Should the Instance end before that,
    it is 404. Between two such requests events can be missed; `InstanceClient.get_event_stream` misses
    none.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        name: The name of the event.
    """
    return Call(
        operation_id="getNextNamedEvent",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/once/{segment(name, 'name')}",
        down="json",
        retry_safe=True,
        long_poll=True,
    )
