"""The arguments of an operation, as the functions and methods take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence


@attrs.frozen
class Argument:
    """An argument of the function that makes a call.

    Attributes:
        name: Its name in Python.
        wire_name: Its name in the path, the query, the headers or the JSON body.
        place: Where it goes.
        annotation: Its type.
        required: Whether it must be given; None stands for leaving it out otherwise.
        description: What it means.
        default: What the server takes it to be if it is left out, as JSON; None if that is not told.
        encoded: The expression that makes JSON of it.
        classes: Modules and names that its type needs.
    """

    name: str
    wire_name: str
    place: Literal["path", "query", "header", "json", "stream", "type", "progress"]
    annotation: str
    required: bool
    description: str
    default: object
    encoded: str
    classes: frozenset[tuple[str, str]] = frozenset()

    @property
    def declaration(self) -> str:
        """Give it as a function's parameter."""
        if self.required:
            return f"{self.name}: {self.annotation}"
        if self.place == "type" and self.default is not None:
            return f'{self.name}: {self.annotation} = "{self.default}"'
        return f"{self.name}: {self.optional} = None"

    @property
    def optional(self) -> str:
        """Give its type where it may be left out."""
        return "Any" if self.annotation == "Any" else f"{self.annotation} | None"

    @property
    def text(self) -> str:
        """Give the expression that makes a header or a part of the path of it."""
        if self.annotation == "bool":
            return f'"true" if {self.name} else "false"'
        return self.name if self.annotation == "str" or self.annotation.startswith("Literal") else f"str({self.name})"


FEW = 2
"""Optional arguments that may also be given by position; if there are more, each must be named."""


def signature(arguments: Sequence[Argument], options: Sequence[str]) -> str:
    """Give the parameters of a function or method.

    Args:
        arguments: What the operation takes.
        options: Declarations of what every request takes, which must be named.
    """
    optional = [argument for argument in arguments if not argument.required]
    plain = [argument for argument in optional if argument.place in {"json", "header"}]
    by_position = plain if len(optional) == len(plain) <= FEW else [a for a in optional if a.place == "stream"]
    first = [argument.declaration for argument in arguments if argument.required or argument in by_position]
    rest = [argument.declaration for argument in optional if argument not in by_position]
    named = [*rest, *options]
    return ", ".join([*first, *(["*"] if named else []), *named])
