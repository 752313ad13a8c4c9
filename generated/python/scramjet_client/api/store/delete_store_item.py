"""Delete a package from the Space's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.store_item_ref import StoreItemRef

DECODERS: Mapping[int, Callable[[Any], StoreItemRef]] = {200: StoreItemRef.from_dict}


def call(space_id: str, id: str) -> Call[StoreItemRef]:
    """Delete a package from the Space's store.

    Removes one package. Sequences that Hubs made of it stay.

    Args:
        space_id: The id of a Space.
        id: The id of an item of the store.
    """
    return Call(
        operation_id="deleteStoreItem",
        method="DELETE",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3/{segment(id, 'id')}",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
