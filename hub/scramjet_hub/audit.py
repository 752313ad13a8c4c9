"""The audit trail: who did what to this Hub, as it begins and as it ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import orjson

from scramjet_hub.logs import LineLog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# The numbers of the operations that STH records are its own (its OpRecordCode); operations it has no number for get
# one in the same scheme: subject (10 Sequence, 11 Instance, 12 topic), method (1 POST, 2 GET, 3 PUT, 4 DELETE), serial.
OP_CODES: Final = {
    "uploadSequence": 10100,
    "startSequence": 10117,
    "getSequence": 10200,
    "replaceSequence": 10300,
    "deleteSequence": 10400,
    "writeStdin": 11103,
    "writeInput": 11107,
    "exchangeInout": 11108,
    "sendEvent": 11110,
    "setMonitoringRate": 11112,
    "stopInstance": 11114,
    "killInstance": 11115,
    "getInstance": 11200,
    "readStdout": 11201,
    "readStderr": 11202,
    "readInstanceLog": 11204,
    "readOutput": 11206,
    "getInstanceHealth": 11208,
    "streamEvents": 11209,
    "streamNamedEvents": 11209,
    "getLastEvent": 11210,
    "getNextEvent": 11211,
    "getNextNamedEvent": 11211,
    "writeTopic": 12100,
    "createTopic": 12101,
    "readTopic": 12200,
    "deleteTopic": 12400,
}
# How many records are kept for readers that are slow, and how many of them a new reader begins with.
MAX_RECORDS: Final = 10_000
REPLAYED: Final = 100


class AuditTrail:
    """Records of operations, for `GET /audit`: the recent ones, then new ones."""

    def __init__(self) -> None:
        self._lines = LineLog(MAX_RECORDS)

    def record(
        self,
        state: str,
        operation: str,
        request_id: str,
        *,
        object_id: str | None = None,
        requestor: str = "system",
        status: int | None = None,
        rx: int = 0,
        tx: int = 0,
    ) -> None:
        """Add a record.

        Args:
            state: START or END.
            operation: The operationId.
            request_id: Ties the records of one request together.
            object_id: The Sequence, Instance or topic it is about.
            requestor: Whose token was used.
            status: The HTTP status at the END; 0 if the client went away before there was one.
            rx: Bytes of the request's body.
            tx: Bytes of the reply's body.
        """
        record: dict[str, Any] = {
            "opState": state,
            "opCode": OP_CODES[operation],
            "requestId": request_id,
            "requestorId": requestor,
            "rx": rx,
            "tx": tx,
            "receivedAt": time.time_ns() // 1_000_000,
        }
        optional = {"objectId": object_id, "status": status}
        record.update((name, value) for name, value in optional.items() if value is not None)
        # The sum is a copy: what orjson gives holds on to a buffer many times its size.
        self._lines.append(orjson.dumps(record) + b"\n")

    def follow(self) -> AsyncIterator[bytes]:
        """The recent records, then new ones, as JSON lines."""
        return self._lines.follow(REPLAYED)

    def close(self) -> None:
        """End all readers."""
        self._lines.close()
