"""The data folder of a Platform: who may use it, and the secret that protects what is in it."""

from __future__ import annotations

import fcntl
import os
import secrets
from typing import IO, TYPE_CHECKING, Final

import orjson
from scramjet_serving.errors import CannotStart
from scramjet_serving.machine.durable import create_file, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = "scramjet-platform.json"
LOCK: Final = "lock"
SECRET: Final = "secret.key"  # noqa: S105 - the name of its file
RECORDS: Final = "records.sqlite"
FORMAT: Final = 1
EXPLANATION: Final = "The data folder of a Scramjet Platform, which writes and removes files in it"
# Entries of a new file system that nothing has been written to yet.
NEUTRAL: Final = frozenset(("lost+found",))
SECRET_BYTES: Final = 32


class FolderError(CannotStart):
    """The data folder cannot be used; the text says why."""


class DataFolder:
    """A folder that one server uses at a time, and the command line beside it.

    Args:
        path: The folder; created if it is missing.

    Raises:
        FolderError: It cannot be used.

    Attributes:
        path: The folder.
        records: The file of the records.
        packages: The folder of the packages, a subfolder for each Space.
        work: The folder of unfinished packages.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.records = self.path / RECORDS
        self.packages = self.path / "packages"
        self.work = self.path / "work"
        self._lock: IO[str] | None = None
        try:
            self._prepare()
        except OSError as error:
            raise FolderError(f"The data folder {self.path} cannot be used: {error.strerror or error}") from error

    def _prepare(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self.path / MARK).exists():
            found = sorted(entry.name for entry in self.path.iterdir() if entry.name not in NEUTRAL)
            if found:
                raise FolderError(
                    f"The data folder {self.path} is not that of a Platform: it has {found[0]!r} in it."
                    " Give --data-dir a new or empty folder"
                )
            mark = {"format": FORMAT, "what": EXPLANATION}
            create_file(self.path / MARK, orjson.dumps(mark, option=orjson.OPT_APPEND_NEWLINE))
            sync_folder(self.path)
        for folder in (self.packages, self.work):
            folder.mkdir(mode=0o700, exist_ok=True)

    def claim(self) -> None:
        """Claim it for a server, until the process ends.

        Raises:
            FolderError: Another server uses it.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._lock = os.fdopen(os.open(self.path / LOCK, flags, 0o600), "r+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderError(f"Another Platform works in the data folder {self.path}") from None
        for path in self.work.iterdir():
            path.unlink()

    def secret(self) -> bytes:
        """Return the secret of this folder, created at first.

        Raises:
            FolderError: The file of the secret is readable by others, or damaged.
        """
        path = self.path / SECRET
        try:
            if not path.exists():
                self._make_secret(path)
            if path.stat().st_mode & 0o077:
                raise FolderError(f"{path} may be read by others; make it yours alone: chmod 600 {path}")
            secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise FolderError(f"{path} cannot be used: {error}") from error
        if len(secret) != SECRET_BYTES:
            raise FolderError(f"{path} is damaged: it has {len(secret)} bytes instead of {SECRET_BYTES}")
        return secret

    def _make_secret(self, path: Path) -> None:
        # Linked into place whole, as two processes may begin at once.
        fresh = path.with_name(f"{SECRET}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        sync_folder(self.path)

    def close(self) -> None:
        """Let another server use it."""
        if self._lock is not None:
            self._lock.close()
