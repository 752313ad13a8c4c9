"""The description as it is written: openapi/*.yaml, with the file and line of everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

SOURCE = ROOT / "openapi"
"""Where the description is written by hand."""

ROOT_FILE = "scramjet.yaml"
"""The file of `SOURCE` where the description begins."""

BUNDLE = ROOT / "generated" / "openapi.yaml"
"""Where its bundle goes."""

Pointer: TypeAlias = tuple[str, ...]
"""A JSON pointer, taken apart and unescaped."""


class DescriptionError(Exception):
    """Something in the description is wrong, at a place that is known.

    Args:
        where: The place, such as `openapi/paths/hub/getStatus.yaml:12`.
        reason: What is wrong there.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


@dataclass
class SourceFile:
    """One parsed file of the description.

    Attributes:
        name: Its path below the folder of the description, such as `paths/hub/getStatus.yaml`.
        data: What is in it.
        lines: The line where the value of each pointer begins, counted from 1; that of a key where there is one.
    """

    name: str
    data: Any
    lines: dict[Pointer, int] = field(default_factory=dict)

    def line(self, pointer: Pointer) -> int:
        """The line of a pointer, or of the nearest thing around it that is there."""
        while pointer and pointer not in self.lines:
            pointer = pointer[:-1]
        return self.lines.get(pointer, 1)


class Source:
    """A folder with a description, read file by file as it is asked for.

    Args:
        folder: The folder that holds `scramjet.yaml`.
    """

    def __init__(self, folder: Path = SOURCE) -> None:
        self.folder = folder
        self._files: dict[str, SourceFile] = {}

    def file(self, name: str) -> SourceFile:
        """Read a file, once.

        Args:
            name: Its path below the folder.

        Raises:
            DescriptionError: If it is not there or is not YAML.
        """
        if name not in self._files:
            self._files[name] = _read(self.folder, name)
        return self._files[name]

    def components(self) -> list[SourceFile]:
        """All files below `components/`, used or not, by name."""
        found = sorted((self.folder / "components").rglob("*.yaml"))
        return [self.file(path.relative_to(self.folder).as_posix()) for path in found]

    def where(self, name: str, pointer: Pointer = ()) -> str:
        """A place as people and editors know it: `openapi/paths/hub/getStatus.yaml:12`."""
        return f"{self.folder.name}/{name}:{self.file(name).line(pointer)}"


def parse_pointer(text: str) -> Pointer:
    """Take a JSON pointer apart: `/a~1b/c` is `("a/b", "c")`."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])


def _read(folder: Path, name: str) -> SourceFile:
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DescriptionError(f"{folder.name}/{name}", f"cannot be read: {error.strerror}") from error
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DescriptionError(f"{folder.name}/{name}:{line}", f"not YAML: {error.problem}") from error
    return _Reader(folder.name, name).read(node)


# The parser in C is several times as fast; PyYAML has it on all common platforms.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # a class, whichever it is
    """YAML as JSON has it: a date is a string."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


_SCALARS = yaml.constructor.SafeConstructor()


class _Reader:
    # The loader would forget where everything was, and silently take the last of two like keys.

    def __init__(self, folder: str, name: str) -> None:
        self._where = f"{folder}/{name}"
        self._file = SourceFile(name, None)
        self._met: set[int] = set()

    def read(self, node: yaml.Node | None) -> SourceFile:
        self._file.data = None if node is None else self._value(node, ())
        return self._file

    def _value(self, node: yaml.Node, pointer: Pointer) -> Any:
        if id(node) in self._met:
            raise self._error(self._file.line(pointer), "an alias; what is used twice is a component, and referred to")
        self._met.add(id(node))
        self._file.lines.setdefault(pointer, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*pointer, str(index))) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        return _SCALARS.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if key in values:
                raise self._error(line, f"{key} is here twice")
            place = (*pointer, key)
            self._file.lines[place] = line
            values[key] = self._value(value_node, place)
        return values

    def _error(self, line: int, reason: str) -> DescriptionError:
        return DescriptionError(f"{self._where}:{line}", reason)
