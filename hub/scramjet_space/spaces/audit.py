"""The audit trail of a Space, gathered while it is read: what its Hubs record, and which of them join and leave."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

import orjson
from scramjet_serving.streams.lines import LineLog

from scramjet_space.spaces.feeds import Feeds

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from scramjet_space.hubs.hub import Hub

HEARTBEAT: Final = 13020
JOINED: Final = 14000
LEFT: Final = 14001
# Seconds between heartbeats.
INTERVAL: Final = 5.0
KEPT: Final = 10_000
MOST_BYTES: Final = 8 * 1024 * 1024


class SpaceAudit:
    """Gathers the audit records of a Space and its Hubs.

    Args:
        space: The id of the Space.
    """

    def __init__(self, space: str) -> None:
        self._space = space
        self._lines = LineLog(KEPT, MOST_BYTES)
        self._feeds = Feeds("/api/v1/audit", self._relay)
        self._hubs: dict[Hub, None] = {}
        self._readers = 0
        self._beating: asyncio.Task[None] | None = None

    def joined(self, hub: Hub) -> None:
        """Record that a Hub has connected."""
        self._hubs[hub] = None
        self._record(JOINED, hub.id)
        if self._readers:
            self._feeds.open(hub)

    def left(self, hub: Hub) -> None:
        """Record that a Hub has disconnected."""
        self._hubs.pop(hub, None)
        self._feeds.close(hub)
        self._record(LEFT, hub.id)

    async def follow(self) -> AsyncGenerator[bytes]:
        """Return the recent records, then new ones, as JSON lines."""
        self._readers += 1
        self._begin()
        try:
            async with contextlib.aclosing(self._lines.follow()) as lines:  # type: ignore[type-var]  # a generator
                async for batch in lines:
                    yield batch
        finally:
            self._readers -= 1
            if not self._readers:
                self._stop()

    def _begin(self) -> None:
        for hub in self._hubs:
            self._feeds.open(hub)
        if self._beating is None:
            self._beating = asyncio.get_running_loop().create_task(self._beat())

    def _stop(self) -> None:
        self._feeds.close_all()
        if self._beating is not None:
            self._beating.cancel()
            self._beating = None

    async def _beat(self) -> None:
        while True:
            self._record(HEARTBEAT, self._space)
            await asyncio.sleep(INTERVAL)

    def _record(self, code: int, object_id: str) -> None:
        record = {"opCode": code, "objectId": object_id, "requestorId": "system"}
        self._lines.append(orjson.dumps(record) + b"\n")

    def _relay(self, hub: str, lines: Iterable[bytes]) -> None:
        self._lines.extend([told for line in lines if (told := _told(line, {"host": hub}))])

    def close(self) -> None:
        """End all readers."""
        self._stop()
        self._lines.close()


def _told(line: bytes, more: dict[str, Any]) -> bytes:
    """Return a record with further fields; nothing for a line that is no record."""
    try:
        record = orjson.loads(line)
    except ValueError:
        return b""
    return orjson.dumps({**record, **more}) + b"\n" if isinstance(record, dict) else b""


def of_space(batch: bytes, space: str) -> bytes:
    """Return records with the id of their Space, as a Platform gives them."""
    return b"".join(_told(line, {"mId": space}) for line in batch.splitlines())
