"""List the ids of the Space's Sequences."""

from __future__ import annotations

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(space_id: str) -> Call[list[str]]:
    """List the ids of the Space's Sequences.

    The ids of the Sequences on all connected Hubs of the Space, without the packages in its store.
    There are no pages. `SpaceClient.get_all_sequences` has more than ids.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="listSpaceSequences",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/sequences",
        down="json",
        retry_safe=True,
    )
