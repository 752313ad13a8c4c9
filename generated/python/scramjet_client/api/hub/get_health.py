"""Show whether the Hub is well and takes new work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.hub_health import HubHealth

DECODERS: Mapping[int, Callable[[Any], HubHealth]] = {200: HubHealth.from_dict}


def call() -> Call[HubHealth]:
    """Show whether the Hub is well and takes new work.

    For probes of schedulers and load balancers; it needs no token. A Hub that was told to end (SIGTERM)
    takes no new work while it lets its Instances stop, and says 503 here for as long. Everything else
    keeps working until it has ended. It also says 503, and in `problems` why, when its data folder is
    gone or cannot be written to, or when the process that starts its Instances does not answer within
    five seconds.
    """
    return Call(operation_id="getHealth", method="GET", path="/health", decoders=DECODERS, down="json", retry_safe=True)
