"""Stream the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.audit_record import AuditRecord

DECODERS: Mapping[int, Callable[[Any], AuditRecord]] = {200: AuditRecord.from_dict}


def call() -> Call[AuditRecord]:
    """Stream the audit trail.

    One line for each step of each operation on the server, with the requestor and the number of bytes
    transferred; begins with the recent ones. An operation has one line at its start and one at its end,
    correlated by `requestId`, the same as in the reply's header. A Platform and a MultiManager merge
    the trails of all Spaces that the token gives access to: records of Hubs then have `host`, the Hub's
    id, and `mId`, the Space's. Records of Spaces have no `opState`; see `SpaceClient.get_audit_stream`.
    One JSON object a line, although the content type does not say so. Ends when the client disconnects
    or the server stops.
    """
    return Call(
        operation_id="streamAudit", method="GET", path="/audit", decoders=DECODERS, down="stream", retry_safe=False
    )
