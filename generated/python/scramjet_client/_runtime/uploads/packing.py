# Copied by `make generate` from client/runtime/uploads/packing.py: edit it there.
"""The packer: turns a folder into a Sequence package (tar.gz) while it is sent.

Packages are reproducible: entries are sorted, and times and owners are left out.
"""

from __future__ import annotations

import json
import os
import stat
import tarfile
import zlib
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..errors import ScramjetError
from .ignoring import IgnoreRules, lines_of
from .unreadable import unreadable_as_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 18
GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib to write gzip's header, in which it leaves the time at 0."""

IGNORE_FILE = ".siignore"

LEFT_OUT = """\
.git
.hg
.svn
.bzr
.env
.env.*
!.env.example
!.env.sample
!.env.template
.npmrc
.pypirc
.netrc
.venv
__pycache__/
.mypy_cache/
.pytest_cache/
.ruff_cache/
.hypothesis/
.ipynb_checkpoints/
.tox/
.nox/
.idea/
.vscode/
.DS_Store
node_modules/.cache/
""".splitlines()
"""Default exclusions, which no program needs and no user means to upload: histories, secrets, environments, caches."""

NOT_FOR_PYTHON = ("node_modules/",)
"""Excluded from Python packages only: Node programs need it, since the Hub installs nothing."""

ENVIRONMENT_MARK = "pyvenv.cfg"
"""The file that marks a virtual environment, which works in no other place, under any folder name."""


def pack(folder: Path) -> Iterator[bytes]:
    """Yield the package piece by piece, in constant memory.

    Args:
        folder: The folder to pack. A file `.siignore` in it lists what to exclude, in the syntax of .gitignore;
            it applies after `LEFT_OUT`, so it can re-include a default exclusion: `!.env`.

    Raises:
        SourceError: A file or a folder cannot be read.
        ScramjetError: A file's size changed while it was packed.
    """
    compressor = zlib.compressobj(wbits=GZIP)
    with unreadable_as_error(folder):
        for piece in _tar(folder):
            if compressed := compressor.compress(piece):
                yield compressed
    yield compressor.flush()


def _tar(folder: Path) -> Iterator[bytes]:
    for path in _walk(folder, "", _rules(folder)):
        entry = _entry(folder / path, path)
        if entry is not None:
            yield entry.tobuf(tarfile.PAX_FORMAT)
            if entry.isreg():
                yield from _content(folder / path, entry.size)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _rules(folder: Path) -> IgnoreRules:
    try:
        own = (folder / IGNORE_FILE).read_bytes()
    except FileNotFoundError:
        own = b""
    return IgnoreRules([*LEFT_OUT, *(NOT_FOR_PYTHON if _is_for_python(folder) else ()), *lines_of(own)])


def _is_for_python(folder: Path) -> bool:
    """Return whether a package's manifest names Python as its engine; False if it cannot be parsed."""
    try:
        manifest = json.loads((folder / "package.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(manifest, dict):
        return False
    engines, main = manifest.get("engines"), manifest.get("main")
    names = engines if isinstance(engines, dict) else ()
    return (isinstance(main, str) and main.endswith(".py")) or any(name.startswith("python") for name in names)


def _walk(folder: Path, inside: str, rules: IgnoreRules) -> Iterator[str]:
    """Yield the paths to pack, each folder before its contents."""
    with os.scandir(folder / inside) as found:
        entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    for name, is_folder in entries:
        path = f"{inside}/{name}" if inside else name
        if path == IGNORE_FILE or _stays_out(folder, path, is_folder, rules):
            continue
        yield path
        if is_folder:
            yield from _walk(folder, path, rules)


def _stays_out(folder: Path, path: str, is_folder: bool, rules: IgnoreRules) -> bool:
    decision = rules.decide(path, is_folder=is_folder)
    if decision is None and is_folder:
        return (folder / path / ENVIRONMENT_MARK).is_file()
    return bool(decision)


def _entry(path: Path, name: str) -> tarfile.TarInfo | None:
    """Return the tar header of one file; None for kinds that a package cannot hold, such as a socket."""
    status = path.lstat()
    entry = tarfile.TarInfo(name)
    if stat.S_ISDIR(status.st_mode):
        entry.type, entry.mode = tarfile.DIRTYPE, 0o755
    elif stat.S_ISLNK(status.st_mode):
        entry.type, entry.linkname = tarfile.SYMTYPE, str(path.readlink())
    elif stat.S_ISREG(status.st_mode):
        entry.size, entry.mode = status.st_size, 0o755 if status.st_mode & stat.S_IXUSR else 0o644
    else:
        return None
    return entry


def _content(path: Path, size: int) -> Iterator[bytes]:
    """Yield a file's bytes, padded to whole blocks."""
    left = size
    with path.open("rb") as file:
        while left:
            piece = file.read(min(CHUNK, left))
            if not piece:
                raise ScramjetError(f"{path} became shorter while it was packed.")
            left -= len(piece)
            yield piece
    if rest := size % tarfile.BLOCKSIZE:
        yield bytes(tarfile.BLOCKSIZE - rest)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Iterator": "collections.abc", "Path": "pathlib"})
