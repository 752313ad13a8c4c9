"""List a Sequence's Instances."""

from __future__ import annotations

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(id: str) -> Call[list[str]]:
    """List a Sequence's Instances.

    The ids of a Sequence's Instances that have not finished. Finished ones that are still kept are in
    `HostClient.list_instances`. There are no pages.

    Args:
        id: The id of a Sequence, the name it was given at upload, or the name of its package if no
            other package is named so.
    """
    return Call(
        operation_id="listSequenceInstances",
        method="GET",
        path=f"/sequence/{segment(id, 'id')}/instances",
        down="json",
        retry_safe=True,
    )
