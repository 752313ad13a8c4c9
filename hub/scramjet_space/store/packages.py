"""The packages of a Space: their records in the state, their files in a folder."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import uuid
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Full, NotFound, StorageFailed
from scramjet_serving.machine.durable import is_full, sync, sync_folder

from scramjet_space.state.records import PackageRecord, now
from scramjet_space.store.manifests import item_of, read_manifest

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from scramjet_space.state.tables import Table

SUFFIX: Final = ".tar.gz"
CHUNK: Final = 256 * 1024


class PackageStore:
    """The store of one Space.

    Args:
        space: The id of the Space.
        table: The records of the packages of all Spaces.
        folder: The folder of the Space's files.
        work: The folder of unfinished files, on the same disk.
        most: The maximum size of a package in bytes.
        limit: The maximum size of all packages together in bytes.
    """

    def __init__(
        self, space: str, table: Table[PackageRecord], folder: Path, work: Path, *, most: int, limit: int
    ) -> None:
        self._space = space
        self._table = table
        self._folder = folder
        self._work = work
        self._most = most
        self._limit = limit

    def all(self) -> list[PackageRecord]:
        """Return all packages, the oldest first."""
        found = [record for record in self._table.all() if record.space == self._space]
        return sorted(found, key=lambda record: record.created)

    def find(self, name: str) -> PackageRecord:
        """Return the package with this file name or id.

        Raises:
            NotFound: There is none.
        """
        record = self._table.get(f"{self._space}/{name}")
        record = record or next((known for known in self.all() if known.id == name), None)
        if record is None:
            raise NotFound(f"There is no package {name} in the store")
        return record

    async def put(self, chunks: AsyncIterator[bytes], filename: str, announced: int) -> dict[str, Any]:
        """Store a package; one of the same file name is replaced.

        Args:
            chunks: Its bytes.
            filename: Its file name; empty for one made of its new id.
            announced: Its size, as far as it is known before.

        Returns:
            What the API tells of it.

        Raises:
            Full: It is too large, or there is no room.
            Unusable: It is no usable package.
            StorageFailed: The disk failed.
        """
        self._check_size(announced)
        package_id = str(uuid.uuid4())
        place = self._work / package_id
        try:
            with _explained():
                digest, size = await self._receive(chunks, place)
                manifest = await asyncio.to_thread(read_manifest, place)
                item = item_of(manifest, package_id, filename or package_id + SUFFIX, size)
                await asyncio.to_thread(self._put_into_place, place, package_id)
        finally:
            place.unlink(missing_ok=True)
        await self._keep(package_id, item)
        return {**item, "etag": digest, "versionId": package_id}

    async def _receive(self, chunks: AsyncIterator[bytes], place: Path) -> tuple[str, int]:
        digest, size = hashlib.md5(usedforsecurity=False), 0
        with place.open("xb") as file:
            async for chunk in chunks:
                size += len(chunk)
                self._check_size(size)
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest(), size

    def _check_size(self, size: int) -> None:
        if size > self._most:
            raise Full(f"The package is larger than {self._most} bytes, the most that a store takes")
        if size + sum(record.item.get("packageSize", 0) for record in self.all()) > self._limit:
            raise Full(f"The store of the Space has no room: it takes {self._limit} bytes; delete some packages")

    def _put_into_place(self, place: Path, package_id: str) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        sync(place)
        place.rename(self._folder / package_id)
        sync_folder(self._folder)

    async def _keep(self, package_id: str, item: dict[str, Any]) -> None:
        filename = item["_filename"]
        earlier = self._table.get(f"{self._space}/{filename}")
        await self._table.put(
            PackageRecord(space=self._space, id=package_id, filename=filename, created=now(), item=item)
        )
        if earlier is not None:
            self._unlink(earlier)

    async def delete(self, name: str) -> PackageRecord:
        """Delete the package with this file name or id.

        Raises:
            NotFound: There is none.
            StorageFailed: The disk failed.
        """
        record = self.find(name)
        await self._table.remove(record.key)
        self._unlink(record)
        return record

    async def clear(self) -> None:
        """Delete all packages.

        Raises:
            StorageFailed: The disk failed.
        """
        for record in self.all():
            await self._table.remove(record.key)
            self._unlink(record)

    def _unlink(self, record: PackageRecord) -> None:
        # Without its record, the file is only space that is not used; it is removed at the next start.
        with contextlib.suppress(OSError):
            (self._folder / record.id).unlink()

    def remove_strays(self) -> None:
        """Remove files without a record, which an interrupted change has left."""
        known = {record.id for record in self.all()}
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name not in known:
                path.unlink()

    def open(self, name: str) -> tuple[BinaryIO, int]:
        """Open a package for reading.

        Returns:
            The file, and its size in bytes.

        Raises:
            NotFound: There is no package of this name, or its file has gone.
        """
        record = self.find(name)
        try:
            file = (self._folder / record.id).open("rb")
        except OSError as error:
            raise NotFound(f"The file of the package {name} cannot be read: {error.strerror}") from error
        return file, os.fstat(file.fileno()).st_size


async def chunks_of(file: BinaryIO) -> AsyncGenerator[bytes]:
    """Return the content of a file, and close it."""
    with file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise Full("There is no room left on the disk of the store") from error
        raise StorageFailed(f"The store failed: {error.strerror or error}") from error
