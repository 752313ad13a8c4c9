"""The Hub's folder: whose it is, what is in it, and what an earlier Hub left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class DataDirError(Exception):
    """The folder cannot be used; the text says why."""


class DataDir:
    """A folder that one Hub at a time works in.

    Attributes:
        path: The folder.
        sequences: Where the packages are, a folder each.
        work: Where things are that are not finished, or about to be removed; emptied at start.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.sequences = self.path / "sequences"
        self.work = self.path / "work"
        self._lock: Any = None

    def open(self) -> None:
        """Make the folder if there is none, and take it.

        Raises:
            DataDirError: It cannot be made or written to, or another Hub works in it.
        """
        try:
            self.sequences.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take()
            shutil.rmtree(self.work, ignore_errors=True)
            self.work.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise DataDirError(f"The data folder {self.path} cannot be used: {error.strerror or error}") from error

    def _take(self) -> None:
        # The kernel gives the lock back however this process ends.
        self._lock = (self.path / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            owner = self._lock.read().strip() or "unknown"
            raise DataDirError(f"Another Hub (process {owner}) works in the data folder {self.path}") from None
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()

    def identity(self) -> str:
        """The id of the Hub of this folder, made up the first time."""
        place = self.path / "id"
        if not place.exists():
            place.write_text(f"sth-{uuid.uuid4().hex[:12]}\n")
        return place.read_text().strip()

    def new_work(self) -> Path:
        """A new, empty folder for something unfinished."""
        place = self.work / uuid.uuid4().hex
        place.mkdir(mode=0o700)
        return place

    def discard(self, place: Path) -> None:
        """Remove a file or folder so that it is never seen half removed."""
        doomed = self.work / uuid.uuid4().hex
        try:
            place.rename(doomed)
        except FileNotFoundError:
            return
        shutil.rmtree(doomed, ignore_errors=True)

    def close(self) -> None:
        """Give the folder back."""
        shutil.rmtree(self.work, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
