"""Packages from the folders in `tests/sequences`."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

SEQUENCES = Path(__file__).parents[1] / "sequences"


def pack(name: str) -> bytes:
    """The package made of the folder `tests/sequences/NAME`."""
    return pack_files({str(path.relative_to(SEQUENCES / name)): path.read_bytes() for path in _files(name)})


def pack_python(source: str, **fields: object) -> bytes:
    """A package with one Python file; `fields` go into its package.json."""
    manifest = {"name": "test", "version": "1.0.0", "main": "main.py", "engines": {"python3": ">=3.10"}, **fields}
    return pack_files({"package.json": json.dumps(manifest).encode(), "main.py": source.encode()})


def pack_files(files: dict[str, bytes]) -> bytes:
    """A package with these files, the same bytes for the same files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, content in sorted(files.items()):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def _files(name: str) -> list[Path]:
    return [path for path in (SEQUENCES / name).rglob("*") if path.is_file() and path.suffix != ".pyc"]
