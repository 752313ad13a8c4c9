"""The parts of a call's HTTP request: URL, headers, body and time-outs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from .call import UNSET
from .errors import ArgumentTypeError, InvalidArgumentError
from .settings.headers import checked_headers
from .texts import HALF, json_as_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .call import Call
    from .settings.config import Settings

ACCEPT = {"json": "application/json", "text": "text/plain, */*;q=0.5"}
LONGEST_WAIT = 3e9
"""The longest time-out in seconds, about a hundred years: some systems' clocks accept no more."""

USER_AGENT = "scramjet-client-python"


def url_for(settings: Settings, call: Call[Any]) -> str:
    """Return the complete URL of a call."""
    url = settings.url + (call.path if settings.moved is None else moved(call.path, settings.moved))
    if not call.params:
        return url
    try:
        query = urlencode(list(_pairs(call.params)))
    except UnicodeEncodeError:
        raise InvalidArgumentError(f"A parameter of {call.operation_id} cannot be sent: {HALF}.") from None
    return f"{url}?{query}" if query else url


def moved(path: str, places: tuple[str, str]) -> str:
    """Return where a path is on a server that has some of them elsewhere.

    Args:
        path: The path below the API base.
        places: The beginning of the paths that are elsewhere, and what takes its place.
    """
    usual, place = places
    return place + path[len(usual) :] if path.startswith(usual) else path


def _pairs(params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in params.items():
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if item is not None and item is not UNSET:
                yield name, str(item).lower() if isinstance(item, bool) else str(item)


def headers_for(settings: Settings, call: Call[Any], extra: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Return the headers of a call: the client's, overridden by the operation's, then by the call's own."""
    headers = {
        "accept": ACCEPT.get(call.down, "*/*"),
        # Compression would delay the bytes of a stream; compressing JSON costs more than it saves on loopback.
        "accept-encoding": "identity",
        "user-agent": USER_AGENT,
    }
    if (token := settings.current_token()) is not None:
        headers["authorization"] = f"Bearer {token}"
    if call.json is not UNSET:
        headers["content-type"] = "application/json"
    elif call.content_type is not None:
        headers.update(checked_headers({"content-type": call.content_type}))
    headers.update(settings.headers)
    for more in (call.headers, extra):
        if more:
            headers.update(checked_headers(more))
    return list(headers.items())


def json_body(call: Call[Any]) -> bytes | None:
    """Return the JSON body of a call, if it has one."""
    if call.json is UNSET:
        return None
    return json_as_bytes(call.json)


def timeouts_for(settings: Settings, call: Call[Any], timeout: float | None) -> dict[str, float | None]:
    """Return the time-outs of a call whose reply is read completely."""
    if timeout is None:
        timeout = math.inf if call.long_poll else settings.timeout + call.extra_wait
    wait = finite(timeout)
    # A stalled upload is back-pressure from the other side, not a failure.
    return {
        "connect": finite(settings.connect_timeout),
        "write": wait if call.body is None else None,
        "read": wait,
        "pool": None,
    }


def deadline_for(settings: Settings, call: Call[Any], deadline: float | None, timeout: float | None) -> float | None:
    """Return the deadline of a call in seconds; None for no limit."""
    if deadline is None:
        # A long poll is limited only by its own time-out, as a whole: slowly arriving data does not extend it.
        deadline = timeout if call.long_poll else settings.deadline
    return finite(deadline)


def stream_timeouts(settings: Settings, timeout: float | None) -> dict[str, float | None]:
    """Return the time-outs for the start of a stream."""
    connect = finite(settings.connect_timeout)
    return {"connect": connect, "write": finite(settings.timeout), "read": finite(timeout), "pool": None}


def finite(seconds: float | None) -> float | None:
    """Return a time-out as sockets take it: None instead of infinity.

    Raises:
        ArgumentTypeError: It is not a number.
        InvalidArgumentError: It is negative or not a number of seconds.
    """
    if seconds is None or seconds == math.inf:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise ArgumentTypeError(f"A time-out is a number of seconds, not {type(seconds).__name__}.")
    if not 0 <= seconds <= LONGEST_WAIT:
        raise InvalidArgumentError("A time-out is a number of seconds, 0 or more; math.inf stands for ever.")
    return seconds
