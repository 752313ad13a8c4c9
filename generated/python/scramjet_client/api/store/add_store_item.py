"""Put a package into the Space's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ..._runtime.uploads.packages import package_source
from ...models.store_item import StoreItem

DECODERS: Mapping[int, Callable[[Any], StoreItem]] = {202: StoreItem.from_dict}


def call(space_id: str, data: UploadSource, *, progress: Progress | None = None) -> Call[StoreItem]:
    """Put a package into the Space's store.

    Stores a `tar.gz` under its new id, as the file `{id}.tar.gz`, for Hubs of the Space to fetch. The
    package needs `name` and `main` in its `package.json`. Every Hub of the Space can then start it by
    its id as a Sequence.

    Args:
        space_id: The id of a Space.
        data: The package.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    return Call(
        operation_id="addStoreItem",
        method="PUT",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3",
        body=package_source(data),
        content_type="application/octet-stream",
        progress=progress,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
