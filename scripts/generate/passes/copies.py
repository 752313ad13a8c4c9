"""Copies of hand-written files: each begins with a line that names the file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def marked(text: str, source: Path, folder: Path, *, comment: str = "#", how: str = "Copied") -> str:
    """Return the text of a copy, with the line that names its source.

    Args:
        text: The copied text.
        source: The file that it is a copy of.
        folder: The folder of client/ that the source is in.
        comment: The comment marker of its language.
        how: How the copy was made.
    """
    name = f"client/{folder.name}/{source.relative_to(folder).as_posix()}"
    return f"{comment} {how} by `make generate` from {name}: edit it there.\n{text}"


def with_sources(files: Mapping[str, str], classes: Path, runtime: Path) -> dict[str, str]:
    """Return the files of the Python client, with copies marked.

    Args:
        files: The texts by their paths below the package.
        classes: The folder with the hand-written parts of the client classes.
        runtime: The folder of the runtime.
    """
    return {path: _with_source(path, text, classes, runtime) for path, text in files.items()}


def _with_source(path: str, text: str, classes: Path, runtime: Path) -> str:
    folder = runtime if path.startswith("_runtime/") else classes
    name = path.removeprefix("_runtime/")
    # Modules that the blocking side does not have by hand are translated from the async side.
    for source in (folder / name, folder / name.replace("sync/", "aio/", 1), folder / name.removeprefix("sync/")):
        if source.is_file():
            return marked(text, source, folder, how="Copied" if source == folder / name else "Made blocking")
    return text
