"""Follow the audit stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.audit_record import AuditRecord

DECODERS: Mapping[int, Callable[[Any], AuditRecord]] = {200: AuditRecord.from_dict}


def call() -> Call[AuditRecord]:
    """Follow the audit stream.

    A line for each step of each operation on the server, who asked for it and how much was moved;
    begins with the recent ones. An operation has one line at its start and one at its end, tied
    together by `requestId`, the same as in the reply's header. One JSON object a line, although the
    content type does not say so. Ends when the client goes or the server ends.
    """
    return Call(
        operation_id="streamAudit", method="GET", path="/audit", decoders=DECODERS, down="stream", retry_safe=False
    )
