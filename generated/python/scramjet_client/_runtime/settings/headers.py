# Copied by `make generate` from client/runtime/settings/headers.py: edit it there.
"""Checks of request headers before anything is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..errors import ArgumentTypeError, UnsendableError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(r"[\x20-\x7e\t]*")


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return checked headers, their names in lower case.

    Raises:
        ArgumentTypeError: They are not a mapping of strings.
        UnsendableError: One of them cannot be expressed in HTTP.
    """
    if not hasattr(headers, "items"):
        raise ArgumentTypeError(f"headers must be a mapping, not {type(headers).__name__}.")
    checked = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            kinds = f"{type(name).__name__} and {type(value).__name__}"
            raise ArgumentTypeError(f"Names and values of headers must be text, not {kinds}.")
        if not NAME.fullmatch(name):
            shown = f"{name[:80]!a} cannot be sent as a header"
            raise UnsendableError(f"{shown}: only visible ASCII can be one.", sent=False)
        if not VALUE.fullmatch(value):
            # The message leaves out the value: it may be a secret.
            raise UnsendableError(f"The header {name} cannot be sent: only visible ASCII can be in one.", sent=False)
        checked[name.lower()] = value
    return checked


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Mapping": "collections.abc"})
