"""Packages of Sequences, built in memory: the same input gives the same bytes."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTILE = ("escape", "absolute", "link", "device")
LANGUAGES = {"python": ("py", {"python3": ">=3.9"}), "node": ("js", {"node": ">=14"})}


def package(label: str, name: str, language: str = "python", **words: str) -> bytes:
    """Build the package of one of our Sequences.

    Args:
        label: Its file in `sequences/<language>`.
        name: The name in its package.json.
        language: `python` or `node`.
        words: Replacements in its source, such as `TOPIC="orders"`.
    """
    manifest = {"name": name, "version": "1.0.0", "engines": LANGUAGES[language][1], "description": label}
    return archive(files(label, manifest, language, **words))


def files(label: str, manifest: Mapping[str, Any], language: str = "python", **words: str) -> dict[str, Any]:
    """Return the files of such a package, path to content, for `archive`.

    Args:
        label: As for `package`.
        manifest: package.json, without `main`.
        language: As for `package`.
        words: As for `package`.
    """
    source = source_of(label, language)
    for word, replacement in words.items():
        source = source.replace(word, replacement)
    main = f"main.{LANGUAGES[language][0]}"
    return {"package.json": {**manifest, "main": main}, main: source, **_beside(language)}


def _beside(language: str) -> dict[str, str]:
    """Return the files that a Sequence of a language imports."""
    return {"runners.py": source_of("runners", language)} if language == "python" else {}


def source_of(label: str, language: str) -> str:
    """Return the source of one of our Sequences.

    Raises:
        FileNotFoundError: It does not exist in this language.
    """
    extension, _ = LANGUAGES[language]
    folder = resources.files("scramjet_contract") / "sequences" / language
    return (folder / f"{label}.{extension}").read_text()


def archive(files: Mapping[str, Any]) -> bytes:
    """Build a tar.gz archive.

    Args:
        files: Path to content: bytes, text, or a value to encode as JSON.
    """
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path, content in files.items():
            data = _bytes(content)
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)


def hostile(kind: str) -> bytes:
    """Build a package that a Hub must reject.

    Args:
        kind: `escape` has a path out of its folder, `absolute` an absolute path, `link` a symbolic link out of it,
            `device` a device node.
    """
    entry = {
        "escape": tarfile.TarInfo("../outside.py"),
        "absolute": tarfile.TarInfo("/outside.py"),
        "link": tarfile.TarInfo("outside"),
        "device": tarfile.TarInfo("device"),
    }[kind]
    if kind == "link":
        entry.type, entry.linkname = tarfile.SYMTYPE, "../../../../etc/passwd"
    if kind == "device":
        entry.type = tarfile.CHRTYPE
    manifest = _bytes({"name": "hostile", "version": "1.0.0", "main": "main.py"})
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(entry, io.BytesIO())
        for path, data in (("package.json", manifest), ("main.py", b"async def run(context, input): yield 'x'\n")):
            info = tarfile.TarInfo(path)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)


def _bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()
