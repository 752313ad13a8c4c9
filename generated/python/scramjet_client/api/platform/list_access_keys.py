"""List a Space's access keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.access_keys import AccessKeys

DECODERS: Mapping[int, Callable[[Any], AccessKeys]] = {200: AccessKeys.from_dict}


def call(space_id: str) -> Call[AccessKeys]:
    """List a Space's access keys.

    When each key was created and what for. The keys themselves are never shown.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="listAccessKeys",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/apikey",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
