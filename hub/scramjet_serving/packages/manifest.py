"""The manifest of a package, `package.json`: parses and validates the fields that servers need."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson

from scramjet_serving.json_input import TooDeep, read_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_SIZE: Final = 1024 * 1024
# Suffixes that Node's module resolution tries for a `main` that is not a file.
NODE_SUFFIXES: Final = ("", ".js", ".mjs", ".cjs", "/index.js", "/index.mjs", "/index.cjs")
PYTHON_SUFFIXES: Final = ("", ".py", "/__init__.py")
# Limits of Linux and macOS for a name, and of Linux for a path; the folder of the package takes its share of that.
LONGEST_NAME: Final = 255
LONGEST_PATH: Final = 3000
# Entries that programs add to archives by themselves: companion files with attributes and other traces of macOS,
# of Windows, and attributes of entries that an older tar extracted as files.
ADDED: Final = re.compile(
    r"\._.*|\.DS_Store|__MACOSX|\.Spotlight-V100|\.Trashes|\.fseventsd|\.AppleDouble|Icon\r"
    r"|[Tt]humbs\.db|[Dd]esktop\.ini|(Global|Pax)Head(er)?s?(\.\d+)?|pax_global_header|@LongLink"
)


class BadManifest(Exception):  # noqa: N818 - it describes the package
    """There is no usable `package.json`; the text says why."""


@attrs.frozen
class Manifest:
    """The fields of a `package.json` that servers need.

    Attributes:
        main: The path of the module to run, as written.
        name: The name, empty if there is none.
        version: The version, empty if there is none.
        engines: Versions of languages, by name.
        extra: Descriptive fields, to be passed on.
        left_out: Descriptive fields whose form prevents that.
    """

    main: str
    name: str
    version: str
    engines: dict[str, str]
    extra: dict[str, Any]
    left_out: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language, python or node: by `engines`, else by the suffix of `main`."""
        if "python3" in self.engines or ("node" not in self.engines and self.main.endswith(".py")):
            return "python"
        return "node"

    @classmethod
    def read(cls, root: Path) -> Manifest:
        """Read and validate the `package.json` of a package.

        Args:
            root: The folder of the package.

        Raises:
            BadManifest: It is missing or invalid.
        """
        path = root / "package.json"
        if path.stat().st_size > MAX_SIZE:
            raise BadManifest(f"package.json is larger than {MAX_SIZE} bytes")
        return cls.parse(path.read_bytes())

    @classmethod
    def parse(cls, raw: bytes) -> Manifest:
        """Validate the content of a `package.json`.

        Raises:
            BadManifest: It is invalid.
        """
        fields = _fields(raw)
        for name, wanted in (("name", "text"), ("version", "text")):
            if not isinstance(fields.get(name, ""), str):
                raise BadManifest(f"{name!r} in package.json is not {wanted}")
        described = described_by(fields)
        return cls(
            main=_main(fields),
            name=fields.get("name", ""),
            version=fields.get("version", ""),
            engines=engines_of(fields.get("engines")),
            extra=described,
            left_out=tuple(name for name in DESCRIPTIVE if name in fields and name not in described),
        )


def find_root(folder: Path) -> Path:
    """Return the folder with the `package.json`: the given one, or its only subfolder.

    Ignores the entries that archive programs add by themselves.

    Raises:
        BadManifest: There is no such folder.
    """
    if (folder / "package.json").is_file():
        return folder
    entries = [entry for entry in folder.iterdir() if not ADDED.fullmatch(entry.name)]
    if len(entries) == 1 and not entries[0].is_symlink() and (entries[0] / "package.json").is_file():
        return entries[0]
    raise BadManifest("The package has no package.json, neither at its root nor in a single leading folder")


def find_entrypoint(root: Path, main: str, language: str) -> Path | None:
    """Return the file that `main` refers to, None if there is none within the package.

    Args:
        root: The folder of the package.
        main: `main` of `package.json`.
        language: python or node.
    """
    for suffix in PYTHON_SUFFIXES if language == "python" else NODE_SUFFIXES:
        # The system rejects names that are too long, circular links, and names below a file.
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            path = (root / (main + suffix)).resolve()
            if path.is_file() and path.is_relative_to(root.resolve()):
                return path
    return None


def _fields(raw: bytes) -> dict[str, Any]:
    try:
        fields = read_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except TooDeep as error:
        raise BadManifest(f"package.json {error}") from error
    except orjson.JSONDecodeError as error:
        raise BadManifest(f"package.json is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadManifest("package.json is not a JSON object")
    # A field that is null counts as missing.
    return {name: value for name, value in fields.items() if value is not None}


def _main(fields: dict[str, Any]) -> str:
    if "main" not in fields:
        raise BadManifest("package.json has no 'main'")
    main = fields["main"]
    if not isinstance(main, str) or not main.strip():
        raise BadManifest("'main' in package.json is not the path of a file")
    if "\0" in main:
        raise BadManifest("'main' in package.json has a NUL character in it, so it cannot be the path of a file")
    if any(len(part.encode()) > LONGEST_NAME for part in main.split("/")) or len(main.encode()) > LONGEST_PATH:
        raise BadManifest(
            f"'main' in package.json is too long for the path of a file: {len(main.encode())} bytes, where a name may"
            f" have {LONGEST_NAME} and a path {LONGEST_PATH}"
        )
    return main


def engines_of(value: object) -> dict[str, str]:
    """Return versions of languages by name, from all historical forms of `engines`.

    Args:
        value: An object, or as in older packages a list of texts such as `node >=0.6`, or one such text.
    """
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        pairs = [entry.split(None, 1) for entry in value if isinstance(entry, str)]
        return {name: (rest or ["*"])[0] for name, *rest in filter(None, pairs)}
    if not isinstance(value, dict):
        return {}
    return {name: _version(version) for name, version in value.items() if isinstance(version, str | int | float)}


def _version(value: str | float) -> str:
    return value if isinstance(value, str) else "*" if isinstance(value, bool) else str(value)


def described_by(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the descriptive fields of a `package.json`, in the forms of the API.

    npm accepts nearly any value there, and so does this function: unusable values are left out.

    Args:
        fields: The `package.json`.
    """
    found = {name: read(fields[name]) for name, read in DESCRIPTIVE.items() if name in fields}
    extra = {name: value for name, value in found.items() if value is not None}
    scramjet = fields.get("scramjet")
    if isinstance(scramjet, dict) and isinstance(scramjet.get("config"), dict):
        extra["config"] = scramjet["config"]
    return extra


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _person(value: object) -> str | dict[str, Any] | None:
    if not isinstance(value, dict):
        return value if isinstance(value, str) else None
    return _with_texts(value, "name", "email", "url")


def _keywords(value: object) -> list[str] | None:
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    if isinstance(value, list):
        return [word for word in value if isinstance(word, str)]
    return None


def _list(value: object) -> list[Any] | None:
    return value if isinstance(value, list) else None


def _repository(value: object) -> str | dict[str, Any] | None:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        return None
    return _with_texts(value, "type", "directory")


def _with_texts(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names or isinstance(value, str)}


DESCRIPTIVE: Final[dict[str, Callable[[object], Any]]] = {
    "description": _text,
    "author": _person,
    "keywords": _keywords,
    "args": _list,
    "repository": _repository,
}
