"""Return the last event with a given name."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str, name: str) -> Call[Any]:
    """Return the last event with a given name.

    The message of the last event of this name that the Instance has sent; any JSON value, including
    `0`, `""`, `False` and `None`. If there was none, the reply waits for the first one. If the Instance
    ends before that, the reply is 404.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        name: The name of the event.
    """
    return Call(
        operation_id="getLastEvent",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/event/{segment(name, 'name')}",
        down="json",
        retry_safe=True,
        long_poll=True,
    )
