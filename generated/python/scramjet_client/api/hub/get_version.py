"""Show what answers, and its version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.version import Version

DECODERS: Mapping[int, Callable[[Any], Version]] = {200: Version.from_dict}


def call() -> Call[Version]:
    """Show what answers, and its version.

    The cheapest request there is, and the one that needs no token at a Hub; good for finding out
    whether somebody is there. It does not tell whether new work is taken; see `HostClient.get_health`.
    The Platform wants a token even here.
    """
    return Call(
        operation_id="getVersion", method="GET", path="/version", decoders=DECODERS, down="json", retry_safe=True
    )
