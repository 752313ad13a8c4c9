"""Download a package from the Space's store."""

from __future__ import annotations

from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment


def call(space_id: str, filename: str) -> Call[Any]:
    """Download a package from the Space's store.

    The stored `tar.gz`, byte for byte. Hubs fetch packages with this request.

    Args:
        space_id: The id of a Space.
        filename: The file name of a package in the store, mostly one that ends in `.tar.gz`.
    """
    return Call(
        operation_id="getStoreItem",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/s3/{segment(filename, 'filename')}",
        down="stream",
        retry_safe=False,
    )
