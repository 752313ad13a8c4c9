"""Put the description's files together into one, generated/openapi.yaml, that any tool can read.

Operations go where they are referred to; components keep their names and end up below `components`,
independent of the file they came from. Only used components are included. The output is reproducible.
"""

from __future__ import annotations

import posixpath
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from scripts.description.source import BUNDLE, ROOT_FILE, DescriptionError, Pointer, Source, parse_pointer

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "# Made by `make generate` from openapi/. Do not edit.\n"

KINDS = ("schemas", "responses", "parameters", "examples", "headers", "x-deviations")
"""The kinds of components, in the order in which they are written; each has a file or a folder below components/."""

INLINED = ("requestBodies", "links", "content")
"""Kinds that are copied to where they are referred to, so that readers of the bundle need not resolve them."""


def kind_of(file: str) -> str:
    """The kind of the components in a file of the sources, by its name; OpenAPI has a prefix for kinds not its own."""
    name = file.removeprefix("components/").partition("/")[0].removesuffix(".yaml")
    return f"x-{name}" if f"x-{name}" in KINDS else name


@dataclass(frozen=True)
class Place:
    """A place in the description: a file below openapi/, and a pointer into it."""

    file: str
    pointer: Pointer

    def __truediv__(self, key: str | int) -> Place:
        """The place of a member."""
        return Place(self.file, (*self.pointer, str(key)))


@dataclass
class Bundle:
    """A bundled description.

    Attributes:
        document: The description in one piece.
        origins: Where each pointer of `document` was written.
        used: The components that `document` has, as (kind, name).
    """

    document: dict[str, Any]
    origins: dict[Pointer, Place] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)

    def origin(self, pointer: Pointer) -> Place:
        """Return the place where a pointer of the bundle, or its nearest parent, was written."""
        while pointer not in self.origins:
            pointer = pointer[:-1]
        return self.origins[pointer]

    def text(self) -> str:
        """The bundle as YAML."""
        return HEADER + as_yaml(self.document)


def as_yaml(document: dict[str, Any]) -> str:
    """Return a bundled document as YAML, in the order of its keys."""
    made: str = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False
    )
    return made


def bundle(source: Source) -> Bundle:
    """Bundle a description.

    Args:
        source: The files.

    Returns:
        The bundle, and where everything in it came from.

    Raises:
        DescriptionError: If a file or the target of a reference is missing, or a reference goes where none may.
    """
    return _Bundler(source).run()


class _Bundler:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._result = Bundle({})
        self._places: dict[tuple[str, str], Place] = {}
        self._waiting: list[tuple[str, str]] = []
        self._inlining: list[Place] = []

    def run(self) -> Bundle:
        root = self._source.file(ROOT_FILE).data
        document = self._result.document
        document.update(self._copy(root, Place(ROOT_FILE, ()), ()))
        components = document.setdefault("components", {})
        while self._waiting:
            kind, name = self._waiting.pop()
            place = self._places[kind, name]
            components.setdefault(kind, {})[name] = self._copy(self._at(place), place, ("components", kind, name))
        document["components"] = _ordered(components)
        return self._result

    def _copy(self, value: Any, place: Place, target: Pointer) -> Any:
        self._result.origins[target] = place
        if isinstance(value, list):
            return [self._copy(item, place / index, (*target, str(index))) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$ref"), str):
            return self._reference(value, place, target)
        return {key: self._copy(item, place / key, (*target, key)) for key, item in value.items()}

    def _reference(self, value: dict[str, Any], place: Place, target: Pointer) -> Any:
        if len(target) == 3 and target[0] == "paths":
            found = self._operation(value["$ref"], place / "$ref")
            return self._copy(self._at(found), found, target)
        found = self._target(value["$ref"], place / "$ref")
        kind, name = self._component(found, place / "$ref")
        whole = (
            self._inline(found, place / "$ref", target) if kind in INLINED else {"$ref": f"#/components/{kind}/{name}"}
        )
        beside = {key: self._copy(item, place / key, (*target, key)) for key, item in value.items() if key != "$ref"}
        return {**whole, **beside}

    def _inline(self, found: Place, place: Place, target: Pointer) -> Any:
        if found in self._inlining:
            raise self._error(place, f"$ref: {found.file} {'/'.join(found.pointer)} refers to itself")
        self._inlining.append(found)
        whole = self._copy(self._at(found), found, target)
        self._inlining.pop()
        return whole

    def _operation(self, reference: str, place: Place) -> Place:
        name = posixpath.normpath(reference)
        if "#" in reference or not name.startswith("paths/"):
            raise self._error(place, f"$ref {reference} is not of the form paths/tag/operation.yaml")
        found = self._file(name, reference, place)
        if not isinstance(self._at(found), dict):
            raise self._error(found, f"{name} is not an operation")
        return found

    def _target(self, reference: str, place: Place) -> Place:
        file, mark, pointer = reference.partition("#")
        if not mark or not pointer.startswith("/") or ":" in file:
            raise self._error(place, f"$ref {reference} is not of the form file.yaml#/Name")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), file)) if file else place.file
        return Place(self._file(name, reference, place).file, parse_pointer(pointer))

    def _file(self, name: str, reference: str, place: Place) -> Place:
        if not (self._source.folder / name).is_file():
            raise self._error(place, f"$ref {reference}: there is no file {name}")
        return Place(name, ())

    def _component(self, found: Place, place: Place) -> tuple[str, str]:
        kind = kind_of(found.file)
        if not found.file.startswith("components/") or kind not in (*KINDS, *INLINED) or len(found.pointer) != 1:
            raise self._error(place, f"$ref to {found.file} {'/'.join(found.pointer)}, which is not a component")
        key = (kind, found.pointer[0])
        if self._places.setdefault(key, found) != found:
            raise self._error(found, f"{kind}/{key[1]} is also in {self._places[key].file}; names must differ")
        if key not in self._result.used:
            self._at(found, place)
            self._result.used.add(key)
            self._waiting += [key] if kind in KINDS else []
        return key

    def _at(self, found: Place, asked_from: Place | None = None) -> Any:
        value = self._source.file(found.file).data
        for part in found.pointer:
            if not isinstance(value, dict) or part not in value:
                raise self._error(asked_from or found, f"$ref: there is no {part} in {found.file}")
            value = value[part]
        return value

    def _error(self, place: Place, reason: str) -> DescriptionError:
        return DescriptionError(self._source.where(place.file, place.pointer), reason)


def _ordered(components: dict[str, Any]) -> dict[str, Any]:
    kinds = [*(kind for kind in components if kind not in KINDS), *(kind for kind in KINDS if kind in components)]
    return {kind: dict(sorted(components[kind].items())) for kind in kinds}


class _Dumper(yaml.SafeDumper):
    """YAML without anchors, and with text of several lines as text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the signature is PyYAML's
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT  # PyYAML's
        super().increase_indent(flow, indentless=False)


def _represent_text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Dumper.add_representer(str, _represent_text)


def main(target: Path = BUNDLE) -> int:
    """Write the bundle; what `python -m scripts.description.bundle` does."""
    try:
        text = bundle(Source()).text()
    except DescriptionError as error:
        print(error, file=sys.stderr)
        return 1
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
