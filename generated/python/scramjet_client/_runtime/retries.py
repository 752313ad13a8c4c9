# Copied by `make generate` from client/runtime/retries.py: edit it there.
"""Retries: which requests to retry, and how long to wait before."""

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
"""The longest Retry-After in seconds to wait for; after a longer one the error is raised at once."""


def backoff(attempt: int) -> float:
    """Return the seconds to wait before a retry: exponential back-off with jitter.

    Args:
        attempt: The number of retries so far.
    """
    longest = min(SHORTEST * 2.0**attempt, LONGEST)
    return longest * random.uniform(0.75, 1.0)  # noqa: S311 -- not for security


def wait_asked_for(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a valid Retry-After header, if there is one."""
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
    """Return the seconds to wait before a call is retried; None if it must not be.

    A retry is safe if the request was never sent or the operation is idempotent. A reply that takes too
    long is not requested again: the caller has chosen how long to wait, and the server is busy enough.

    Args:
        error: How the call failed.
        call: The call.
        attempt: The number of retries so far.
        most: The maximum number of retries.
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
    """Return whether a failed request may still have deleted its target."""
    if call.method != "DELETE":
        return False
    if isinstance(error, ApiStatusError):
        # A gateway may have lost the server's reply.
        return error.status in {502, 504}
    return error.sent


def is_repeatable(body: UploadSource | None) -> bool:
    """Return whether a body can be sent again and is small enough to keep for that."""
    return body is None or isinstance(body, (bytes, bytearray, memoryview, str))


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Call": ".call", "Mapping": "collections.abc", "UploadSource": ".call"})
