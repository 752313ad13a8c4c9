"""Delete all packages from the Space's store."""

from __future__ import annotations

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(space_id: str) -> Call[None]:
    """Delete all packages from the Space's store.

    Deletes every package of the store. Sequences that Hubs made from them stay.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="clearStore",
        method="DELETE",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/store",
        down="none",
        retry_safe=True,
    )
