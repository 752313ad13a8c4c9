"""What programs are given, checked before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import ArgumentTypeError


def arguments_of(args: object) -> list[Any] | None:
    """Give the arguments of a program as a list.

    Raises:
        ArgumentTypeError: They are no list; text would become an argument for each of its letters.
    """
    if args is None:
        return None
    if isinstance(args, (str, bytes, bytearray, memoryview, Mapping)) or not isinstance(args, Iterable):
        shown = f": give [{args!a}]" if isinstance(args, str) and len(args) < 40 else ""
        raise ArgumentTypeError(
            f"args must be a list of arguments, not {type(args).__name__}{shown}. Nothing was sent."
        )
    return list(args)


def configuration_of(app_config: object) -> dict[str, Any] | None:
    """Give the configuration of a program as an object of JSON.

    Raises:
        ArgumentTypeError: It is no mapping.
    """
    if app_config is None:
        return None
    if not isinstance(app_config, Mapping):
        raise ArgumentTypeError(f"app_config must be a mapping, not {type(app_config).__name__}. Nothing was sent.")
    return dict(app_config)
