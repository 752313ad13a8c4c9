"""Delete a package from the Space's store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..._runtime.call import Call
from ...models.store_item_ref import StoreItemRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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
        path=f"/space/{quote(space_id, safe='')}/api/v1/s3/{quote(id, safe='')}",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
