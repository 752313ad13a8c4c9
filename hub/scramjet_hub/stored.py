"""A package as it is on the disk: a folder with the package and the record, which has a checksum of every file."""

from __future__ import annotations

import ctypes
import hashlib
import os
from typing import TYPE_CHECKING, Any, Final

import orjson

from scramjet_hub.durable import create_file, sync, sync_folder
from scramjet_hub.json_input import MAX_DEPTH, read_json

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE: Final = "package"
RECORD: Final = "sequence.json"
CHUNK: Final = 1024 * 1024
DIGEST_SIZE: Final = 20
_libc: Final = ctypes.CDLL(None, use_errno=True)


class Damaged(Exception):  # noqa: N818 - it describes what is stored
    """What is stored is not what was stored; the text says what."""


def store(folder: Path, record: dict[str, Any], stopping: threading.Event) -> None:
    """Write the record of the package in a folder; all of it is on the disk when this returns.

    Args:
        folder: The folder, with the package in it.
        record: What to know of the package.
        stopping: Once set, this ends soon, with nothing waited for.

    Raises:
        OSError: It cannot be written.
    """
    files = checksums(folder / PACKAGE, stopping)
    content = {**record, "files": files}
    create_file(folder / RECORD, orjson.dumps({**content, "checksum": _of_record(content)}))
    # One call for all costs less than one for each, even for a package of two files.
    if sync_file_system(folder):
        return
    for root, _, names in os.walk(folder):
        for name in names:
            if not os.path.islink(os.path.join(root, name)):  # noqa: PTH114, PTH118 - for thousands of files
                sync(folder.joinpath(root, name))
        sync_folder(folder.joinpath(root))


def sync_file_system(folder: Path) -> bool:
    """Wait until all that was written to the file system of a folder is on the disk.

    Returns:
        Whether there is such a call (syncfs of Linux).

    Raises:
        OSError: Something could not be written.
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
    """The record in a folder, checked.

    Raises:
        Damaged: It is not what was written.
        OSError: It cannot be read.
    """
    try:
        # Within it is what may be as deep as anything that comes in.
        record = read_json((folder / RECORD).read_bytes(), MAX_DEPTH + 10)
    except ValueError as error:
        raise Damaged(f"{RECORD} {error}") from error
    if not isinstance(record, dict):
        raise Damaged(f"{RECORD} is not an object")
    checksum = record.pop("checksum", None)
    # Hubs did not always write one.
    if checksum is not None and checksum != _of_record(record):
        raise Damaged(f"{RECORD} is not what was written")
    return record


def find_damage(folder: Path, stopping: threading.Event) -> str:
    """What of the package in a folder is not as it was stored; empty if all is.

    What has come since, such as the bytecode that Python keeps beside a module, does not count.

    Args:
        folder: The folder with package and record.
        stopping: Once set, this ends soon.
    """
    try:
        expected = read_record(folder).get("files", {})
    except (Damaged, OSError) as error:
        return str(error)
    for name, checksum in expected.items():
        if stopping.is_set():
            return ""
        try:
            if checksum_of(folder / PACKAGE / name) != checksum:
                return f"{name} is not what was uploaded"
        except OSError as error:
            return f"{name} cannot be read: {error.strerror}"
    return ""


def checksums(package: Path, stopping: threading.Event) -> dict[str, str]:
    """The checksums of all files and links of a package, by their path."""
    found: dict[str, str] = {}
    for path in _entries(package):
        if stopping.is_set():
            break
        found[path.relative_to(package).as_posix()] = checksum_of(path)
    return found


def checksum_of(path: Path) -> str:
    """The checksum of the content of a file, or of where a link leads."""
    if path.is_symlink():
        return _digest(b"link " + os.fsencode(path.readlink()))
    digest = hashlib.blake2b(digest_size=DIGEST_SIZE)
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _entries(package: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(package):
        base = package.joinpath(root)
        yield from (base / name for name in names)
        yield from (base / name for name in folders if (base / name).is_symlink())


def _of_record(record: dict[str, Any]) -> str:
    return _digest(orjson.dumps(record, option=orjson.OPT_SORT_KEYS))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=DIGEST_SIZE).hexdigest()
