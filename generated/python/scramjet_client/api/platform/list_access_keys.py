"""List a Space's access keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..._runtime.call import Call
from ...models.access_keys import AccessKeys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


DECODERS: Mapping[int, Callable[[Any], AccessKeys]] = {200: AccessKeys.from_dict}


def call(space_id: str) -> Call[AccessKeys]:
    """List a Space's access keys.

    When each key was made and what for. The keys themselves are never shown.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="listAccessKeys",
        method="GET",
        path=f"/space/{quote(space_id, safe='')}/apikey",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
