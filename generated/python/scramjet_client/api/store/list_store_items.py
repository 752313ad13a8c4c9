"""List the packages in the Space's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.store_item import StoreItem

DECODERS: Mapping[int, Callable[[Any], list[StoreItem]]] = {
    200: lambda data: [StoreItem.from_dict(item) for item in data]
}


def call(space_id: str) -> Call[list[StoreItem]]:
    """List the packages in the Space's store.

    What the store knows of each package: the same fields as the `config` of a Sequence. `id` and
    `_fileId` are created by the Space, `_filename` is the name by which the package is fetched and
    deleted. There are no pages.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="listStoreItems",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
