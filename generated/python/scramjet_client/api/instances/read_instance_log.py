"""Stream an Instance's log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.log_record import LogRecord

DECODERS: Mapping[int, Callable[[Any], LogRecord]] = {200: LogRecord.from_dict}


def call(id: str) -> Call[LogRecord]:
    """Stream an Instance's log.

    Every reader first gets the recent log, bounded in length, and then new records as they are written;
    after the Instance has ended, the log that is kept, and then the end of the stream. Contains the
    records of the Sequence, and those of the Hub and the runner about the Instance. One JSON object a
    line, although the content type does not say so.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
    """
    return Call(
        operation_id="readInstanceLog",
        method="GET",
        path=f"/instance/{segment(id, 'id')}/log",
        decoders=DECODERS,
        down="stream",
        retry_safe=False,
    )
