"""The reference `api.md`: one table for each client class, read from the classes themselves."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scripts.generate.classes import Group
    from scripts.generate.document import Document

REQUEST = re.compile(r"^Request: (.+?)$(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([A-Z]+ /[^`]*)`")
OPTIONS = ("timeout", "headers", "idle_timeout", "request_timeout", "progress")
"""Arguments of so many methods that they are described only once."""


@attrs.frozen
class Row:
    """A line of a table.

    Attributes:
        name: The method or property.
        shown: How it is used.
        result: Its result.
        requests: The HTTP requests that it makes.
        text: Its description, in one line.
        aliases: Its other names.
        note: The servers that support it, if not all.
    """

    name: str
    shown: str
    result: str
    requests: Sequence[str]
    text: str
    aliases: Sequence[str]
    note: str


@attrs.frozen
class Table:
    """A client class.

    Attributes:
        name: The class.
        constructor: The call that creates an object.
        text: Its description.
        rows: Its methods and properties.
    """

    name: str
    constructor: str
    text: str
    rows: Sequence[Row]


def tables(groups: Sequence[Group], files: Mapping[str, str], document: Document) -> list[Table]:
    """Read the tables from the files of the package.

    Args:
        groups: The client classes.
        files: The files of the package.
        document: The description.
    """
    order = {operation.request: index for index, operation in enumerate(document.operations.values())}
    notes = {operation.request: _note(operation.raw) for operation in document.operations.values()}
    shared = _class(files["_client.py"], "ServerClient")
    found = []
    for group in groups:
        written = _class(files[f"{group.module}.py"], group.class_name)
        generated = _class(files[f"_operations/{group.module}.py"], f"{group.name}Operations")
        sources = [written, generated]
        if "ServerClient" in {base.id for base in written.bases if isinstance(base, ast.Name)}:
            sources.append(shared)
        rows = {row.name: row for source in reversed(sources) for row in _rows(source, notes)}
        found.append(
            Table(
                name=group.class_name,
                constructor=_constructor(group.class_name, sources),
                text=_first_line(written),
                rows=sorted(rows.values(), key=lambda row: min((order.get(r, 999) for r in row.requests), default=999)),
            )
        )
    return found


def _class(text: str, name: str) -> ast.ClassDef:
    return next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == name)


def _rows(node: ast.ClassDef, notes: Mapping[str, str]) -> Iterator[Row]:
    aliases: dict[str, list[str]] = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            aliases.setdefault(statement.value.id, []).extend(names)
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and _is_public(statement):
            yield _row(statement, aliases.get(statement.name, []), notes)


def _is_public(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    overloaded = any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)
    return not node.name.startswith("_") and not overloaded


def _row(node: ast.FunctionDef | ast.AsyncFunctionDef, aliases: list[str], notes: Mapping[str, str]) -> Row:
    doc = ast.get_docstring(node) or ""
    line = REQUEST.search(doc)
    requests = QUOTED.findall(line[1]) if line else []
    is_property = any(isinstance(mark, ast.Name) and mark.id == "property" for mark in node.decorator_list)
    return Row(
        name=node.name,
        shown=node.name if is_property else f"{node.name}({', '.join(_arguments(node.args))})",
        result=ast.unparse(node.returns) if node.returns else "",
        requests=requests,
        text=doc.split("\n", maxsplit=1)[0],
        aliases=aliases,
        note="; ".join(dict.fromkeys(notes[request] for request in requests if notes.get(request))),
    )


def _arguments(arguments: ast.arguments) -> Iterator[str]:
    """Yield the arguments of a call; optional ones have an equals sign."""
    first = arguments.args[1:]
    required = len(first) - len(arguments.defaults)
    yield from (argument.arg if index < required else f"{argument.arg}=" for index, argument in enumerate(first))
    yield from (f"{argument.arg}=" for argument in arguments.kwonlyargs if argument.arg not in OPTIONS)


def _constructor(name: str, sources: Sequence[ast.ClassDef]) -> str:
    for source in sources:
        for statement in source.body:
            if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
                arguments = [argument.arg for argument in statement.args.args[1:]]
                optional = len(arguments) - len(statement.args.defaults)
                shown = [arg if index < optional else f"{arg}=" for index, arg in enumerate(arguments)]
                return f"{name}({', '.join([*shown, *(f'{arg.arg}=' for arg in statement.args.kwonlyargs)])})"
    return f"{name}()"


def _first_line(node: ast.ClassDef) -> str:
    return (ast.get_docstring(node) or "").split("\n", maxsplit=1)[0]


def _note(raw: Mapping[str, object]) -> str:
    """Return the servers that support an operation, if not all of their kind."""
    served = raw.get("x-served-by", {})
    conditions = list(served.values()) if isinstance(served, dict) else []
    since = next((condition["since"] for condition in conditions if "since" in condition), None)
    if since:
        return f"since Hub {since}"
    return "the embedded Hub only" if any("only" in condition for condition in conditions) else ""
