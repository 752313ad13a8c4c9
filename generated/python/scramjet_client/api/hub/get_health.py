"""Check whether the Hub is healthy and accepts new work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.hub_health import HubHealth

DECODERS: Mapping[int, Callable[[Any], HubHealth]] = {200: HubHealth.from_dict}


def call() -> Call[HubHealth]:
    """Check whether the Hub is healthy and accepts new work.

    A readiness probe for schedulers and load balancers; it needs no token. A Hub that is shutting down
    (SIGTERM) accepts no new work while its Instances stop, and answers 503 here until it has ended. All
    other operations keep working until then. It also answers 503, with the reasons in `problems`, when
    its data folder is gone or cannot be written to, or when the process that starts its Instances does
    not answer within five seconds.
    """
    return Call(operation_id="getHealth", method="GET", path="/health", decoders=DECODERS, down="json", retry_safe=True)
