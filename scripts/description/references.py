"""References within the bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.description.source import parse_pointer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.description.source import Pointer


def pointer_of(reference: str) -> Pointer:
    """Return the pointer of a reference: `#/components/schemas/Hub` is `("components", "schemas", "Hub")`."""
    return parse_pointer(reference.removeprefix("#"))


def target(document: Mapping[str, Any], reference: str) -> Any:
    """Return what a reference leads to.

    Args:
        document: The parsed bundle.
        reference: The text of a `$ref`.

    Raises:
        KeyError: It leads nowhere.
    """
    found: Any = document
    for part in pointer_of(reference):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


def resolve(document: Mapping[str, Any], node: Mapping[str, Any]) -> Any:
    """Follow a node's `$ref`, if it is one, and give what it leads to without what stands beside it.

    Raises:
        KeyError: The reference leads nowhere.
    """
    while "$ref" in node:
        node = target(document, node["$ref"])
    return node
