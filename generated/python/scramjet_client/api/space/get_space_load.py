"""Return the load of the Space's machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.load import Load

DECODERS: Mapping[int, Callable[[Any], Load]] = {200: Load.from_dict}


def call(space_id: str) -> Call[Load]:
    """Return the load of the Space's machine.

    The load of the machine that the Space itself runs on. Its Hubs have loads of their own; see
    `HostClient.get_load_check`.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="getSpaceLoad",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/load",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
