"""Return the load of the Hub's machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.load import Load

DECODERS: Mapping[int, Callable[[Any], Load]] = {200: Load.from_dict}


def call() -> Call[Load]:
    """Return the load of the Hub's machine.

    CPU, memory and file systems of the machine; inside a container, those of the container. The Hub
    uses these figures to decide whether another Instance fits.
    """
    return Call(
        operation_id="getLoad", method="GET", path="/load-check", decoders=DECODERS, down="json", retry_safe=True
    )
