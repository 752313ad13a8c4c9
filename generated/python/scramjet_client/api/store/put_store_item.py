"""Put a package into the Space's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ..._runtime.uploads.packages import package_source
from ...models.store_item import StoreItem

DECODERS: Mapping[int, Callable[[Any], StoreItem]] = {200: StoreItem.from_dict}


def call(space_id: str, id: str, data: UploadSource, *, progress: Progress | None = None) -> Call[StoreItem]:
    """Put a package into the Space's store.

    Keeps a `tar.gz` under an id of the client's choice, for Hubs of the Space to fetch. One that was
    there under the same id is replaced.

    Args:
        space_id: The id of a Space.
        id: The id of an item of the store.
        data: The package.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    return Call(
        operation_id="putStoreItem",
        method="PUT",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3/{segment(id, 'id')}",
        body=package_source(data),
        content_type="application/octet-stream",
        progress=progress,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
