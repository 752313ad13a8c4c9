# Copied by `make generate` from client/runtime/retries.py: edit it there.
"""When to ask again, and how long to wait before."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from .._runtime.hints import lazy_hints
from .errors import ApiStatusError, ConnectionFailed, RequestError, StreamBroken, TimedOut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .call import Call, UploadSource

RETRIED_STATUSES = frozenset({408, 429, 502, 503, 504})
SHORTEST, LONGEST = 0.5, 8.0
LONGEST_ASKED_FOR = 60.0
"""Seconds. A server that asks for a longer wait is not waited for: the caller is told at once."""


def backoff(attempt: int) -> float:
    """Give the seconds to wait before a repeat: they double, and vary so that clients do not come in step.

    Args:
        attempt: How many repeats there have been.
    """
    longest = min(SHORTEST * 2.0**attempt, LONGEST)
    return longest * random.uniform(0.75, 1.0)  # noqa: S311 -- nothing secret hangs on it


def wait_asked_for(headers: Mapping[str, str]) -> float | None:
    """Give the seconds that a Retry-After header asks to wait, if there is one that makes sense."""
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _until(value)
    return max(seconds, 0.0) if seconds < float("inf") else None


def _until(date: str) -> float | None:
    import time
    from email.utils import parsedate_to_datetime

    try:
        return max(parsedate_to_datetime(date).timestamp() - time.time(), 0.0)
    except ValueError:
        return None


def wait_after(error: RequestError | ApiStatusError, call: Call[Any], attempt: int, most: int) -> float | None:
    """Give the seconds to wait before a call is repeated; None if it must not be.

    A repeat is safe if the request never left, or if the operation may be asked for twice. An answer that takes too
    long is not asked for again: the caller has set how long to wait, and the server has enough to do.

    Args:
        error: How the call failed.
        call: What was asked.
        attempt: How many repeats there have been.
        most: How many there may be.
    """
    if attempt >= most or not is_repeatable(call.body):
        return None
    if isinstance(error, ApiStatusError):
        return _wait_after_status(error, attempt) if call.retry_safe else None
    lost = isinstance(error, (ConnectionFailed, StreamBroken)) and call.retry_safe
    unheard = isinstance(error, (ConnectionFailed, TimedOut)) and not error.sent
    return backoff(attempt) if lost or unheard else None


def _wait_after_status(error: ApiStatusError, attempt: int) -> float | None:
    if error.status not in RETRIED_STATUSES:
        return None
    asked = wait_asked_for(error.headers)
    if asked is None:
        return backoff(attempt)
    return asked if asked <= LONGEST_ASKED_FOR else None


def may_be_done(error: RequestError | ApiStatusError, call: Call[Any]) -> bool:
    """Tell whether a request that failed may have deleted what it was to delete."""
    if call.method != "DELETE":
        return False
    if isinstance(error, ApiStatusError):
        # A gateway that lost the server's reply.
        return error.status in {502, 504}
    return error.sent


def is_repeatable(body: UploadSource | None) -> bool:
    """Tell whether a body can be sent again, and is small enough to be kept for it."""
    return body is None or isinstance(body, (bytes, bytearray, memoryview, str))


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Call": ".call", "Mapping": "collections.abc", "UploadSource": ".call"})
