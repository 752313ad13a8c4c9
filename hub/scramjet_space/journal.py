"""The log of a Space: its own entries, and those of its Hubs, each with the Hub's id in front."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import orjson
from scramjet_serving.streams.lines import LineLog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from scramjet_serving.log import ServiceLog

MOST_BYTES: Final = 16 * 1024 * 1024


class SpaceLog:
    """Keeps recent lines and streams new ones, for `GET /log` of a Space.

    Args:
        space: The id of the Space.
        log: The log of the Platform, which has the Space's own entries, too.
        most: How many lines are kept.
    """

    def __init__(self, space: str, log: ServiceLog, most: int) -> None:
        self._source = f"Space {space}"
        self._log = log
        self._lines = LineLog(most, MOST_BYTES)

    def write(self, level: str, message: str, *, data: object = None) -> None:
        """Add an entry of the Space itself.

        Args:
            level: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.
            message: What happened.
            data: Further data, which JSON can carry.
        """
        if not self._log.enabled(level):
            return
        self._log.write(level, message, source=self._source, data=data)
        entry: dict[str, Any] = {"level": level, "msg": message, "ts": time.time_ns() // 1_000_000}
        entry |= {"from": self._source} | ({} if data is None else {"data": [data]})
        self._lines.append(orjson.dumps(entry) + b"\n")

    def relay(self, hub: str, lines: Collection[bytes]) -> None:
        """Add lines of a Hub's log, each of which ends in a newline."""
        prefix = f"{hub}: ".encode()
        self._lines.extend([prefix + line for line in lines])

    def follow(self) -> AsyncIterator[bytes]:
        """Return the recent lines, then new ones."""
        return self._lines.follow()

    def close(self) -> None:
        """End all readers."""
        self._lines.close()
