"""Check whether the Hub is connected to a Space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.status import Status

DECODERS: Mapping[int, Callable[[Any], Status]] = {200: Status.from_dict}


def call() -> Call[Status]:
    """Check whether the Hub is connected to a Space.

    `cpm` is empty at a Hub that was told of no Space. Otherwise it names the Space, and `connected`
    tells whether the connection stands at this moment.
    """
    return Call(operation_id="getStatus", method="GET", path="/status", decoders=DECODERS, down="json", retry_safe=True)
