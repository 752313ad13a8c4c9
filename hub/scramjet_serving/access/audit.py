"""The audit trail: who did what, as it begins and as it ends."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

# How many records are kept, and how many of them a new reader begins with; those of requests that were refused for want
# of a good token, which cost their sender nothing, are counted and kept apart.
MAX_RECORDS: Final = 10_000
MAX_REFUSED: Final = 1_000
REPLAYED: Final = 100
BATCH: Final = 64 * 1024
# Of an id that a request names, this many letters are recorded.
LONGEST_ID: Final = 256


class AuditTrail:
    """Records of operations, for `GET /audit`: the recent ones, then new ones.

    Args:
        codes: The numbers of the operations that are recorded, by operationId.
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
            request_id: Ties the records of one request together.
            object_id: What it is about, such as a Sequence.
            requestor: Whose token was used.
            status: The HTTP status at the END; 0 if the client went away before there was one.
            rx: Bytes of the request's body.
            tx: Bytes of the reply's body.
            refused: Whether anybody could have sent it: it had no token that is known, and was refused.
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
        # The sum is a copy: what orjson gives holds on to a buffer many times its size.
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
        """The recent records, then new ones, as JSON lines."""
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
        """Records from a position on, those that are still kept, and the position after them."""
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
