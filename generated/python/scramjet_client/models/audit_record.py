from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .limits import Limits

_KNOWN: frozenset[str] = frozenset(
    {"opCode", "opState", "requestId", "requestorId", "host", "mId", "limits", "objectId", "rx", "tx", "receivedAt"}
)


@define(repr=False)
class AuditRecord(Model):
    """One line of the audit stream, about one step of one operation.

    Attributes:
        op_code: A number for the kind of operation.
        op_state: `START` and `END` frame an operation; `ACTIVE` and `ERROR` come between, from STH;
            empty for what happens outside of one. Always there in records of Hubs, never in those of
            Spaces.
        request_id: The request id.
        requestor_id: Who sent the request.
        host: The id of the Hub; in trails of Spaces and above.
        m_id: The id of the Space; in trails of Platforms and MultiManagers.
        limits: What an Instance may use at most.
        object_id: The Sequence, Instance or topic that it was about.
        rx: Bytes received so far.
        tx: Bytes sent so far.
        received_at: Milliseconds since 1970 (UTC).
    """

    op_code: int
    op_state: str | None = None
    request_id: str | None = None
    requestor_id: str | None = None
    host: str | None = None
    m_id: str | None = None
    limits: Limits | None = None
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
        limits = get("limits")
        return cls(
            data["opCode"],
            get("opState"),
            get("requestId"),
            get("requestorId"),
            get("host"),
            get("mId"),
            None if limits is None else Limits.from_dict(limits),
            get("objectId"),
            get("rx"),
            get("tx"),
            get("receivedAt"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "opCode": self.op_code}
        if self.op_state is not None:
            data["opState"] = self.op_state
        if self.request_id is not None:
            data["requestId"] = self.request_id
        if self.requestor_id is not None:
            data["requestorId"] = self.requestor_id
        if self.host is not None:
            data["host"] = self.host
        if self.m_id is not None:
            data["mId"] = self.m_id
        if self.limits is not None:
            data["limits"] = self.limits.to_dict()
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
