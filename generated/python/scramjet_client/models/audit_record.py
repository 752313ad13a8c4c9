from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset(
    {"opState", "opCode", "requestId", "requestorId", "objectId", "rx", "tx", "receivedAt"}
)


@define(repr=False)
class AuditRecord(Model):
    """One line of the audit stream, about one step of one operation.

    Attributes:
        op_state: `START` and `END` frame an operation; empty for what happens outside of one.
        op_code: A number for the kind of operation.
        request_id: The request id.
        requestor_id: Who asked.
        object_id: The Sequence, Instance or topic that it was about.
        rx: Bytes received so far.
        tx: Bytes sent so far.
        received_at: Milliseconds since 1970 (UTC).
    """

    op_state: str
    op_code: int
    request_id: str | None = None
    requestor_id: str | None = None
    object_id: str | None = None
    rx: int | None = None
    tx: int | None = None
    received_at: int | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AuditRecord:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["opState"],
            data["opCode"],
            get("requestId"),
            get("requestorId"),
            get("objectId"),
            get("rx"),
            get("tx"),
            get("receivedAt"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "opState": self.op_state, "opCode": self.op_code}
        if self.request_id is not None:
            data["requestId"] = self.request_id
        if self.requestor_id is not None:
            data["requestorId"] = self.requestor_id
        if self.object_id is not None:
            data["objectId"] = self.object_id
        if self.rx is not None:
            data["rx"] = self.rx
        if self.tx is not None:
            data["tx"] = self.tx
        if self.received_at is not None:
            data["receivedAt"] = self.received_at
        return data


lazy_hints(globals(), {})
