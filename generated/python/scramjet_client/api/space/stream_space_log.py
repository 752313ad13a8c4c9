"""Stream the logs of the Space and its Hubs."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(space_id: str) -> Call[Any]:
    """Stream the logs of the Space and its Hubs.

    The logs of the Space and of all connected Hubs, as one stream. Begins with the recent log, bounded
    in length. A line of a Hub is the Hub's id, a colon, a space and the JSON object of the Hub's log;
    so that line is not JSON. A line of the Space itself is a JSON object alone. Ends when the client
    disconnects or the Space stops.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="streamSpaceLog",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/log",
        down="stream",
        retry_safe=False,
    )
