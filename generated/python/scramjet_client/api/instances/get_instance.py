"""Show an Instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.instance import Instance

DECODERS: Mapping[int, Callable[[Any], Instance]] = {200: Instance.from_dict}


def call(id: str) -> Call[Instance]:
    """Show an Instance.

    An Instance and its status at this moment; once it has ended, also how (`terminated`) and when.
    Asking again and again is the plain way to wait for an end; reading `output` or `log` to its end is
    the quick one.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="getInstance",
        method="GET",
        path=f"/instance/{segment(id, 'id')}",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
