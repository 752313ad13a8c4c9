# Copied by `make generate` from client/runtime/durations.py: edit it there.
"""Conversion of durations, which are milliseconds in the API and seconds in Python, and of moments."""

from __future__ import annotations

import datetime
import math

from .errors import InvalidArgumentError


def seconds(value: float | datetime.timedelta) -> float:
    """Convert a duration to seconds.

    Raises:
        InvalidArgumentError: It is negative or not a duration.
    """
    number = value.total_seconds() if isinstance(value, datetime.timedelta) else float(value)
    if not 0 <= number < math.inf:
        raise InvalidArgumentError(f"{value} is no duration: give seconds, or a timedelta, of 0 or more.")
    return number


def milliseconds(value: float | datetime.timedelta) -> int:
    """Convert a duration to whole milliseconds, the unit of the API.

    Raises:
        InvalidArgumentError: It is negative or not a duration.
    """
    return round(seconds(value) * 1000)


def moment(value: datetime.datetime) -> str:
    """Return a date and time as text; without a time zone it is local time, as everywhere in Python."""
    return (value if value.tzinfo is not None else value.astimezone()).isoformat()
