"""Durable files and folders, which survive a power loss: written and synced to the disk."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# The disk, a quota, or the maximum file size is used up.
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_full(error: OSError) -> bool:
    """Return whether an error means that there is no room left to write."""
    return error.errno in FULL


def create_file(path: Path, content: bytes) -> None:
    """Create a file that is on the disk when this returns; the caller syncs its folder.

    Raises:
        OSError: It exists already, or cannot be written; in the latter case no file remains.
    """
    with path.open("xb", buffering=0) as file:
        try:
            write_all(file.fileno(), content)
            os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise


def write_all(fd: int, content: bytes) -> None:
    """Write all of `content`, which a single call need not do."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(fd, rest) :]


def sync_folder(folder: Path) -> None:
    """Sync the entries of a folder to the disk."""
    sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def sync(path: Path, flags: int = os.O_RDONLY) -> None:
    """Sync a file or a folder to the disk."""
    fd = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.fsync(fd)
    except OSError as error:
        # Some file systems have no fsync for folders and cannot be made any safer.
        if error.errno not in (errno.EINVAL, errno.EBADF):
            raise
    finally:
        os.close(fd)
