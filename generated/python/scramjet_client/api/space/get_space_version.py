"""Return the version of the Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.version import Version

DECODERS: Mapping[int, Callable[[Any], Version]] = {200: Version.from_dict}


def call(space_id: str) -> Call[Version]:
    """Return the version of the Space.

    The service name and version of the Space.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="getSpaceVersion",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/version",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
