"""Check whether the Space is healthy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_health import SpaceHealth

DECODERS: Mapping[int, Callable[[Any], SpaceHealth]] = {200: SpaceHealth.from_dict}


def call(space_id: str) -> Call[SpaceHealth]:
    """Check whether the Space is healthy.

    How long the Space has been running, and whether each of its parts works.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="getSpaceHealth",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/health",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
