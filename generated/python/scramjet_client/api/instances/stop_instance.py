"""Ask an Instance to stop."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.arguments import converting
from ..._runtime.call import Call
from ..._runtime.durations import milliseconds, seconds
from ..._runtime.paths import segment
from ...models.instance import Instance

DECODERS: Mapping[int, Callable[[Any], Instance]] = {202: Instance.from_dict}


@converting
def call(
    id: str, timeout: float | datetime.timedelta | None = None, can_call_keepalive: bool | None = None
) -> Call[Instance]:
    """Ask an Instance to stop.

    Runs the Instance's stop handlers, and kills it if it has not ended within `timeout`. With
    `can_call_keepalive`, each keep-alive call of the Sequence extends that time.

    The reply comes at once, with the status `stopping`. `InstanceClient.get_info` shows how it ended:
    exit code 138 after a stop, 137 if it had to be killed. Another request while it stops changes
    nothing and is not an error; an Instance that has ended cannot be stopped. The body is an object, or
    an array of a message code and that object, as older clients send it; unknown fields are ignored.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        timeout: Seconds, or a `timedelta`, after which the Instance is killed if it has not ended. The
            server takes 7 if it is omitted.
        can_call_keepalive: Whether the Instance may prolong the time-out. The server takes False if it
            is omitted.
    """
    json: dict[str, Any] = {}
    if timeout is not None:
        json["timeout"] = milliseconds(timeout)
    if can_call_keepalive is not None:
        json["canCallKeepalive"] = can_call_keepalive
    return Call(
        operation_id="stopInstance",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/_stop",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
        extra_wait=7 if timeout is None else seconds(timeout),
    )
