"""Archives entry by entry, good ones and bad ones."""

from __future__ import annotations

import gzip
import json
import tarfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ECHO = """\
async def run(context, input, *args):
    async for item in input:
        yield item
"""


def entry(
    name: str, kind: bytes = tarfile.REGTYPE, *, link: str = "", size: int = 0, mode: int = 0o644
) -> tarfile.TarInfo:
    """A header of an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.mode = kind, link, size, mode
    return info


def tar(entries: Iterable[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """An archive, not compressed, with these headers and contents."""
    # Not by tarfile's own `addfile`, which refuses a header that announces more content than there is.
    packed = [
        info.tobuf(tarfile.PAX_FORMAT) + content + bytes(-len(content) % tarfile.BLOCKSIZE) for info, content in entries
    ]
    return b"".join([*packed, bytes(2 * tarfile.BLOCKSIZE)])


def targz(entries: Iterable[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """A tar.gz with these headers and contents."""
    return gzip.compress(tar(entries), 1, mtime=0)


def files(contents: Mapping[str, str | bytes]) -> list[tuple[tarfile.TarInfo, bytes]]:
    """The entries for some files."""
    raw = {name: text.encode() if isinstance(text, str) else text for name, text in contents.items()}
    return [(entry(name, size=len(content)), content) for name, content in raw.items()]


def manifest(**fields: Any) -> str:
    """A `package.json` of a Python Sequence."""
    return json.dumps({"name": "echo", "version": "1.0.0", "main": "main.py", "engines": {"python3": "3"}, **fields})


def package(extra: Mapping[str, str | bytes] | None = None, **fields: Any) -> bytes:
    """A package of a Python Sequence that says what it hears.

    Args:
        extra: Further files.
        fields: Further fields of `package.json`.
    """
    return targz(files({"package.json": manifest(**fields), "main.py": ECHO, **(extra or {})}))
