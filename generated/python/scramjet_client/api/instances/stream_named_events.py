"""Stream an Instance's events with a given name."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str, name: str) -> Call[Any]:
    """Stream an Instance's events with a given name.

    The message of every event of this name that the Instance sends from now on, as JSON, one a line;
    `None` where there is none. Earlier ones are not repeated. A name that the Instance never sends is
    not an error: the stream stays empty. Ends with the Instance.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        name: The name of the event.
    """
    return Call(
        operation_id="streamNamedEvents",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/events/{segment(name, 'name')}",
        down="stream",
        retry_safe=False,
    )
