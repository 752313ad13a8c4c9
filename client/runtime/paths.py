"""Path segments: ids and names, encoded so that no server or proxy can read another path from them."""

from __future__ import annotations

import re
from urllib.parse import quote

from .errors import ArgumentTypeError, InvalidArgumentError

PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]*")
"""Values that need no encoding: most ids and names."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
ESCAPED = re.compile(r"%(?:2e|2f|5c|25|[01][0-9a-f]|7f)", re.IGNORECASE)
"""Matches what decoding twice turns into a dot, a separator, a percent sign or a control character."""

DOTS = frozenset({"", ".", ".."})


def segment(value: str, name: str) -> str:
    """Return a value as one percent-encoded path segment.

    A slash is encoded, not refused, since names such as `@scope/name` contain one.

    Args:
        value: The value.
        name: The parameter's name, for the error message.

    Raises:
        InvalidArgumentError: The value would change the meaning of the path.
        ArgumentTypeError: It is not a string.
    """
    if not isinstance(value, str):
        raise ArgumentTypeError(f"{name} must be text, not {type(value).__name__}: give an id or a name.")
    if PLAIN.fullmatch(value):
        return value
    if reason := _flaw(value):
        raise InvalidArgumentError(f"{name} cannot be {value[:80]!a}: {reason}. Nothing was sent.")
    return quote(value, safe="")


def _flaw(value: str) -> str | None:
    """Return why a value cannot be part of a path; None if it can."""
    if not value:
        return "it is empty, which would ask for something else"
    if CONTROL.search(value):
        return "it holds a control character"
    if SURROGATE.search(value):
        return "it holds half of a character (a lone surrogate), which UTF-8 cannot say"
    if "\\" in value:
        return "it holds a backslash, which some servers take for a slash"
    if ESCAPED.search(value):
        return "it is percent-encoded already: give it as it reads when decoded"
    # Some servers cut off everything after a semicolon before they resolve dots.
    if any(part.partition(";")[0].strip() in DOTS for part in value.split("/")):
        return "a part of it is empty or stands for another folder (`.` or `..`), which would ask for something else"
    return None
