"""Stream the logs of the Space's Hubs."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(space_id: str) -> Call[Any]:
    """Stream the logs of the Space's Hubs.

    The logs of all Hubs that are connected, as one stream. Each line is a Hub's id, a colon, a space
    and the JSON object of the Hub's own log; so a line is not JSON. Ends when the client goes or the
    Space ends.

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
