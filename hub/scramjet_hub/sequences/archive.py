"""Unpacks untrusted packages: nothing leaves the target folder, and nothing grows without limit."""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
import shutil
import tarfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
from scramjet_serving.machine.durable import is_full

if TYPE_CHECKING:
    import threading

CHUNK: Final = 256 * 1024
# Long names, long links and other attributes of all entries; tarfile reads them into memory.
MAX_ATTRIBUTES: Final = 16 * 1024 * 1024
MAX_DEPTH: Final = 64
# Errors that reading a broken archive raises, besides tarfile's own.
BROKEN: Final = (tarfile.TarError, EOFError, zlib.error, ValueError, ArithmeticError, LookupError, RecursionError)
# Errors of the system for impossible or contradictory names.
NAMES: Final = (
    errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP, errno.EILSEQ,
    errno.EINVAL, errno.ENOENT, errno.EMLINK,
)  # fmt: skip
ATTRIBUTE_TYPES: Final = frozenset(
    (
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    )
)


class BadArchive(Exception):  # noqa: N818 - it describes the archive
    """The file is not an archive, or contains something forbidden; the text says what."""


class TooLarge(BadArchive):
    """The archive exceeds a limit; the text names it."""


class Cancelled(Exception):  # noqa: N818 - it describes the Hub
    """The Hub is stopping."""


class NoSpace(Exception):  # noqa: N818 - it describes the disk
    """The disk is full."""


@attrs.frozen
class Limits:
    """The limits of an archive.

    Attributes:
        size: Bytes of all files together.
        files: Entries: files, folders and links.
    """

    size: int
    files: int


def unpack(archive: Path, target: Path, limits: Limits, cancelled: threading.Event) -> None:
    """Unpack a tar.gz into a new folder; call it in a thread.

    Args:
        archive: The file.
        target: The folder, which is created; after an error, the caller removes it.
        limits: The limits of the archive.
        cancelled: Once set, unpacking soon stops with an error.

    Raises:
        BadArchive: The archive is broken or contains something forbidden.
        TooLarge: It exceeds the limits.
        NoSpace: The disk is full.
        Cancelled: `cancelled` was set.
        OSError: The disk fails in another way.
    """
    target.mkdir(mode=0o700)
    try:
        with _Bounded(archive, limits, cancelled) as source:
            _Unpacker(target, limits).unpack(source)
    except gzip.BadGzipFile as error:
        raise BadArchive(f"The package is not a tar.gz archive: {error}") from error
    except BROKEN as error:
        raise BadArchive(f"The package is not a whole tar.gz archive: {error or type(error).__name__}") from error
    except OSError as error:
        if is_full(error):
            raise NoSpace from error
        if error.errno not in NAMES:
            raise  # the machine's fault, not the package's
        raise BadArchive(f"The package cannot be unpacked: {error.strerror or error}") from error


class _Bounded(gzip.GzipFile):
    """The decompressed data, up to a limit."""

    def __init__(self, path: Path, limits: Limits, cancelled: threading.Event) -> None:
        super().__init__(path, "rb")
        self._limits = limits
        # Every entry may add a header, padding, and the same again for its attributes; the end is padded, too.
        self._left = limits.size + 4 * tarfile.BLOCKSIZE * (limits.files + 1) + MAX_ATTRIBUTES + tarfile.RECORDSIZE
        self._cancelled = cancelled

    def read(self, size: int | None = -1) -> bytes:
        if self._cancelled.is_set():
            raise Cancelled
        data = super().read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(f"The package is larger than {self._limits.size} bytes when unpacked")
        return data


class _Archive(tarfile.TarFile):
    """An archive that counts the size of its entries' attributes, because some are kept until the end."""

    attributes = 0


class _Entry(tarfile.TarInfo):
    """A header, validated more strictly than by tarfile."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Entry:
        try:
            return super().frombuf(buf, encoding, errors)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            # tarfile would take this for the end of the archive. (Both errors are missing in typeshed.)
            raise BadArchive(f"The package is not a whole tar.gz archive: {error}") from error

    def _proc_member(self, archive: _Archive) -> tarfile.TarInfo:
        if self.type == tarfile.GNUTYPE_SPARSE:
            raise BadArchive(f"{self.name!r} is a sparse file, which is not allowed in a package")
        if self.type in ATTRIBUTE_TYPES:
            archive.attributes += abs(self.size)
            if archive.attributes > MAX_ATTRIBUTES:
                raise TooLarge(f"The entries' attributes are larger than {MAX_ATTRIBUTES} bytes")
        # Missing in typeshed; in tarfile since Python 2.6.
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]


class _Unpacker:
    """Writes the entries of one archive into a folder."""

    def __init__(self, target: Path, limits: Limits) -> None:
        self._target = target
        self._limits = limits
        self._size = 0
        self._files = 0
        self._links: list[Path] = []

    def unpack(self, source: _Bounded) -> None:
        with _Archive.open(fileobj=source, mode="r|", tarinfo=_Entry) as archive:
            while (entry := archive.next()) is not None:
                # tarfile keeps every entry for random access, which is not needed here.
                archive.members = []  # type: ignore[attr-defined]  # missing in typeshed
                self._count(entry)
                self._add(archive, entry)
        # Reads to the end, to verify the checksum of the compression and to detect a truncated archive.
        while source.read(CHUNK):
            pass
        self._check_links()

    def _count(self, entry: tarfile.TarInfo) -> None:
        self._size += max(entry.size, 0)
        self._files += 1
        if self._files > self._limits.files:
            raise TooLarge(f"The package holds more than {self._limits.files} files and folders")
        if self._size > self._limits.size:
            raise TooLarge(f"The package is larger than {self._limits.size} bytes when unpacked")

    def _add(self, archive: tarfile.TarFile, entry: tarfile.TarInfo) -> None:
        path = self._place(entry.name)
        if entry.isdir():
            path.mkdir(mode=0o755, parents=True, exist_ok=True)
        elif entry.issym():
            _refuse_leading_out(entry)
            _clear(path).symlink_to(entry.linkname)
            self._links.append(path)
        elif entry.islnk():
            self._add_hard_link(entry, path)
        elif entry.isreg() and not entry.issparse():
            _write_file(archive, entry, _clear(path))
        else:
            raise BadArchive(f"{entry.name!r} is no file, folder or link; devices and pipes are not allowed")

    def _place(self, name: str) -> Path:
        """Return the path of an entry: never outside the target, never through a link."""
        parts = Path(name).parts
        if name.startswith("/") or ".." in parts:
            raise BadArchive(f"{name!r} leads out of the package")
        if len(parts) > MAX_DEPTH:
            raise TooLarge(f"{name[:100]!r}... lies deeper than {MAX_DEPTH} folders")
        path = self._target
        for part in parts[:-1]:
            path /= part
            if path.is_symlink():
                raise BadArchive(f"{name!r} goes through a link")
        return self._target.joinpath(*parts)

    def _add_hard_link(self, entry: tarfile.TarInfo, path: Path) -> None:
        source = self._place(entry.linkname)
        if source.is_symlink() or not source.is_file():
            raise BadArchive(f"{entry.name!r} is a link to {entry.linkname!r}, which is not a file of the package")
        if source != path:
            os.link(source, _clear(path))

    def _check_links(self) -> None:
        """Check that no link leads out of the target; its real target depends on the other entries."""
        root = self._target.resolve()
        for link in self._links:
            if not _resolves_inside(link, root):
                name = link.relative_to(self._target).as_posix()
                raise BadArchive(f"{name!r} is a link out of the package, or into a circle")


def _refuse_leading_out(entry: tarfile.TarInfo) -> None:
    """Reject a link whose own text leads out of the target."""
    link = Path(entry.name).parent / entry.linkname
    depth = 0
    for part in link.parts:
        depth += -1 if part == ".." else 1
        if depth < 0 or link.is_absolute():
            raise BadArchive(f"{entry.name!r} is a link out of the package, to {entry.linkname!r}")


def _clear(path: Path) -> Path:
    """Remove what is in the way of a file: of several entries with one name, the last one counts."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if path.is_symlink() or path.is_file():
        path.unlink()
    return path


def _write_file(archive: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> None:
    source = archive.extractfile(entry)
    if source is None:
        raise BadArchive(f"{entry.name!r} has no content")
    with path.open("xb") as file:
        shutil.copyfileobj(source, file, CHUNK)
        if file.tell() != entry.size:
            raise BadArchive(f"{entry.name!r} is cut off")
    path.chmod(0o755 if entry.mode & 0o100 else 0o644)


def _resolves_inside(path: Path, root: Path) -> bool:
    try:
        # `resolve` handles circles differently in each Python version; the system always reports them.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.stat()
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
