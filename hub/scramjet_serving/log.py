"""The log of a service: JSON lines for its clients, readable lines for its terminal."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import sys
import time
from typing import TYPE_CHECKING, Any

import orjson

from scramjet_serving.streams.lines import LineLog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LEVELS = {"TRACE": 5, "DEBUG": 10, "INFO": 20, "WARN": 30, "ERROR": 40, "FATAL": 50}


class ServiceLog:
    """Writes JSON lines for `GET /log`, and readable lines for the terminal.

    Args:
        max_entries: Entries to keep for replay.
        level: The minimum level to log, in upper or lower case: trace, debug, info, warn, error or fatal.
        source: The kind of server, `from` in its own entries.
    """

    def __init__(self, max_entries: int, level: str = "info", source: str = "server") -> None:
        self._source = source
        self._lines = LineLog(max_entries)
        self._least = LEVELS[level.upper()]
        self._terminal = Terminal()

    def enabled(self, level: str) -> bool:
        """Return whether an entry of this level would be logged."""
        return LEVELS.get(level, LEVELS["INFO"]) >= self._least

    def write(self, level: str, message: str, *, source: str = "", data: object = None) -> None:
        """Add an entry.

        Args:
            level: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.
            message: What happened.
            source: The part of the service that logs it; `from` in the entry. By default, the service itself.
            data: Further data; values that have no JSON form become text.
        """
        if not self.enabled(level):
            return
        entry: dict[str, Any] = {
            "level": level,
            "msg": message,
            "ts": time.time_ns() // 1_000_000,
            "from": source or self._source,
        }
        if data is not None:
            entry["data"] = data if isinstance(data, list) else [data]
        self._lines.append(encode(entry) + b"\n")
        self._terminal.show(entry)

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._lines.size

    def follow(self) -> AsyncIterator[bytes]:
        """Return the recent entries, then new ones, as JSON lines."""
        return self._lines.follow()

    def close(self) -> None:
        """End all readers."""
        self._lines.close()

    def capture_logging(self) -> None:
        """Log what libraries write to the standard `logging`."""
        root = logging.getLogger()
        root.handlers[:] = [_Handler(self)]
        root.setLevel(max(self._least, logging.WARNING))


def encode(value: object) -> bytes:
    """Encode any value as JSON; values without a JSON form become text, because every event must be logged."""
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        if isinstance(value, dict):
            return orjson.dumps({ascii(name).strip("'"): orjson.Fragment(encode(item)) for name, item in value.items()})
        if isinstance(value, list):
            return orjson.dumps([orjson.Fragment(encode(item)) for item in value])
        return orjson.dumps(ascii(value).strip("'"))


class Terminal:
    """Writes readable lines to stderr, without ever waiting for its reader."""

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
        # A pipe that polls as writable accepts this many bytes without blocking (PIPE_BUF).
        # No fault of stderr, such as a full disk or a closed terminal, may stop the program that logs.
        with contextlib.suppress(OSError):
            os.write(self._fd, line.replace("\n", "\\n").encode(errors="replace")[:4000] + b"\n")

    def _writable(self) -> bool:
        return any(event & select.POLLOUT for _, event in self._poll.poll(0))


class _Handler(logging.Handler):
    def __init__(self, log: ServiceLog) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = next((name for name in ("FATAL", "ERROR", "WARN") if record.levelno >= LEVELS[name]), "INFO")
        data = self.format(record) if record.exc_info else None
        self._log.write(level, record.getMessage(), source=record.name, data=data)
