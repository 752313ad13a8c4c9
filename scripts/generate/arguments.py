"""Arguments of the generated functions and methods."""

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
        place: The part of the request that holds it.
        annotation: Its type.
        required: Whether it must be given; otherwise None omits it.
        description: What it means.
        default: The server's default, as JSON; None if the description has none.
        encoded: The expression that encodes it as JSON.
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
    def queried(self) -> str:
        """Return the expression for its value in the query; None there omits it."""
        plain = self.required or self.encoded == self.name
        return self.encoded if plain else f"None if {self.name} is None else {self.encoded}"

    @property
    def declaration(self) -> str:
        """Return its declaration as a function's parameter."""
        if self.required:
            return f"{self.name}: {self.annotation}"
        if self.place == "type" and self.default is not None:
            return f'{self.name}: {self.annotation} = "{self.default}"'
        return f"{self.name}: {self.optional} = None"

    @property
    def optional(self) -> str:
        """Return its type when it may be omitted."""
        return "Any" if self.annotation == "Any" else f"{self.annotation} | None"

    @property
    def text(self) -> str:
        """Return the expression that formats it as a header or a part of the path."""
        if self.annotation == "bool":
            return f'"true" if {self.name} else "false"'
        return self.name if self.annotation == "str" or self.annotation.startswith("Literal") else f"str({self.name})"


FEW = 2
"""The most optional arguments that may be given by position; if there are more, all are keyword-only."""


def signature(arguments: Sequence[Argument], options: Sequence[str]) -> str:
    """Return the parameters of a function or method.

    Args:
        arguments: The operation's arguments.
        options: Declarations of the keyword-only options of every request.
    """
    optional = [argument for argument in arguments if not argument.required]
    plain = [argument for argument in optional if argument.place in {"json", "header"}]
    by_position = plain if len(optional) == len(plain) <= FEW else [a for a in optional if a.place == "stream"]
    first = [argument.declaration for argument in arguments if argument.required or argument in by_position]
    rest = [argument.declaration for argument in optional if argument not in by_position]
    named = [*rest, *options]
    return ", ".join([*first, *(["*"] if named else []), *named])
