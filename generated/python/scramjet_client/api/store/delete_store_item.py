"""Delete a package from the Space's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.store_item_ref import StoreItemRef

DECODERS: Mapping[int, Callable[[Any], StoreItemRef]] = {202: StoreItemRef.from_dict}


def call(space_id: str, filename: str) -> Call[StoreItemRef]:
    """Delete a package from the Space's store.

    Deletes the package with this file name; an item's `id` is accepted too. Sequences that Hubs made
    from it stay.

    Args:
        space_id: The id of a Space.
        filename: The file name of a package in the store, mostly one that ends in `.tar.gz`.
    """
    return Call(
        operation_id="deleteStoreItem",
        method="DELETE",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3/{segment(filename, 'filename')}",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
