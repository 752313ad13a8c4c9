"""The Hub's log, and the bounded line log that it and the audit trail are made of."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import select
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

LEVELS = {"TRACE": 5, "DEBUG": 10, "INFO": 20, "WARN": 30, "ERROR": 40, "FATAL": 50}
BATCH = 64 * 1024


class LineLog:
    """Lines that are kept up to a bound, for any number of readers, none of which holds up the writer or another.

    A reader that is so slow that lines were dropped before it came to them goes on with the oldest that is left.

    Args:
        max_lines: Lines to keep.
        max_bytes: Bytes to keep.
    """

    def __init__(self, max_lines: int, max_bytes: int = 8 * 1024 * 1024) -> None:
        self._max_lines = max_lines
        self._max_bytes = max_bytes
        self._lines: deque[bytes] = deque()
        self._bytes = 0
        self._end = 0
        self._closed = False
        self._changed: asyncio.Event = asyncio.Event()

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._bytes

    def append(self, line: bytes) -> None:
        """Add a line, which ends in a newline."""
        self.extend((line,))

    def extend(self, lines: Collection[bytes]) -> None:
        """Add lines, each of which ends in a newline."""
        self._lines.extend(lines)
        self._bytes += sum(map(len, lines))
        self._end += len(lines)
        while len(self._lines) > self._max_lines or (self._bytes > self._max_bytes and len(self._lines) > 1):
            self._bytes -= len(self._lines.popleft())
        self._wake()

    def close(self) -> None:
        """End every reader once it has read what there is."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def recent(self) -> list[bytes]:
        """The lines that are kept, oldest first."""
        return list(self._lines)

    async def follow(self, replay: int | None = None) -> AsyncIterator[bytes]:
        """Whole lines, several at once where there are several.

        Args:
            replay: How many of the lines that are kept to begin with; None is all of them.
        """
        kept = len(self._lines)
        position = self._end - (kept if replay is None else min(kept, replay))
        while True:
            while position < self._end:
                batch, position = self._batch(position)
                yield batch
            if self._closed:
                return
            await self._changed.wait()

    def _batch(self, position: int) -> tuple[bytes, int]:
        index = max(0, position - (self._end - len(self._lines)))
        parts: list[bytes] = []
        size = 0
        while index < len(self._lines) and size < BATCH:
            parts.append(self._lines[index])
            size += len(parts[-1])
            index += 1
        return b"".join(parts), self._end - len(self._lines) + index


class HubLog:
    """What the Hub has to say: JSON lines for `GET /log`, readable lines for the terminal.

    Args:
        max_entries: Entries to keep for replay.
        level: The least level to log, in any case: trace, debug, info, warn, error or fatal.
    """

    def __init__(self, max_entries: int, level: str = "info") -> None:
        self._lines = LineLog(max_entries)
        self._least = LEVELS[level.upper()]
        self._terminal = Terminal()

    def enabled(self, level: str) -> bool:
        """Whether an entry of this level would be written."""
        return LEVELS.get(level, LEVELS["INFO"]) >= self._least

    def write(self, level: str, message: str, *, source: str = "Hub", data: object = None) -> None:
        """Add an entry.

        Args:
            level: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.
            message: What happened.
            source: What part of the Hub says so; `from` in the entry.
            data: Anything more; what has no JSON form becomes text.
        """
        if not self.enabled(level):
            return
        entry: dict[str, Any] = {"level": level, "msg": message, "ts": time.time_ns() // 1_000_000, "from": source}
        if data is not None:
            entry["data"] = data if isinstance(data, list) else [data]
        self._lines.append(encode(entry) + b"\n")
        self._terminal.show(entry)

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._lines.size

    def follow(self) -> AsyncIterator[bytes]:
        """The recent entries, then new ones, as JSON lines."""
        return self._lines.follow()

    def close(self) -> None:
        """End all readers."""
        self._lines.close()

    def capture_logging(self) -> None:
        """Take what libraries say through the standard `logging`."""
        root = logging.getLogger()
        root.handlers[:] = [_Handler(self)]
        root.setLevel(max(self._least, logging.WARNING))


def encode(value: object) -> bytes:
    """Anything as JSON: what has no JSON form becomes text, for whatever happened is to be logged."""
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        if isinstance(value, dict):
            return orjson.dumps({ascii(name).strip("'"): orjson.Fragment(encode(item)) for name, item in value.items()})
        if isinstance(value, list):
            return orjson.dumps([orjson.Fragment(encode(item)) for item in value])
        return orjson.dumps(ascii(value).strip("'"))


class Terminal:
    """Readable lines on stderr, never waiting for whoever reads it."""

    def __init__(self) -> None:
        try:
            self._fd = sys.stderr.fileno()
        except (AttributeError, OSError, ValueError):
            self._fd = -1
            return
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLOUT)

    def show(self, entry: dict[str, Any]) -> None:
        """Write an entry as one line, or drop it if that would block."""
        if self._fd < 0 or not self._writable():
            return
        clock = time.strftime("%H:%M:%S", time.localtime(entry["ts"] / 1000))
        data = f" {encode(entry['data']).decode()}" if "data" in entry else ""
        line = f"{clock} {entry['level']:<5} {entry['from']}: {entry['msg']}{data}"
        # A pipe that polls as writable takes this many bytes without blocking (PIPE_BUF).
        # Whatever is wrong with it, a full disk or a terminal that was closed, must not stop what is logged.
        with contextlib.suppress(OSError):
            os.write(self._fd, line.replace("\n", "\\n").encode(errors="replace")[:4000] + b"\n")

    def _writable(self) -> bool:
        return any(event & select.POLLOUT for _, event in self._poll.poll(0))


class _Handler(logging.Handler):
    def __init__(self, log: HubLog) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = next((name for name in ("FATAL", "ERROR", "WARN") if record.levelno >= LEVELS[name]), "INFO")
        data = self.format(record) if record.exc_info else None
        self._log.write(level, record.getMessage(), source=record.name, data=data)
