"""Parses JSON from outside, with one limit on its nesting depth.

Values that are read here are written again, inside something else: in replies, logs, records, messages to runners.
Writers have limits of their own (orjson's is 254 levels), so deeper values must not get in.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

MAX_DEPTH: Final = 100
"""How deep arrays and objects may be nested in JSON from outside."""


class TooDeep(ValueError):  # noqa: N818 - it describes the text
    """The JSON is nested deeper than the limit.

    Args:
        most: The limit.
    """

    def __init__(self, most: int) -> None:
        super().__init__(f"is nested deeper than {most} levels")


def read_json(text: bytes | bytearray | str, most: int = MAX_DEPTH) -> Any:
    """Parse a JSON text.

    Args:
        text: The text.
        most: The maximum nesting depth of arrays and objects.

    Raises:
        TooDeep: It is nested deeper.
        orjson.JSONDecodeError: It is not JSON; like `TooDeep` a ValueError.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        # orjson gives up at 1024 levels, before it knows whether the rest is JSON.
        if "depth limit" in error.msg:
            raise TooDeep(most) from error
        raise
    if _may_be_deep(text, most) and not is_shallow(value, most):
        raise TooDeep(most)
    return value


def is_shallow(value: object, most: int = MAX_DEPTH) -> bool:
    """Return whether arrays and objects in a value are nested no deeper than `most` levels."""
    level = [value]
    for _ in range(most):
        level = [
            item
            for container in level
            if isinstance(container, dict | list)
            for item in (container.values() if isinstance(container, dict) else container)
        ]
        if not level:
            return True
    return not any(isinstance(item, dict | list) for item in level)


def _may_be_deep(text: bytes | bytearray | str, most: int) -> bool:
    """Return whether the text has enough brackets to be too deep; counting them is faster than checking each value."""
    if isinstance(text, str):
        return text.count("[") + text.count("{") > most
    return text.count(b"[") + text.count(b"{") > most
