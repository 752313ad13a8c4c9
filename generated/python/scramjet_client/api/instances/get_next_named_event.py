"""Wait for an Instance's next event with a given name."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str, name: str) -> Call[Any]:
    """Wait for an Instance's next event with a given name.

    Waits for the next event of this name, and returns its message. If the Instance ends before that,
    the reply is 404. Between two such requests events can be missed; `InstanceClient.get_event_stream`
    misses none.

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
