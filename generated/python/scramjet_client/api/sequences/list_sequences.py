"""List the Hub's Sequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.sequence import Sequence

DECODERS: Mapping[int, Callable[[Any], list[Sequence]]] = {
    200: lambda data: [Sequence.from_dict(item) for item in data]
}


def call() -> Call[list[Sequence]]:
    """List the Hub's Sequences.

    All Sequences that the Hub keeps. There are no pages. A Sequence whose upload is still under way is
    not among them.
    """
    return Call(
        operation_id="listSequences", method="GET", path="/sequences", decoders=DECODERS, down="json", retry_safe=True
    )
