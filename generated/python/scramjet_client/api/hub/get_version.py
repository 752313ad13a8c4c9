"""Return the service name and version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.version import Version

DECODERS: Mapping[int, Callable[[Any], Version]] = {200: Version.from_dict}


def call() -> Call[Version]:
    """Return the service name and version.

    Needs no token on a Hub; use it as a liveness check. It does not tell whether the Hub accepts new
    work; see `HostClient.get_health`. The Platform requires a token for this request too.
    """
    return Call(
        operation_id="getVersion", method="GET", path="/version", decoders=DECODERS, down="json", retry_safe=True
    )
