"""Parses and validates messages of runners, which are not trusted.

A Sequence shares the process of its runner and can write to its channels. An invalid message ends the Instance with the
reason. A valid message that is only too large is cut to size.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import orjson
from scramjet_serving.json_input import MAX_DEPTH, read_json

from scramjet_hub.runners import codes

if TYPE_CHECKING:
    from collections.abc import Callable

Data: TypeAlias = "dict[str, Any]"

# A client's JSON of maximum depth comes back nested inside a message.
DEEPEST: Final = MAX_DEPTH + 10
LONGEST_NAME: Final = 1024
LONGEST_REASON: Final = 10_000
LONGEST_REPORT: Final = 64 * 1024
# The maximum extension of time per request, in milliseconds: thirty days.
LONGEST_REPRIEVE: Final = 30 * 24 * 3600 * 1000


class BadMessage(ValueError):  # noqa: N818 - it describes the message
    """A line that is not a valid message; the text says why."""


class Message(NamedTuple):
    """A message with data of the type that its code requires."""

    code: int
    data: Data


def read_message(line: bytes | bytearray) -> Message:
    """Parse one line of a control channel.

    Args:
        line: The line without its line end.

    Raises:
        BadMessage: It is not a valid message. The data of an unknown code is not checked.
    """
    try:
        message = read_json(line, DEEPEST)
    except ValueError as error:
        raise BadMessage(f"a message is no JSON, or {error}: {bytes(line[:200])!r}") from None
    if not isinstance(message, list) or len(message) != 2 or type(message[0]) is not int:
        raise BadMessage(f"a message is not a number and an object: {bytes(line[:200])!r}")
    code, data = message
    if not isinstance(data, dict):
        raise BadMessage(f"the data of a message {code} is no object: {bytes(line[:200])!r}")
    check = CHECKS.get(code)
    return Message(code, check(data) if check is not None else data)


def _text(data: Data, name: str, *, longest: int = LONGEST_NAME) -> str:
    """Return a text that may be missing or null."""
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest:
        raise BadMessage(f"{name} is no text of at most {longest} characters")
    return value


def _pang(data: Data) -> Data:
    names = ("requires", "provides", "contentType", "inputContentType")
    return {name: _text(data, name) for name in names if name in data}


def _event(data: Data) -> Data:
    name = data.get("eventName")
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise BadMessage(f"eventName is no text of at most {LONGEST_NAME} characters")
    return {key: data[key] for key in ("eventName", "message") if key in data}


def _report(data: Data) -> Data:
    """Return a health report, cut to its essence if a Sequence has added too much."""
    healthy = bool(data.get("healthy", False))
    if len(orjson.dumps(data)) > LONGEST_REPORT:
        return {"healthy": healthy, "error": f"The report was longer than {LONGEST_REPORT} bytes"}
    return {**data, "healthy": healthy}


def _alive(data: Data) -> Data:
    value = data.get("keepAlive")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise BadMessage("keepAlive is no number of milliseconds")
    return {"keepAlive": min(value, LONGEST_REPRIEVE)}


def _stopped(data: Data) -> Data:
    value = data.get("error")
    if value is None:
        return {}
    if not isinstance(value, str):
        raise BadMessage("error is no text")
    return {"error": value[:LONGEST_REASON]}


CHECKS: Final[dict[int, Callable[[Data], Data]]] = {
    codes.PANG: _pang,
    codes.EVENT: _event,
    codes.MONITORING: _report,
    codes.ALIVE: _alive,
    codes.SEQUENCE_STOPPED: _stopped,
}
