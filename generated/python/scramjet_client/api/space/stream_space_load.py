"""Stream the load of the Space's machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.load import Load

DECODERS: Mapping[int, Callable[[Any], Load]] = {200: Load.from_dict}


def call(space_id: str) -> Call[Load]:
    """Stream the load of the Space's machine.

    What `SpaceClient.get_load` shows, again and again, one JSON object a line, until the client goes.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="streamSpaceLoad",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/load-stream",
        decoders=DECODERS,
        down="stream",
        retry_safe=False,
    )
