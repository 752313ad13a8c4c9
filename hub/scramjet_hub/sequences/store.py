"""The store of Sequences: packages that survive a restart of the Hub."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import threading
import uuid
from typing import TYPE_CHECKING, Any, Final

import attrs
from scramjet_serving.errors import (
    DomainError,
    Full,
    InUse,
    Invalid,
    NotFound,
    Stopping,
    StorageFailed,
    Taken,
    TooLarge,
    Unusable,
)
from scramjet_serving.machine.durable import is_full, sync_folder
from scramjet_serving.packages import manifest

from scramjet_hub.sequences import archive
from scramjet_hub.sequences.stored import PACKAGE, RECORD, Damaged, find_damage, read_record, store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from scramjet_serving.log import ServiceLog
    from scramjet_serving.machine.load import LoadMonitor

    from scramjet_hub.machine.data_folder import DataDir

# STH's names of the languages, in the configurations it shows.
LANGUAGES: Final = {"python": "py", "node": "js"}
# Unpacking keeps a processor busy; more at the same time would take processors from the Instances.
UNPACKERS: Final = 2


@attrs.define(eq=False)
class Sequence:
    """A package stored by the Hub.

    Attributes:
        id: Its id.
        name: The alias given at upload, None if there is none.
        config: The package's part of `GET /sequence/{id}`.
        directory: The folder of the package.
        app_config: The default configuration of its Instances.
        revision: How often the package was replaced.
        checked: Whether the stored package has been verified against its checksums.
        damage: The result of that: what is damaged; empty if nothing is.
    """

    id: str
    name: str | None
    config: dict[str, Any]
    directory: Path
    app_config: dict[str, Any] | None = None
    revision: int = 0
    checked: bool = True
    damage: str = ""

    @property
    def entrypoint(self) -> str:
        """`main` of `package.json`, as written."""
        return str(self.config["entrypointPath"])

    @property
    def language(self) -> str:
        """Python or node."""
        return "python" if self.config["language"] == LANGUAGES["python"] else "node"

    def entrypoint_file(self) -> Path:
        """Return the file to run.

        Raises:
            Invalid: There is none.
        """
        path = manifest.find_entrypoint(self.directory, self.entrypoint, self.language)
        if path is None:
            problem = f"Sequence entrypoint path {self.entrypoint} is invalid."
            raise Invalid(f"{problem} Check `main` field in Sequence package.json")
        return path

    def info(self, location: str, instances: list[str]) -> dict[str, Any]:
        """Return its representation in the API.

        Args:
            location: The id of the Hub.
            instances: The ids of its running Instances.
        """
        name = {"name": self.name} if self.name else {}
        damage = {"damaged": self.damage} if self.damage else {}
        return {
            "id": self.id,
            **name,
            "config": {**self.config, **damage} if damage else self.config,
            "location": location,
            "instances": instances,
        }


class SequenceStore:
    """The Sequences of a Hub, each in a folder: the package and a record of the Hub's data on it.

    A new package is prepared in the folder for unfinished items and renamed into its place, so that it exists
    completely or not at all, even if the Hub is interrupted.

    Args:
        data: The data folder of the Hub.
        limits: The limits of an unpacked package.
        disk: Returns the free space there.
        log: The Hub's log.
        users: Returns the ids of the running Instances of the Sequence with this id.
    """

    def __init__(
        self,
        data: DataDir,
        limits: archive.Limits,
        disk: LoadMonitor,
        log: ServiceLog,
        users: Callable[[str], list[str]],
    ) -> None:
        self._data = data
        self._limits = limits
        self._disk = disk
        self._log = log
        self._users = users
        self._sequences: dict[str, Sequence] = {}
        self._aliases: dict[str, str] = {}
        self._stopping = threading.Event()
        self._unpackers = asyncio.Semaphore(UNPACKERS)
        # Serialises the allocation of names and the placement of packages.
        self._installing = asyncio.Lock()
        self._checking: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._sequences)

    def all(self) -> list[Sequence]:
        """Return all Sequences, oldest first."""
        return list(self._sequences.values())

    def get(self, id_or_name: str) -> Sequence:
        """Return the Sequence with this id, else with this alias, else the only one whose package has this name.

        Raises:
            NotFound: It does not exist, or several packages have the name.
        """
        sequence = self._sequences.get(self._aliases.get(id_or_name, id_or_name))
        if sequence is not None:
            return sequence
        namesakes = [other for other in self._sequences.values() if other.config["name"] == id_or_name]
        if len(namesakes) > 1:
            raise NotFound(f"Sequence {id_or_name} not found by id or alias; {len(namesakes)} packages are named so")
        if not namesakes or not id_or_name:
            raise NotFound(f"Sequence {id_or_name} not found")
        return namesakes[0]

    def named(self, name: str) -> list[Sequence]:
        """Return the Sequences with this alias, and those whose package has this name, oldest first."""
        return [sequence for sequence in self._sequences.values() if name in (sequence.name, sequence.config["name"])]

    def find_id(self, id_or_name: str) -> str:
        """Return the id of the Sequence with this id or name; if there is none, the text itself."""
        try:
            return self.get(id_or_name).id
        except NotFound:
            return id_or_name

    def load(self) -> None:
        """Load the stored Sequences; unreadable ones are left alone and logged.

        The packages are verified afterwards, the oldest first, because that reads all of their files.
        """
        found = [record for folder in self._data.packages() if (record := self._read(folder)) is not None]
        # Of an interrupted replacement, both packages exist; the list is in the order of upload.
        latest = {one.id: one for one in sorted(found, key=lambda one: (one.revision, _age(sequence_folder(one))))}
        for sequence in sorted(latest.values(), key=lambda one: _age(sequence_folder(one))):
            self._keep(sequence)
        for sequence in found:
            if latest[sequence.id] is not sequence:
                self._data.discard(sequence_folder(sequence))
        self._checking = asyncio.get_running_loop().create_task(self._check_all())

    def _read(self, folder: Path) -> Sequence | None:
        try:
            return _read_record(folder)
        except (Damaged, OSError, KeyError, TypeError, ValueError) as error:
            told = "The stored Sequence {} is damaged and left alone; its starts are not possible: {}"
            self._log.write("ERROR", told.format(folder.name, error))
        return None

    async def _check_all(self) -> None:
        for sequence in self.all():
            await self.check(sequence)

    async def check(self, sequence: Sequence) -> None:
        """Verify a stored package against its checksums, unless that has been done."""
        if sequence.checked:
            return
        damage = await asyncio.to_thread(find_damage, sequence_folder(sequence), self._stopping)
        if sequence.checked or self._stopping.is_set():
            return
        sequence.checked, sequence.damage = True, damage
        if damage and self._sequences.get(sequence.id) is sequence:
            self._log.write("ERROR", f"The stored package of the Sequence {sequence.id} is damaged: {damage}")

    async def get_whole(self, id_or_name: str) -> Sequence:
        """Return a Sequence like `get`, with a verified package, for a start.

        Raises:
            NotFound: It does not exist.
            Unusable: Its package is damaged.
            Stopping: The Hub stops before the verification ends.
        """
        sequence = self.get(id_or_name)
        while not sequence.checked:
            await self.check(sequence)
            if self._stopping.is_set():
                raise Stopping("The Hub is stopping")
            sequence = self.get(id_or_name)
        if sequence.damage:
            problem = f"The stored package of the Sequence {sequence.id} is damaged: {sequence.damage}"
            raise Unusable(f"{problem}. Upload it again with PUT /sequence/{sequence.id}, or delete it")
        return sequence

    async def close(self) -> None:
        """Cancel all unpacking and verification."""
        self._stopping.set()
        if self._checking is not None:
            await asyncio.wait([self._checking])

    @contextlib.asynccontextmanager
    async def workplace(self) -> AsyncIterator[Path]:
        """Create a folder for an incoming package, removed afterwards."""
        place = self._data.new_work()
        try:
            yield place
        finally:
            await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)

    @contextlib.contextmanager
    def disk_faults(self) -> Iterator[None]:
        """Convert disk errors into errors for the client.

        Raises:
            Full: It is full, or the data folder is gone.
        """
        try:
            yield
        except OSError as error:
            if problem := self._data.problem():
                raise Full(f"The Hub's data folder {problem}") from error
            if not is_full(error):
                raise
            raise Full(f"There is no room left on the Hub's disk: {error.strerror}") from error

    def check_name(self, name: str | None, owner: Sequence | None = None) -> None:
        """Reject an alias that another Sequence has.

        Args:
            name: The alias.
            owner: The Sequence that may have it.

        Raises:
            Taken: Another Sequence has it.
        """
        taken_by = self._aliases.get(name or "") or (name if name in self._sequences else None)
        if taken_by and (owner is None or taken_by != owner.id):
            raise Taken(f"Sequence with name {name} already exist")

    async def add(
        self,
        place: Path,
        upload: Path,
        name: str | None,
        app_config: dict[str, Any] | None,
        *,
        sequence_id: str | None = None,
    ) -> Sequence:
        """Store a package as a new Sequence.

        Args:
            place: A workplace.
            upload: The uploaded file in it.
            name: An alias.
            app_config: The default configuration of its Instances.
            sequence_id: Its id, a UUID; by default a new one.

        Raises:
            Taken: Another Sequence has the alias or the id.
            TooLarge: The package is too large.
            Unusable: It is not a package.
            Full: The disk is full.
            Stopping: The Hub is stopping.
        """
        sequence_id = sequence_id or str(uuid.uuid4())
        fresh = await self._prepare(place, upload, Sequence(sequence_id, name, {}, place, app_config))
        async with self._installing:
            self.check_name(name)
            if sequence_id in self._sequences:
                raise Taken(f"Sequence {sequence_id} already exists")
            await asyncio.to_thread(self._put_into_place, place, fresh)
            self._keep(fresh)
        return fresh

    async def replace(
        self, old: Sequence, place: Path, upload: Path, name: str | None, app_config: dict[str, Any] | None
    ) -> Sequence:
        """Replace the package of a Sequence without Instances; for arguments and errors see `add`.

        Raises:
            InUse: The Sequence has Instances.
            NotFound: It was deleted.
        """
        self.check_replaceable(old)
        name = name or old.name
        app_config = old.app_config if app_config is None else app_config
        wanted = Sequence(old.id, name, {}, place, app_config, revision=old.revision + 1)
        fresh = await self._prepare(place, upload, wanted)
        async with self._installing:
            self.check_name(name, old)
            self.check_replaceable(old)
            await asyncio.to_thread(self._put_into_place, place, fresh)
            try:
                # It may have been started, or deleted, in the meantime.
                self.check_replaceable(old)
            except DomainError:
                await asyncio.to_thread(self._take_away, fresh)
                raise
            self._forget(old)
            self._keep(fresh)
            # If it cannot be removed now, the next start removes it, because it is older.
            with contextlib.suppress(OSError):
                await asyncio.to_thread(self._take_away, old)
        return fresh

    def check_replaceable(self, sequence: Sequence) -> None:
        """Reject the replacement of a Sequence that is in use or deleted.

        Raises:
            InUse: It has Instances.
            NotFound: It was deleted.
        """
        if self._sequences.get(sequence.id) is not sequence:
            raise NotFound(f"Sequence {sequence.id} not found")
        if users := self._users(sequence.id):
            raise InUse(f"Can't update sequence with instances: {', '.join(users)}")

    async def delete(self, sequence: Sequence) -> None:
        """Delete a Sequence without Instances; it is also gone from the disk when this returns.

        Raises:
            InUse: It has Instances.
            StorageFailed: The disk fails.
        """
        if users := self._users(sequence.id):
            raise InUse(f"Can't remove Sequence in use by {', '.join(users)}")
        self._forget(sequence)
        try:
            await asyncio.to_thread(self._take_away, sequence)
        except OSError as error:
            self._keep(sequence)
            raise StorageFailed(f"The Sequence cannot be removed from the disk: {error.strerror}") from error

    async def _prepare(self, place: Path, upload: Path, wanted: Sequence) -> Sequence:
        """Unpack and validate a package within its workplace, until all of it is on the disk."""
        # This folder will be renamed into place, so that nothing inside has to be renamed later.
        ready = place / f"{wanted.id}.{uuid.uuid4().hex[:8]}"
        directory = self._data.sequences / ready.name / PACKAGE
        async with self._unpackers:
            try:
                found, size = await asyncio.to_thread(_unpack, upload, ready, self._limits, self._stopping)
                config = _config(found, wanted.id, directory, size)
                fresh = attrs.evolve(wanted, config=config, directory=directory)
                await asyncio.to_thread(store, ready, _record(fresh), self._stopping)
            except archive.TooLarge as error:
                raise TooLarge(str(error)) from error
            except (archive.BadArchive, manifest.BadManifest) as error:
                raise Unusable(str(error)) from error
            except archive.Cancelled as error:
                raise Stopping("The Hub is stopping") from error
            except archive.NoSpace as error:
                free = self._disk.free_space()
                raise Full(f"The package does not fit on the disk, which has {free} bytes left") from error
        if self._stopping.is_set():
            raise Stopping("The Hub is stopping")
        if found.left_out:
            told = {"id": fresh.id, "fields": found.left_out}
            self._log.write("WARN", "Fields of package.json are left out: they are not as npm has them", data=told)
        return fresh

    def _put_into_place(self, place: Path, fresh: Sequence) -> None:
        folder = sequence_folder(fresh)
        (place / folder.name).rename(folder)
        sync_folder(folder.parent)

    def _take_away(self, sequence: Sequence) -> None:
        folder = sequence_folder(sequence)
        self._data.discard(folder)
        with contextlib.suppress(FileNotFoundError):
            sync_folder(folder.parent)

    def _keep(self, sequence: Sequence) -> None:
        self._sequences[sequence.id] = sequence
        if sequence.name:
            self._aliases[sequence.name] = sequence.id

    def _forget(self, sequence: Sequence) -> None:
        self._sequences.pop(sequence.id, None)
        if sequence.name:
            self._aliases.pop(sequence.name, None)


def sequence_folder(sequence: Sequence) -> Path:
    """Return the folder with the package and the record."""
    return sequence.directory.parent


def _unpack(
    upload: Path, ready: Path, limits: archive.Limits, stopping: threading.Event
) -> tuple[manifest.Manifest, int]:
    raw = ready.with_name("raw")
    archive.unpack(upload, raw, limits, stopping)
    root = manifest.find_root(raw)
    found = manifest.Manifest.read(root)
    ready.mkdir(mode=0o700)
    root.rename(ready / PACKAGE)
    return found, upload.stat().st_size


def _config(found: manifest.Manifest, sequence_id: str, directory: Path, size: int) -> dict[str, Any]:
    return {
        "type": "process",
        "id": sequence_id,
        "name": found.name,
        "version": found.version,
        "engines": found.engines,
        "entrypointPath": found.main,
        "sequenceDir": str(directory),
        "language": LANGUAGES[found.language],
        "packageSize": size,
        **found.extra,
    }


def _record(sequence: Sequence) -> dict[str, Any]:
    return {
        "id": sequence.id,
        "name": sequence.name,
        "config": sequence.config,
        "app_config": sequence.app_config,
        "revision": sequence.revision,
    }


def _read_record(folder: Path) -> Sequence:
    record = read_record(folder)
    # The data folder may have been moved since.
    directory = folder / PACKAGE
    config = {**record["config"], "sequenceDir": str(directory)}
    missing = {"entrypointPath", "language", "name"} - set(config)
    if missing or not folder.name.startswith(f"{record['id']}."):
        raise Damaged(f"{RECORD} is not the record of this package")
    return Sequence(
        record["id"],
        record["name"],
        config,
        directory,
        record["app_config"],
        revision=record.get("revision", 0),
        # Older Hubs stored no checksums; then there is nothing to verify.
        checked="files" not in record,
    )


def _age(folder: Path) -> int:
    with contextlib.suppress(OSError):
        return (folder / RECORD).stat().st_mtime_ns
    return 0
