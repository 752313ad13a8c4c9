"""The runner's log: converts records of `logging` into JSON lines for the Hub."""

from __future__ import annotations

import json
import logging
import os

TRACE = 5
LEVELS = ((50, "FATAL"), (40, "ERROR"), (30, "WARN"), (20, "INFO"), (10, "DEBUG"))


class Logger(logging.Logger):
    """A logger with the extra methods of other Hubs' loggers."""

    def warn(self, msg: object, *args: object, **kwargs: object) -> None:
        """Same as `warning`, under its name on other Hubs (the one of `logging` itself is deprecated)."""
        self.log(logging.WARNING, msg, *args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def trace(self, msg: object, *args: object, **kwargs: object) -> None:
        """Log details for debugging."""
        self.log(TRACE, msg, *args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class HubHandler(logging.Handler):
    """Writes records as JSON lines.

    Args:
        fd: The descriptor to write to; writes may block.
    """

    def __init__(self, fd: int) -> None:
        super().__init__()
        self._fd = fd

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            self._write(entry(record))
        except OSError:
            pass  # the Hub is gone, and so this process will end
        except Exception:  # noqa: BLE001 - a message that does not match its arguments must not end the Sequence
            self.handleError(record)

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._fd, data) :]


def entry(record: logging.LogRecord) -> bytes:
    """Return a record as a line in the format of the Hub."""
    level = next((name for number, name in LEVELS if record.levelno >= number), "TRACE")
    fields: dict[str, object] = {
        "level": level,
        "msg": record.getMessage(),
        "ts": int(record.created * 1000),
        "from": record.name,
    }
    if record.exc_info:
        fields["data"] = [logging.Formatter().formatException(record.exc_info)]
    return json.dumps(fields, default=str).encode("utf-8", "backslashreplace") + b"\n"


def set_up(fd: int) -> Logger:
    """Send all log records to the Hub; return the Sequence's own logger."""
    logging.addLevelName(TRACE, "TRACE")
    handler = HubHandler(fd)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logger = Logger("Sequence", TRACE)
    logger.parent = root
    return logger
