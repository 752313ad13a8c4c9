"""List the Hub's Sequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.list_order import ListOrder
from ...models.sequence import Sequence

DECODERS: Mapping[int, Callable[[Any], list[Sequence]]] = {
    200: lambda data: [Sequence.from_dict(item) for item in data]
}


def call(
    *, name: str | None = None, limit: int | None = None, offset: int | None = None, order: ListOrder | None = None
) -> Call[list[Sequence]]:
    """List the Hub's Sequences.

    The Sequences that the Hub keeps, in the order of their upload. A Sequence whose upload is still
    under way is not among them. Without parameters, all of them, in one page. With any parameter, the
    reply tells in `X-Total-Count` how many match, and in `Link` where the other pages are.

    Args:
        name: Only Sequences that were given this name at upload, or whose package is named so.
        limit: How many to give at most; all that match if left out.
        offset: How many of those that match to leave out at the start. The server takes 0 if it is
            omitted.
        order: In which order of time; `desc` gives the newest first. The server takes 'asc' if it is
            omitted.
    """
    return Call(
        operation_id="listSequences",
        method="GET",
        path="/sequences",
        params={"name": name, "limit": limit, "offset": offset, "order": order},
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
