"""List the Space's Sequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_sequence import SpaceSequence

DECODERS: Mapping[int, Callable[[Any], list[SpaceSequence]]] = {
    200: lambda data: [SpaceSequence.from_dict(item) for item in data]
}


def call(space_id: str, *, offset: int | None = None, limit: int | None = None) -> Call[list[SpaceSequence]]:
    """List the Space's Sequences.

    The packages in the Space's store, with `store` as their `location`, and then the Sequences on its
    Hubs, with the Hub's id as their `location`. `config` has no `container` and no `config`. One page
    at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.

    Args:
        space_id: The id of a Space.
        offset: How many to leave out at the start. Out of range, the Space answers as if `offset` and
            `limit` were left out. The server takes 0 if it is omitted.
        limit: How many to return at most. Out of range, the Space answers as if `offset` and `limit`
            were left out. The server takes 100 if it is omitted.
    """
    return Call(
        operation_id="listAllSpaceSequences",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/all_sequences",
        params={"offset": offset, "limit": limit},
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
