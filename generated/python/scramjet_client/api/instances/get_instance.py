"""Return an Instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.instance import Instance

DECODERS: Mapping[int, Callable[[Any], Instance]] = {200: Instance.from_dict}


def call(id: str) -> Call[Instance]:
    """Return an Instance.

    An Instance and its status at this moment; once it has ended, also how (`terminated`) and when. To
    wait for the end, poll this operation, or read `output` or `log` to its end, which is faster.

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
