"""Return a Sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.sequence import Sequence

DECODERS: Mapping[int, Callable[[Any], Sequence]] = {200: Sequence.from_dict}


def call(id: str) -> Call[Sequence]:
    """Return a Sequence.

    The Sequence, its configuration and the ids of its Instances that have not finished.

    Args:
        id: The id of a Sequence, the name it was given at upload, or the name of its package if no
            other package is named so.
    """
    return Call(
        operation_id="getSequence",
        method="GET",
        path=f"/sequence/{segment(id, 'id')}",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
