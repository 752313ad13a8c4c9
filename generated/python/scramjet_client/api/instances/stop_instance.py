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

    Tells the Instance to stop: its stop handlers run, and it has as long as `timeout` says to end; then
    it is killed. With `can_call_keepalive`, each call of keep-alive in the Sequence moves that moment
    on.

    The reply comes at once, with the Instance in the status `stopping`, and waits for nothing else. How
    it ends shows in `InstanceClient.get_info`: exit code 138 after a stop, 137 if it had to be killed.
    Asking again while it stops changes nothing and is no error; an Instance that has ended cannot be
    stopped. The body is an object, or the object behind its message code in an array, as older clients
    send it; further fields are ignored.

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
