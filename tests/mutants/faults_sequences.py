"""Sequences that are not kept, not found, not replaced, or not gone."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import attrs
from scramjet_hub.handlers import uploads
from scramjet_hub.instances.registry import InstanceRegistry
from scramjet_hub.sequences import archive
from scramjet_hub.sequences.store import Sequence, SequenceStore
from scramjet_serving import app
from scramjet_serving.errors import ApiError, ClientDisconnected
from scramjet_serving.messages import Request
from scramjet_serving.packages import manifest

from tests.mutants import mutant
from tests.mutants.patching import change_handler, change_json, change_status, replace, with_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.messages import Reply


@mutant("getSequence")
def names_are_not_found() -> None:
    """A Sequence is found by its id only."""

    def make(old: Any) -> Any:
        def get(self: SequenceStore, id_or_name: str) -> Sequence:
            sequence: Sequence = old(self, id_or_name)
            if sequence.id != id_or_name:
                raise ApiError(404, f"Sequence {id_or_name} not found")
            return sequence

        return get

    replace(SequenceStore, "get", make)


@mutant("uploadSequence")
def names_are_not_unique() -> None:
    """Two Sequences can have one name."""
    replace(SequenceStore, "check_name", lambda _old: lambda *_: None)


@mutant("uploadSequence")
def name_clash_is_a_conflict() -> None:
    """A name that is taken is 409 at upload, as it is at replacement."""
    change_status("uploadSequence", 405, 409)


@mutant("deleteSequence")
def deletion_leaves_it_readable() -> None:
    """A deleted Sequence can still be read."""

    def make(_old: Any) -> Any:
        async def delete(self: Any, sequence: Sequence) -> None:
            if self._users(sequence.id):
                raise ApiError(409, "in use")

        return delete

    replace(SequenceStore, "delete", make)


@mutant("deleteSequence")
def deletion_spares_nothing() -> None:
    """A Sequence can be deleted while it is in use."""

    def make(_old: Any) -> Any:
        async def delete(self: Any, sequence: Sequence) -> None:
            self._forget(sequence)
            await asyncio.to_thread(self._take_away, sequence)

        return delete

    replace(SequenceStore, "delete", make)


@mutant("deleteSequence")
def forced_deletion_kills_nothing() -> None:
    """`x-seq-kill-inst` deletes the Sequence and lets its Instances run."""

    def make(_old: Any) -> Any:
        async def kill_all(self: Any, sequence: Sequence) -> None:
            self._running.pop(sequence.id, None)

        return kill_all

    replace(InstanceRegistry, "kill_all", make)


@mutant("replaceSequence")
def replacement_does_nothing() -> None:
    """A replacement is answered and forgotten."""

    def make(_old: Any) -> Any:
        async def put(self: Any, old: Sequence, *_: Any) -> Sequence:
            self.check_replaceable(old)
            return old

        return put

    replace(SequenceStore, "replace", make)


@mutant("replaceSequence")
def replacement_ignores_instances() -> None:
    """A Sequence can be replaced while its Instances run."""
    replace(SequenceStore, "check_replaceable", lambda _old: lambda *_: None)


@mutant("replaceSequence")
def replacement_has_a_new_id() -> None:
    """The reply to a replacement has another id."""
    change_json("replaceSequence", lambda _data: {"id": "00000000-0000-4000-8000-000000000000"})


@mutant("uploadSequence")
def links_may_lead_out() -> None:
    """A package whose links lead out of its folder is taken."""
    replace(archive, "_refuse_leading_out", lambda _old: lambda _entry: None)
    replace(archive, "_resolves_inside", lambda _old: lambda _path, _root: True)


@mutant("uploadSequence")
def anything_is_a_package() -> None:
    """A body that is not a package at all is answered with 200."""

    def make(old: Any) -> Any:
        async def receive(hub: Any, request: Request) -> Reply:
            try:
                reply: Reply = await old(hub, request)
            except ApiError as error:
                if error.status != 422:
                    raise
                return with_json({"id": "00000000-0000-4000-8000-000000000000"})
            return reply

        return receive

    change_handler("uploadSequence", make)


@mutant("uploadSequence", "writeTopic")
def content_types_do_not_matter() -> None:
    """A body that is a stream is taken whatever its content type."""
    replace(app, "check_stream_type", lambda _old: lambda *_: None)


@mutant("uploadSequence")
def a_half_upload_counts() -> None:
    """A partial upload of a client that disconnects counts as all of it."""

    def make(old: Any) -> Any:
        async def chunks(self: Request) -> AsyncIterator[bytes]:
            with contextlib.suppress(ClientDisconnected):
                async for chunk in old(self):
                    yield chunk

        return chunks

    replace(Request, "chunks", make)


@mutant("uploadSequence")
def form_loses_its_configuration() -> None:
    """`appConfig` of a form is ignored."""

    def make(old: Any) -> Any:
        async def receive(*args: Any, **more: Any) -> Any:
            return attrs.evolve(await old(*args, **more), app_config=None)

        return receive

    replace(uploads, "receive", make)


@mutant("getSequence")
def package_facts_are_lost() -> None:
    """The description in package.json is not shown."""

    def strip(data: Any) -> None:
        data["config"].pop("description", None)

    change_json("getSequence", strip)


@mutant("getSequence")
def instances_are_not_told() -> None:
    """A Sequence shows none of its Instances."""
    change_json("getSequence", lambda data: {**data, "instances": []})


@mutant("startSequence")
def missing_main_is_found_late() -> None:
    """A package whose main is missing starts, and fails only then."""

    def make(_old: Any) -> Any:
        return lambda self: self.directory / self.entrypoint

    replace(Sequence, "entrypoint_file", make)


@mutant("uploadSequence")
def a_leading_folder_is_refused() -> None:
    """A package in a folder of the archive is refused."""

    def make(_old: Any) -> Any:
        return lambda raw: raw

    replace(manifest, "find_root", make)
