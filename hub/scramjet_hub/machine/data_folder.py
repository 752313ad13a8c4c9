"""The data folder: its owner, its content, and what an earlier Hub left in it.

In a folder without the mark, nothing is removed or overwritten; in a marked one, only what a Hub has created:
entries of `work` with a name that a Hub generated.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import shutil
import uuid
from typing import IO, TYPE_CHECKING, Final, NoReturn

import orjson
from scramjet_serving.errors import CannotStart
from scramjet_serving.machine.durable import create_file, sync_folder
from scramjet_serving.options import OptionError

from scramjet_hub.config import check_id

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = "scramjet-hub.json"
LOCK: Final = "lock"
ID: Final = "id"
FORMAT: Final = 1
EXPLANATION: Final = "The data folder of a Scramjet Hub, which writes and removes files in it"
# Entries of a new file system that nothing has been written to yet.
NEUTRAL: Final = frozenset(("lost+found",))
# Entries that a Hub created before marks were introduced.
UNMARKED: Final = frozenset((LOCK, ID, "sequences", "work"))
UNFINISHED: Final = re.compile(r"[0-9a-f]{32}")
# A folder of a package: the Sequence's id and eight digits that distinguish its versions.
PACKAGE_FOLDER: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{8}")
MADE_UP_ID: Final = re.compile(rb"sth-[0-9a-f]{12}\n")


class DataDirError(CannotStart):
    """The folder cannot be used; the text says why."""


class DataDir:
    """A folder that is used by one Hub at a time.

    Args:
        path: The folder; a link to one is followed.

    Attributes:
        path: The folder.
        sequences: The folder of the packages, one subfolder each.
        work: The folder for unfinished items, and items about to be removed; cleared at start.
        adopted: Whether it was the folder of a Hub from before marks were introduced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.sequences = self.path / "sequences"
        self.work = self.path / "work"
        self.adopted = False
        self._lock: IO[str] | None = None

    def open(self) -> None:
        """Create the folder if necessary, and lock it.

        Raises:
            DataDirError: It is neither a Hub's folder nor empty, it cannot be created or written to, or another Hub
                uses it.
        """
        try:
            self._open()
        except OSError as error:
            where = f" ({error.filename})" if error.filename and str(error.filename) != str(self.path) else ""
            reason = f"{error.strerror or error}{where}"
            raise DataDirError(f"The data folder {self.path} cannot be used: {reason}") from error

    def _open(self) -> None:
        self._resolve()
        self._make()
        owner = whose(self.path)
        self._take()
        try:
            # Meanwhile, another Hub may have claimed it, or another program may have written into it.
            owner = whose(self.path)
            self._settle(owner)
        except (OSError, DataDirError):
            self._give_back(unlink=not owner)
            raise

    def _resolve(self) -> None:
        """Follow links once, so that a folder has one name, however it was given."""
        path = self.path
        if path.is_symlink() and not path.exists():
            raise DataDirError(f"The data folder {path} is a link to {path.readlink()}, which is not there")
        self.path = path.resolve()
        self.sequences = self.path / "sequences"
        self.work = self.path / "work"

    def _make(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise DataDirError(f"The data folder {self.path} is a file; give --data-dir a folder")
        if not self.path.exists():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(self.path.parent)

    def _settle(self, owner: str) -> None:
        if owner != "marked":
            (self.path / MARK).unlink(missing_ok=True)  # an empty one, of a Hub that was interrupted here
            mark = {"format": FORMAT, "what": EXPLANATION}
            create_file(self.path / MARK, orjson.dumps(mark, option=orjson.OPT_APPEND_NEWLINE))
        self.adopted = owner == "unmarked"
        for folder in (self.sequences, self.work):
            if folder.is_symlink():
                raise DataDirError(f"{folder} is a link; the data folder has to be in one place, so move all of it")
            folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self.path)
        self._clear_work()

    def _take(self) -> None:
        # The kernel releases the lock however this process ends.
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        self._lock = lock = os.fdopen(os.open(self.path / LOCK, flags, 0o600), "r+", errors="replace")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._refuse_to_share(lock)
        if not self._holds_lock():
            self._refuse_to_share(lock)  # that one, which has found the folder to be none of its own, is about to end
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()

    def _refuse_to_share(self, lock: IO[str]) -> NoReturn:
        owner = lock.read(100).strip() or "unknown"
        self._give_back(unlink=False)
        raise DataDirError(f"Another Hub (process {owner}) works in the data folder {self.path}") from None

    def _holds_lock(self) -> bool:
        """Return whether the locked file is the one that is in the folder now.

        Raises:
            OSError: The file or the folder does not exist.
        """
        assert self._lock is not None  # noqa: S101 - the callers have opened it
        held, found = os.fstat(self._lock.fileno()), (self.path / LOCK).lstat()
        return os.path.samestat(held, found)

    def _give_back(self, *, unlink: bool) -> None:
        if unlink:
            (self.path / LOCK).unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def identity(self) -> str:
        """Return the id of this folder's Hub, generated on first use.

        Raises:
            DataDirError: The stored id is invalid.
        """
        place = self.path / ID
        try:
            if not place.exists():
                draft = self.work / uuid.uuid4().hex
                create_file(draft, f"sth-{uuid.uuid4().hex[:12]}\n".encode())
                draft.rename(place)
                sync_folder(self.path)
            with place.open("rb") as file:
                text = file.read(1000).strip().decode("latin-1")
        except OSError as error:
            raise DataDirError(f"The Hub's id in {place} cannot be read: {error.strerror or error}") from error
        try:
            check_id(text, f"The content of {place}")
        except OptionError as error:
            raise DataDirError(f"{error}; mend it, or remove the file and the Hub makes up a new id") from error
        return text

    def keep_identity(self, hub_id: str) -> None:
        """Replace the id of this folder's Hub, by one that a Space gave it.

        Raises:
            OptionError: It is invalid.
            OSError: It cannot be written.
        """
        check_id(hub_id, "The id that the Space gave this Hub")
        self._ensure_work()
        draft = self.work / uuid.uuid4().hex
        create_file(draft, f"{hub_id}\n".encode())
        draft.rename(self.path / ID)
        sync_folder(self.path)

    def new_work(self) -> Path:
        """Create an empty folder for unfinished items.

        Raises:
            OSError: It cannot be created, or the data folder is gone.
        """
        self._ensure_work()
        place = self.work / uuid.uuid4().hex
        place.mkdir(mode=0o700)
        return place

    def _ensure_work(self) -> None:
        if problem := self.problem():
            raise OSError(errno.ENOENT, f"The data folder {problem}")
        # Programs that clean up temporary folders remove it while it is empty.
        self.work.mkdir(mode=0o700, exist_ok=True)

    def packages(self) -> list[Path]:
        """Return the folders of packages; other entries beside them are not the Hub's."""
        return [entry for entry in self.sequences.iterdir() if is_package_folder(entry)]

    def discard(self, place: Path) -> None:
        """Remove a file or folder so that it is never seen half removed.

        Raises:
            OSError: It cannot be removed, and is still in its place.
        """
        self._ensure_work()
        doomed = self.work / uuid.uuid4().hex
        try:
            place.rename(doomed)
        except FileNotFoundError:
            return
        shutil.rmtree(doomed, ignore_errors=True)

    def problem(self) -> str:
        """Return what is wrong with the folder now; empty if a Hub can continue to use it."""
        if self._lock is None:
            return "is not open"
        try:
            if not self._holds_lock():
                return "is gone: another one is in its place"
        except OSError as error:
            return f"is gone: {error.strerror}"
        if not os.access(self.sequences, os.R_OK | os.W_OK | os.X_OK):
            return "cannot be written to"
        return ""

    def close(self) -> None:
        """Release the folder."""
        if self._lock is None:
            return
        with contextlib.suppress(OSError):
            if not self.problem():
                self._clear_work()
                self.work.rmdir()
        self._give_back(unlink=False)

    def _clear_work(self) -> None:
        for entry in self.work.iterdir():
            if UNFINISHED.fullmatch(entry.name):
                remove(entry)


def whose(folder: Path) -> str:
    """Return the owner of a folder.

    Returns:
        `marked` if a Hub has marked it as its own, `unmarked` if a Hub from before marks were introduced has used it,
        or an empty text if it is empty.

    Raises:
        DataDirError: It belongs to something else, or to a later version of the Hub.
        OSError: It cannot be read.
    """
    names = {entry.name for entry in folder.iterdir()} - NEUTRAL
    mark = folder / MARK
    if MARK in names and (mark.is_symlink() or not mark.is_file() or mark.stat().st_size):
        _check_mark(folder)
        return "marked"
    names.discard(MARK)
    if names <= {LOCK} and _is_lock(folder / LOCK):
        return ""
    if not names - UNMARKED and "sequences" in names and not (stranger := _stranger(folder, names)):
        return "unmarked"
    if names - UNMARKED or "sequences" not in names:
        stranger = min(names - UNMARKED, default=min(names))
    raise DataDirError(
        f"The folder {folder} has other things in it than a Hub's, such as {stranger!r}, and no mark ({MARK});"
        " give --data-dir a folder that is empty, is not there yet, or was a Hub's before"
    )


def _check_mark(folder: Path) -> None:
    mark = folder / MARK
    if mark.is_symlink() or not mark.is_file():
        raise DataDirError(f"{mark} is not a file, so it does not tell that {folder} is a Hub's data folder")
    with mark.open("rb") as file:
        text = file.read(10_000)
    try:
        found = orjson.loads(text)["format"]
    except (ValueError, TypeError, KeyError, IndexError):
        found = None
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise DataDirError(f"{mark} is damaged, so it does not tell that {folder} is a Hub's data folder")
    if found > FORMAT:
        raise DataDirError(f"The data folder {folder} was made by a later version of the Hub (its format is {found})")


def _stranger(folder: Path, names: set[str]) -> str:
    """Return an entry that does not belong in the folder of a Hub from before marks; empty if all entries do."""
    if LOCK not in names and not _is_made_up_id(folder / ID):
        return ID if ID in names else "sequences"
    if not _is_lock(folder / LOCK):
        return LOCK
    checks = (("sequences", is_package_folder), ("work", lambda entry: UNFINISHED.fullmatch(entry.name)))
    for name, is_known in checks:
        place = folder / name
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            return name
        if place.exists() and (others := [entry.name for entry in place.iterdir() if not is_known(entry)]):
            return f"{name}/{min(others)}"
    return ""


def _is_made_up_id(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return not path.is_symlink() and MADE_UP_ID.fullmatch(path.read_bytes()) is not None
    return False


def _is_lock(path: Path) -> bool:
    """Return whether a file is missing, or is one that a Hub writes its process id into."""
    if not path.exists() and not path.is_symlink():
        return True
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        text = file.read(100)
    return not text or text.isdigit()


def is_package_folder(entry: Path) -> bool:
    """Return whether an entry of `sequences` has the name and kind that a Hub creates."""
    return PACKAGE_FOLDER.fullmatch(entry.name) is not None and not entry.is_symlink() and entry.is_dir()


def remove(place: Path) -> None:
    """Remove a file, a link or a folder, as far as possible."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            place.unlink()
