"""Kill an Instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.instance import Instance

DECODERS: Mapping[int, Callable[[Any], Instance]] = {202: Instance.from_dict}


def call(id: str, remove_immediately: bool | None = None) -> Call[Instance]:
    """Kill an Instance.

    Kills the Instance and every process that it has started. Its kill handlers and its program's exit
    handlers run first; after a few seconds, or if the Sequence is too busy to run them, it is killed
    anyway. The reply comes at once, with the status `killing`; the Instance ends soon after, with exit
    code 137. Works at any time before the end, also while it starts or stops. With
    `remove_immediately`, the Instance, its log and its streams are removed as soon as it has ended. The
    body is an object, or an array of a message code and that object, as older clients send it; unknown
    fields are ignored.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        remove_immediately: Whether to forget the Instance as soon as it has ended, with its logs and
            streams. The server takes False if it is omitted.
    """
    json: dict[str, Any] = {}
    if remove_immediately is not None:
        json["removeImmediately"] = remove_immediately
    return Call(
        operation_id="killInstance",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/_kill",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
