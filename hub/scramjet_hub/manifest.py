"""A package's `package.json`: what of it the Hub needs, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_SIZE: Final = 1024 * 1024
# What Node's module resolution tries for a `main` that is not a file as it stands.
NODE_SUFFIXES: Final = ("", ".js", ".mjs", ".cjs", "/index.js", "/index.mjs", "/index.cjs")
PYTHON_SUFFIXES: Final = ("", ".py", "/__init__.py")


class BadManifest(Exception):  # noqa: N818 - it describes the package
    """There is no usable `package.json`; the text says why."""


@attrs.frozen
class Manifest:
    """The useful part of a `package.json`.

    Attributes:
        main: The path of the module to run, as written.
        name: The name, empty if there is none.
        version: The version, empty if there is none.
        engines: Versions of languages, by name.
        extra: Descriptive fields that are passed on as they are.
    """

    main: str
    name: str
    version: str
    engines: dict[str, str]
    extra: dict[str, Any]

    @property
    def language(self) -> str:
        """Python or node: by `engines`, else by the suffix of `main`."""
        if "python3" in self.engines or ("node" not in self.engines and self.main.endswith(".py")):
            return "python"
        return "node"

    @classmethod
    def read(cls, root: Path) -> Manifest:
        """Read and check the `package.json` of a package.

        Args:
            root: The folder of the package.

        Raises:
            BadManifest: There is none, or it is not one.
        """
        fields = _read(root / "package.json")
        for name, (required, check, wanted) in FIELDS.items():
            if name not in fields and not required:
                continue
            if name not in fields:
                raise BadManifest(f"package.json has no {name!r}")
            if not check(fields[name]):
                raise BadManifest(f"{name!r} in package.json is not {wanted}")
        return cls(
            main=fields["main"],
            name=fields.get("name", ""),
            version=fields.get("version", ""),
            engines=fields.get("engines", {}),
            extra=_extra(fields),
        )


def find_root(folder: Path) -> Path:
    """The folder with the `package.json`: the one given, or the only one in it.

    Raises:
        BadManifest: There is none.
    """
    if (folder / "package.json").is_file():
        return folder
    # Archives made on a Mac have an invisible companion (`._name`) to every entry.
    entries = [entry for entry in folder.iterdir() if not entry.name.startswith("._")]
    if len(entries) == 1 and not entries[0].is_symlink() and (entries[0] / "package.json").is_file():
        return entries[0]
    raise BadManifest("The package has no package.json, neither at its root nor in a single leading folder")


def find_entrypoint(root: Path, main: str, language: str) -> Path | None:
    """The file that `main` means, None if there is none within the package.

    Args:
        root: The folder of the package.
        main: `main` of `package.json`.
        language: python or node.
    """
    for suffix in PYTHON_SUFFIXES if language == "python" else NODE_SUFFIXES:
        path = (root / (main + suffix)).resolve()
        if path.is_file() and path.is_relative_to(root.resolve()):
            return path
    return None


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > MAX_SIZE:
        raise BadManifest(f"package.json is larger than {MAX_SIZE} bytes")
    try:
        fields = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise BadManifest(f"package.json is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadManifest("package.json is not a JSON object")
    # A field that is null says nothing.
    return {name: value for name, value in fields.items() if value is not None}


def _extra(fields: dict[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {name: fields[name] for name in PASSED_ON if name in fields}
    scramjet = fields.get("scramjet")
    if isinstance(scramjet, dict) and isinstance(scramjet.get("config"), dict):
        extra["config"] = scramjet["config"]
    return extra


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_path(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\0" not in value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_engines(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_author(value: object) -> bool:
    return isinstance(value, str | dict)


def _is_repository(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and _is_text(value.get("url")))


FIELDS: Final[dict[str, tuple[bool, Callable[[object], bool], str]]] = {
    "main": (True, _is_path, "the path of a file"),
    "name": (False, _is_text, "text"),
    "version": (False, _is_text, "text"),
    "engines": (False, _is_engines, "an object with a version for each language"),
    "description": (False, _is_text, "text"),
    "author": (False, _is_author, "text or an object"),
    "keywords": (False, _is_texts, "a list of texts"),
    "args": (False, _is_list, "a list"),
    "repository": (False, _is_repository, "text or an object with an 'url'"),
}
PASSED_ON: Final[tuple[str, ...]] = ("description", "author", "keywords", "args", "repository")
