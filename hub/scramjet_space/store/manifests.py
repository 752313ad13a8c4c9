"""Finds the manifest in a package, without unpacking the package."""

from __future__ import annotations

import tarfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Unusable
from scramjet_serving.packages.manifest import MAX_SIZE, BadManifest, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "package.json"
# A package that unpacks to more than this before its manifest comes is refused (a decompression bomb).
MOST_UNPACKED: Final = 2 * 1024**3
MOST_ENTRIES: Final = 100_000


def read_manifest(package: Path) -> Manifest:
    """Return the manifest of a `tar.gz`: at its root, or in its only folder.

    Raises:
        Unusable: It is no `tar.gz`, or its manifest is missing, invalid, or has no name.
    """
    try:
        with tarfile.open(package, "r|gz") as archive:
            raw = _find(archive)
        found = Manifest.parse(raw)
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        raise Unusable(f"The package is no tar.gz that can be read: {error}") from error
    except BadManifest as error:
        raise Unusable(str(error)) from error
    if not found.name.strip():
        raise Unusable("package.json has no 'name', by which a Space lists the package")
    return found


def _find(archive: tarfile.TarFile) -> bytes:
    inner: bytes | None = None
    for entry in _bounded(archive):
        parts = [part for part in entry.name.split("/") if part not in ("", ".")]
        if parts[-1:] != [NAME] or len(parts) > 2 or not entry.isfile():
            continue
        raw = _content(archive, entry)
        if len(parts) == 1:
            return raw
        inner = raw if inner is None else inner
    if inner is None:
        raise BadManifest("The package has no package.json, neither at its root nor in a single leading folder")
    return inner


def _bounded(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    unpacked = 0
    for number, entry in enumerate(archive):
        unpacked += entry.size
        if unpacked > MOST_UNPACKED or number > MOST_ENTRIES:
            raise BadManifest("The package is too large to look for its package.json")
        yield entry


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    if entry.size > MAX_SIZE:
        raise BadManifest(f"package.json is larger than {MAX_SIZE} bytes")
    file = archive.extractfile(entry)
    return file.read() if file is not None else b""


def item_of(manifest: Manifest, package_id: str, filename: str, size: int) -> dict[str, Any]:
    """Return what the API tells of a package in a store.

    Args:
        manifest: Its manifest.
        package_id: Its id.
        filename: The name by which it is fetched.
        size: Its size in bytes.
    """
    return {
        "id": package_id,
        "name": manifest.name,
        "version": manifest.version,
        "engines": manifest.engines,
        "entrypointPath": manifest.main,
        **manifest.extra,
        "language": "py" if manifest.language == "python" else "js",
        "packageSize": size,
        "sequenceDir": "",
        "_filename": filename,
        "_fileId": package_id,
    }
