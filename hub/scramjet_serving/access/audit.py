"""The audit trail: records the start and the end of each operation, and who called it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

# How many records are kept, and how many of them a new reader gets first; records of requests rejected for want of a
# valid token, which cost their sender nothing, are counted and kept separately.
MAX_RECORDS: Final = 10_000
MAX_REFUSED: Final = 1_000
REPLAYED: Final = 100
BATCH: Final = 64 * 1024
# How many characters are recorded of an id in a request.
LONGEST_ID: Final = 256


class AuditTrail:
    """Keeps recent records of operations and streams new ones, for `GET /audit`.

    Args:
        codes: The code numbers of the recorded operations, by operationId.
    """

    def __init__(self, codes: Mapping[str, int]) -> None:
        self.codes = codes
        self._records: dict[int, bytes] = {}
        self._kept: tuple[deque[int], deque[int]] = (deque(), deque())
        self._end = 0
        self._closed = False
        self._changed = asyncio.Event()

    def __len__(self) -> int:
        return len(self._records)

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
        refused: bool = False,
    ) -> None:
        """Add a record.

        Args:
            state: START or END.
            operation: The operationId.
            request_id: Connects the records of one request.
            object_id: The id of its object.
            requestor: The holder of the token.
            status: The HTTP status at the END; 0 if the client disconnected before there was one.
            rx: Bytes of the request body.
            tx: Bytes of the reply body.
            refused: Whether it was rejected for want of a valid token, so that any client could have sent it.
        """
        record: dict[str, Any] = {
            "opState": state,
            "opCode": self.codes[operation],
            "requestId": request_id,
            "requestorId": requestor,
            "rx": rx,
            "tx": tx,
            "receivedAt": time.time_ns() // 1_000_000,
        }
        if object_id is not None:
            record["objectId"] = object_id if len(object_id) <= LONGEST_ID else object_id[:LONGEST_ID] + "..."
        if status is not None:
            record["status"] = status
        # bytes() copies: orjson's result keeps a buffer many times its size alive.
        self._add(orjson.dumps(record) + b"\n", refused=refused)

    def _add(self, line: bytes, *, refused: bool) -> None:
        kept = self._kept[refused]
        kept.append(self._end)
        self._records[self._end] = line
        self._end += 1
        if len(kept) > (MAX_REFUSED if refused else MAX_RECORDS):
            del self._records[kept.popleft()]
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def follow(self) -> AsyncIterator[bytes]:
        """Return the recent records, then new ones, as JSON lines."""
        recent = sorted(number for kept in self._kept for number in list(kept)[-REPLAYED:])
        position = self._end
        if recent:
            yield b"".join(self._records[number] for number in recent)
        while True:
            while position < self._end:
                batch, position = self._batch(position)
                if batch:
                    yield batch
            if self._closed:
                return
            await self._changed.wait()

    def _batch(self, position: int) -> tuple[bytes, int]:
        """Return the records from a position on that are still kept, and the position after them."""
        if self._end - position > len(self._records):
            position = next((number for number in sorted(self._records) if number >= position), self._end)
        lines: list[bytes] = []
        size = 0
        while position < self._end and size < BATCH and len(lines) < REPLAYED:
            if line := self._records.get(position):
                lines.append(line)
                size += len(line)
            position += 1
        return b"".join(lines), position

    def close(self) -> None:
        """End all readers."""
        self._closed = True
        self._wake()
