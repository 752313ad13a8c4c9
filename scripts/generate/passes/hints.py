"""Lazy annotations for the client: modules resolve them at run time without importing their types at start."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from scripts.generate.parsing import GenerationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPES_ONLY = "\nif TYPE_CHECKING:\n"
AT_ONCE = "@define("
"""The mark of models: they import all their names, but functions that attrs generates do not find these."""

FOOTER = """

# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {{{places}}})
"""
MODEL_FOOTER = "\n\nlazy_hints(globals(), {})\n"


def with_lazy_hints(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files of the package, with a footer in those that import types for type checkers only.

    Args:
        files: The texts by their paths below the package.

    Raises:
        GenerationError: A module has more than imports in its block for type checkers.
    """
    return {path: _completed(path, text) for path, text in files.items()}


def _completed(path: str, text: str) -> str:
    if path.startswith("models/") and AT_ONCE in text:
        return text.replace("\n_KNOWN:", "\nfrom .._runtime.hints import lazy_hints\n\n_KNOWN:", 1) + MODEL_FOOTER
    if TYPES_ONLY not in text or path.endswith(("__init__.py", "/hints.py")):
        return text
    places = {name: place for name, place in _places(path, ast.parse(text)).items() if _is_used(name, text)}
    if not places:
        return text
    up = "." * (path.count("/") + 1)
    imported = f"\nfrom {up}_runtime.hints import lazy_hints\n"
    table = ", ".join(f'"{name}": "{place}"' for name, place in sorted(places.items()))
    return text.replace(TYPES_ONLY, imported + TYPES_ONLY, 1).rstrip("\n") + FOOTER.format(places=table)


def _places(path: str, tree: ast.Module) -> dict[str, str]:
    """Find the imports of a module for type checkers only."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for statement in node.body:
                found.update(_imported(path, statement))
    return found


def _imported(path: str, statement: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(statement, ast.ImportFrom) and not any(alias.asname for alias in statement.names):
        place = "." * statement.level + (statement.module or "")
        yield from ((alias.name, place) for alias in statement.names)
    elif isinstance(statement, ast.Import) and not any("." in alias.name or alias.asname for alias in statement.names):
        yield from ((alias.name, "") for alias in statement.names)
    else:
        raise GenerationError(
            f"{path}:{statement.lineno}: `{ast.unparse(statement)}` below `if TYPE_CHECKING:` is no plain import; "
            "move it out, so that typing.get_type_hints can find it at run time"
        )


def _is_used(name: str, text: str) -> bool:
    """Return whether a name is used outside its import: templates import more than they need."""
    return len(re.findall(rf"\b{name}\b", text)) > 1
