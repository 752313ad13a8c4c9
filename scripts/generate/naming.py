"""Python names for names of the description."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING

from openapi_python_client.strings import snake_case

if TYPE_CHECKING:
    from openapi_python_client.schema.untrusted_string import UntrustedString

TYPE_NAMES = frozenset({"bool", "bytes", "dict", "float", "int", "list", "str"})
"""Builtins that annotations use: an attribute of that name would hide them."""


def python_name(wire_name: str) -> str:
    """Return the Python name of a field or parameter.

    Args:
        wire_name: Its name in JSON, in the path or in the query; or of a header, whose `x-` is dropped.
    """
    name = snake_case(wire_name.removeprefix("x-"))
    return f"{name}_" if keyword.iskeyword(name) or name in TYPE_NAMES else name


def sentence(text: str) -> str:
    """Turn a summary into a sentence, for the first line of a docstring."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def text(value: UntrustedString | None) -> str:
    """Return a text of the description; it is used in docstrings only, which are escaped."""
    return value.get_untrusted_value().strip() if value else ""
