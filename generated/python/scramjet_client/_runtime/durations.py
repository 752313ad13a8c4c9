# Copied by `make generate` from client/runtime/durations.py: edit it there.
"""Durations: the API has milliseconds, Python seconds."""

from __future__ import annotations

import datetime
import math

from .errors import InvalidArgumentError


def seconds(value: float | datetime.timedelta) -> float:
    """Give a duration in seconds.

    Raises:
        InvalidArgumentError: It is negative, or no length of time.
    """
    number = value.total_seconds() if isinstance(value, datetime.timedelta) else float(value)
    if not 0 <= number < math.inf:
        raise InvalidArgumentError(f"{value} is no duration: give seconds, or a timedelta, of 0 or more.")
    return number


def milliseconds(value: float | datetime.timedelta) -> int:
    """Give a duration in whole milliseconds, as the API takes it.

    Raises:
        InvalidArgumentError: It is negative, or no length of time.
    """
    return round(seconds(value) * 1000)
