"""Rules about the description as a whole: OpenAPI itself, the use of components, and the committed bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts.description.bundle import INLINED, KINDS, Place, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scripts.description.source import Pointer
    from scripts.lint.subject import Finding, Subject


def openapi_errors(subject: Subject) -> list[tuple[Pointer, str]]:
    """Return the findings of openapi-spec-validator: place, which may be empty, and text."""
    found: list[tuple[Pointer, str]] = []
    for error in OpenAPIV31SpecValidator(subject.document).iter_errors():
        pointer = tuple(map(str, error.absolute_path))
        # Within a schema it counts from the schema, and does not tell from which.
        placed = bool(pointer) and pointer[0] in subject.document
        found.append((pointer if placed else (), error.message.splitlines()[0][:300]))
    return found


def references_stay_inside(subject: Subject) -> Iterator[Finding]:
    """Every reference in the bundle leads to a component that the bundle has."""
    components = subject.document["components"]
    for pointer, target in _references((), subject.document):
        parts = target.split("/")
        if len(parts) != 4 or parts[:2] != ["#", "components"] or parts[3] not in components.get(parts[2], {}):
            yield subject.finding(pointer, f"$ref {target} does not lead to a component of the bundle")


def parts_are_compared(subject: Subject) -> Iterator[Finding]:
    """Nothing is described that `make breaking` does not compare: no webhooks, no callbacks."""
    if "webhooks" in subject.document:
        yield subject.finding(("webhooks",), "webhooks are not compared by `make breaking`")
    for operation in subject.operations():
        if "callbacks" in operation.data:
            yield subject.finding((*operation.pointer, "callbacks"), "callbacks are not compared by `make breaking`")


def components_are_used(subject: Subject) -> Iterator[Finding]:
    """Every component in the sources is used by the bundle."""
    for file in subject.source.components():
        kind = kind_of(file.name)
        for name in file.data or {}:
            place = Place(file.name, (name,))
            if kind not in (*KINDS, *INLINED):
                yield subject.finding_at(place, f"{file.name} holds none of {', '.join((*KINDS, *INLINED))}")
            elif (kind, name) not in subject.bundle.used:
                yield subject.finding_at(place, f"{kind}/{name} is not used")


def operations_are_listed(subject: Subject) -> Iterator[Finding]:
    """Every file of an operation is in the root's list of paths."""
    listed = {place.file for place in subject.bundle.origins.values()}
    for path in sorted((subject.source.folder / "paths").rglob("*.yaml")):
        name = path.relative_to(subject.source.folder).as_posix()
        if name not in listed:
            yield subject.finding_at(Place(name, ()), f"{name} is not in the root's list of paths")


def outdated_line(committed: Path, text: str) -> int | None:
    """The first line in which a committed bundle differs from what the sources give; None if they are the same."""
    lines = committed.read_text(encoding="utf-8").splitlines() if committed.is_file() else []
    wanted = text.splitlines()
    for number, (line, other) in enumerate(zip(lines, wanted, strict=False), 1):
        if line != other:
            return number
    return None if len(lines) == len(wanted) else min(len(lines), len(wanted)) + 1


def _references(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield pointer, value["$ref"]
        children: Any = value.items()
    else:
        children = enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _references((*pointer, str(key)), child)


RULES = (references_stay_inside, parts_are_compared, components_are_used, operations_are_listed)
"""All of them, but for those that need more than the bundle."""
