"""A stored package: a folder with the package and its record, which has a checksum of every file."""

from __future__ import annotations

import ctypes
import hashlib
import os
from typing import TYPE_CHECKING, Any, Final

import orjson
from scramjet_serving.json_input import MAX_DEPTH, read_json
from scramjet_serving.machine.durable import create_file, sync, sync_folder

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE: Final = "package"
RECORD: Final = "sequence.json"
CHUNK: Final = 1024 * 1024
DIGEST_SIZE: Final = 20
_libc: Final = ctypes.CDLL(None, use_errno=True)


class Damaged(Exception):  # noqa: N818 - it describes the stored package
    """The stored package or record is damaged; the text says what."""


def store(folder: Path, record: dict[str, Any], stopping: threading.Event) -> None:
    """Write the record of the package in a folder; everything is on the disk when this returns.

    Args:
        folder: The folder, with the package in it.
        record: The Hub's data on the package.
        stopping: Once set, this returns soon, without waiting for the disk.

    Raises:
        OSError: It cannot be written.
    """
    files = checksums(folder / PACKAGE, stopping)
    content = {**record, "files": files}
    create_file(folder / RECORD, orjson.dumps({**content, "checksum": _of_record(content)}))
    # One call for everything costs less than one per file, even for a package of two files.
    if sync_file_system(folder):
        return
    for root, _, names in os.walk(folder):
        for name in names:
            if not os.path.islink(os.path.join(root, name)):  # noqa: PTH114, PTH118 - fast for thousands of files
                sync(folder.joinpath(root, name))
        sync_folder(folder.joinpath(root))


def sync_file_system(folder: Path) -> bool:
    """Sync the file system of a folder to the disk.

    Returns:
        Whether the system has this call (syncfs of Linux).

    Raises:
        OSError: Some data could not be written.
    """
    if not hasattr(_libc, "syncfs"):
        return False
    fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if _libc.syncfs(fd):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
    finally:
        os.close(fd)
    return True


def read_record(folder: Path) -> dict[str, Any]:
    """Read and verify the record in a folder.

    Raises:
        Damaged: It differs from what was written.
        OSError: It cannot be read.
    """
    try:
        # Inside it are values as deep as any input may be.
        record = read_json((folder / RECORD).read_bytes(), MAX_DEPTH + 10)
    except ValueError as error:
        raise Damaged(f"{RECORD} {error}") from error
    if not isinstance(record, dict):
        raise Damaged(f"{RECORD} is not an object")
    checksum = record.pop("checksum", None)
    # Older Hubs wrote no record.
    if checksum is not None and checksum != _of_record(record):
        raise Damaged(f"{RECORD} is not what was written")
    return record


def find_damage(folder: Path, stopping: threading.Event) -> str:
    """Return what is damaged in the stored package; empty if nothing is.

    Files added since, such as the bytecode that Python keeps beside a module, are ignored.

    Args:
        folder: The folder with package and record.
        stopping: Once set, this returns soon.
    """
    try:
        expected = read_record(folder).get("files", {})
    except (Damaged, OSError) as error:
        return str(error)
    for key, checksum in expected.items():
        if stopping.is_set():
            return ""
        name = key.removeprefix("\0")
        try:
            if checksum_of(folder / PACKAGE / _as_path(key)) != checksum:
                return f"{name} is not what was uploaded"
        except OSError as error:
            return f"{name} cannot be read: {error.strerror}"
    return ""


def checksums(package: Path, stopping: threading.Event) -> dict[str, str]:
    """Return the checksums of all files and links of a package, by path."""
    found: dict[str, str] = {}
    for name, is_link in _entries(str(package), ""):
        if stopping.is_set():
            break
        path = f"{package}/{name}"
        found[_as_key(name)] = _of_link(path) if is_link else _of_file(path)
    return found


def _as_key(name: str) -> str:
    """Return a path as a JSON key; paths that are not UTF-8 are marked with NUL, which no path contains."""
    try:
        name.encode()
    except UnicodeError:
        return "\0" + os.fsencode(name).decode("latin-1")
    return name


def _as_path(key: str) -> str:
    return os.fsdecode(key[1:].encode("latin-1")) if key.startswith("\0") else key


def checksum_of(path: Path) -> str:
    """Return the checksum of the content of a file, or of the target of a link."""
    return _of_link(str(path)) if path.is_symlink() else _of_file(str(path))


def _of_link(path: str) -> str:
    return _digest(b"link " + os.fsencode(os.readlink(path)))  # noqa: PTH115 - as below


def _of_file(path: str) -> str:
    digest = hashlib.blake2b(digest_size=DIGEST_SIZE)
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - with pathlib, thousands of files take twice as long
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _entries(folder: str, prefix: str) -> Iterator[tuple[str, bool]]:
    """Return the files and links below a folder: their relative path, and whether it is a link."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.is_symlink()


def _of_record(record: dict[str, Any]) -> str:
    return _digest(orjson.dumps(record, option=orjson.OPT_SORT_KEYS))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=DIGEST_SIZE).hexdigest()
