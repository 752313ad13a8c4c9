"""Puts a client together: the hand-written half from client/LANGUAGE, and what the language's generator makes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.description.source import BUNDLE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.generate.languages.language import Language

WRITTEN = ROOT / "client"
GENERATED = BUNDLE.parent

INSTALLED = ("node_modules", "dist", "target")
"""Folders that a language's tools make beside the sources; they are not committed, and stay for the next run."""

COMMENTS = dict.fromkeys((".ts", ".mjs", ".go", ".java", ".rs"), "//")
"""How a comment begins, by suffix, in files that take one in their first line."""


def make(language: Language, *, bundles: Path = GENERATED, target: Path | None = None) -> Path:
    """Generate a language's client.

    Args:
        language: The language.
        bundles: The folder with the bundles.
        target: The folder to write, generated/LANGUAGE if not given; it is changed only once the client is complete.

    Returns:
        The folder.

    Raises:
        ToolError: A tool of the language is missing or failed.
    """
    target = target or GENERATED / language.name
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="client-") as work:
        made = Path(work) / language.name
        _copy_written(WRITTEN / language.name, made)
        language.generate(bundles, made)
        _replace(target, made)
    return target


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of a client, without those of `INSTALLED`, as paths relative to its folder."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not set(relative.parts) & set(INSTALLED):
            yield relative


def _copy_written(source: Path, target: Path) -> None:
    for name in files(source):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, place)
        if mark := COMMENTS.get(name.suffix):
            head = f"{mark} Copied from {(source / name).relative_to(ROOT)} by `make clients`; edit that file.\n\n"
            place.write_text(head + place.read_text(encoding="utf-8"), encoding="utf-8")


def _replace(target: Path, made: Path) -> None:
    wanted = list(files(made))
    for name in set(files(target)) - set(wanted):
        (target / name).unlink()
    for name in wanted:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if not (target / name).is_file() or (target / name).read_bytes() != (made / name).read_bytes():
            shutil.copyfile(made / name, target / name)
