"""Return the MultiManager's address and the number of its Spaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.multi_manager_info import MultiManagerInfo

DECODERS: Mapping[int, Callable[[Any], MultiManagerInfo]] = {200: MultiManagerInfo.from_dict}


def call() -> Call[MultiManagerInfo]:
    """Return the MultiManager's address and the number of its Spaces.

    Where the MultiManager serves, and how many Spaces it has.
    """
    return Call(
        operation_id="getMultiManagerInfo", method="GET", path="/info", decoders=DECODERS, down="json", retry_safe=True
    )
