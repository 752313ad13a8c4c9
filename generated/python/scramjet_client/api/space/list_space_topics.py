"""List the Space's topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_topic import SpaceTopic

DECODERS: Mapping[int, Callable[[Any], list[SpaceTopic]]] = {
    200: lambda data: [SpaceTopic.from_dict(item) for item in data]
}


def call(space_id: str) -> Call[list[SpaceTopic]]:
    """List the Space's topics.

    The topics of the Space, and who writes and reads each (`actors`). The shape differs from that of a
    Hub's topics. An actor whose stream has ended is `retired` until the Space removes it, moments
    later; a topic without actors is removed.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="listSpaceTopics",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/topics",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
