"""Return an Instance's health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.instance_health import InstanceHealth

DECODERS: Mapping[int, Callable[[Any], InstanceHealth]] = {200: InstanceHealth.from_dict}


def call(id: str) -> Call[InstanceHealth]:
    """Return an Instance's health.

    The last health report of the Instance: its own, or that of the health check of the Sequence. Before
    the first report, the reply waits for it, up to five seconds; what has not reported by then is not
    healthy. Once the Instance has ended, it is not healthy any more.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="getInstanceHealth",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/health",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
