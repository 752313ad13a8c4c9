"""Stream the Space's audit trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.audit_record import AuditRecord

DECODERS: Mapping[int, Callable[[Any], AuditRecord]] = {200: AuditRecord.from_dict}


def call(space_id: str) -> Call[AuditRecord]:
    """Stream the Space's audit trail.

    As `HostClient.get_audit_stream` at a Hub, for the Space and all its Hubs. Records of Hubs have the
    Hub's id as `host`. Records of the Space have no `opState`: a Hub joined (14000) or left (14001),
    and a heartbeat (13020) every few seconds. One JSON object a line, although the content type does
    not say so.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="streamSpaceAudit",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/audit",
        decoders=DECODERS,
        down="stream",
        retry_safe=False,
    )
