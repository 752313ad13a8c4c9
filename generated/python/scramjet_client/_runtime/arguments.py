# Copied by `make generate` from client/runtime/arguments.py: edit it there.
"""Checks of program arguments and configurations before they are sent."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, TypeVar

from .errors import ArgumentTypeError, ScramjetError

P = ParamSpec("P")
T = TypeVar("T")


def converting(make: Callable[P, T]) -> Callable[P, T]:
    """Turn the TypeError of a function that converts its arguments into an `ArgumentTypeError`."""

    @functools.wraps(make)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return make(*args, **kwargs)
        except ScramjetError:
            raise
        except (AttributeError, TypeError, ValueError) as error:
            message = f"An argument is not of the type that it must have: {error}. Nothing was sent."
            raise ArgumentTypeError(message) from error

    return call


def arguments_of(args: object) -> list[Any] | None:
    """Return a program's arguments as a list.

    Raises:
        ArgumentTypeError: They are not a list; text would become one argument per letter.
    """
    if args is None:
        return None
    if isinstance(args, (str, bytes, bytearray, memoryview, Mapping)) or not isinstance(args, Iterable):
        shown = f": give [{args!a}]" if isinstance(args, str) and len(args) < 40 else ""
        raise ArgumentTypeError(
            f"args must be a list of arguments, not {type(args).__name__}{shown}. Nothing was sent."
        )
    return list(args)


def configuration_of(given: object, name: str = "app_config") -> dict[str, Any] | None:
    """Return the configuration of a program or of a Space as a JSON object.

    Args:
        given: The argument.
        name: Its name.

    Raises:
        ArgumentTypeError: It is not a mapping.
    """
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise ArgumentTypeError(f"{name} must be a mapping, not {type(given).__name__}. Nothing was sent.")
    return dict(given)
