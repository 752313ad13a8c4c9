"""Set the interval between reports of an Instance."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.arguments import converting
from ..._runtime.call import Call
from ..._runtime.durations import milliseconds
from ..._runtime.paths import segment
from ...models.accepted import Accepted

DECODERS: Mapping[int, Callable[[Any], Accepted]] = {202: Accepted.from_dict}


@converting
def call(id: str, monitoring_rate: float | datetime.timedelta) -> Call[Accepted]:
    """Set the interval between reports of an Instance.

    Sets the time between two reports of the Instance; it begins with one second.
    `InstanceClient.get_health` is never newer than the last report. The body is an object, or the
    object behind its message code in an array, as older clients send it; further fields are ignored.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        monitoring_rate: Seconds, or a `timedelta`, between two reports.
    """
    json: dict[str, Any] = {"monitoringRate": milliseconds(monitoring_rate)}
    return Call(
        operation_id="setMonitoringRate",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/_monitoring_rate",
        json=[4003, json],
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
