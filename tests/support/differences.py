"""Differences between the bundle and the bundles that are derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scripts.description import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.description.source import Pointer


class Difference(NamedTuple):
    """A place where two documents differ; None where one has nothing."""

    pointer: Pointer
    before: Any
    after: Any


def differences(before: Any, after: Any, pointer: Pointer = ()) -> Iterator[Difference]:
    """Yield the outermost places where two documents differ; a list is compared item by item if the lengths agree."""
    if isinstance(before, dict) and isinstance(after, dict) and ("$ref" in before) == ("$ref" in after):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from differences(before.get(key), after.get(key), (*pointer, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from differences(old, new, (*pointer, str(index)))
    elif before != after:
        yield Difference(pointer, before, after)


def around(document: dict[str, Any], pointer: Pointer) -> Iterator[Any]:
    """Yield what is around a place in a document, the nearest first."""
    for length in range(len(pointer), -1, -1):
        found: Any = document
        for part in pointer[:length]:
            found = found[int(part)] if isinstance(found, list) else found.get(part, {}) if found else {}
        yield found


def streams(document: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Return whether an operation replies with a stream."""
    return any("x-stream" in references.resolve(document, reply) for reply in operation["responses"].values())
