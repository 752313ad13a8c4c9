"""Delete all packages from the Space's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.message import Message

DECODERS: Mapping[int, Callable[[Any], Message]] = {200: Message.from_dict}


def call(space_id: str) -> Call[Message]:
    """Delete all packages from the Space's store.

    Removes every package of the store, without asking again. Sequences that Hubs made of them stay.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="clearStore",
        method="DELETE",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/store",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
