"""Stream the Hub's log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.log_record import LogRecord

DECODERS: Mapping[int, Callable[[Any], LogRecord]] = {200: LogRecord.from_dict}


def call() -> Call[LogRecord]:
    """Stream the Hub's log.

    Begins with the recent log, bounded in length, and continues with new records as they are written.
    One JSON object a line, although the content type does not say so. Ends when the client disconnects
    or the Hub stops. A reader that does not keep up loses lines rather than slow down the Hub.
    """
    return Call(operation_id="streamLog", method="GET", path="/log", decoders=DECODERS, down="stream", retry_safe=False)
