"""Put a package into the Space's store under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ..._runtime.uploads.packages import package_source
from ...models.store_item import StoreItem

DECODERS: Mapping[int, Callable[[Any], StoreItem]] = {202: StoreItem.from_dict}


def call(space_id: str, filename: str, data: UploadSource, *, progress: Progress | None = None) -> Call[StoreItem]:
    """Put a package into the Space's store under a name.

    Stores a `tar.gz` as a file of this name, for Hubs of the Space to fetch. The package needs `name`
    and `main` in its `package.json`. A file of the same name is replaced. The Space creates the item's
    `id`; the name is its `_filename`.

    A Hub that is asked to start a Sequence `x` that it does not have fetches the file `x.tar.gz`.

    Args:
        space_id: The id of a Space.
        filename: The file name of a package in the store, mostly one that ends in `.tar.gz`.
        data: The package.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    return Call(
        operation_id="putStoreItem",
        method="PUT",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3/{segment(filename, 'filename')}",
        body=package_source(data),
        content_type="application/octet-stream",
        progress=progress,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
