from __future__ import annotations

from typing import Literal, TypeAlias

LogRecordLevel: TypeAlias = Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]
