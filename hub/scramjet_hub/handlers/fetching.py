"""Fetches a Sequence that the Hub lacks from the store of its Space."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from scramjet_serving.errors import NotFound, Taken, TooLarge
from scramjet_serving.mux.client import Away, Confused

if TYPE_CHECKING:
    from pathlib import Path

    from scramjet_serving.mux.client import Reply

    from scramjet_hub.hub import Hub
    from scramjet_hub.sequences.store import Sequence

OK: Final = 200
# A package that the store has called by its own id keeps this id; one that has another name gets it as its alias.
ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,240}", re.ASCII)


async def whole_or_fetched(hub: Hub, name: str) -> Sequence:
    """Return a Sequence whose files are whole; one that the Hub lacks is fetched from the store of its Space.

    Raises:
        NotFound: Neither the Hub nor the store has it.
        DomainError: As for `SequenceStore.get_whole` and `SequenceStore.add`.
    """
    try:
        return await hub.sequences.get_whole(name)
    except NotFound:
        if hub.space is None or not NAME.fullmatch(name):
            raise
        with contextlib.suppress(Taken):  # by another request, which was faster
            return await _fetch(hub, name)
    return await hub.sequences.get_whole(name)


async def _fetch(hub: Hub, name: str) -> Sequence:
    assert hub.space is not None  # noqa: S101 - the caller has looked
    space = quote(hub.config.space_id, safe="")
    target = f"/api/v1/cpm/{space}/api/v1/s3/{quote(name, safe='')}.tar.gz"
    try:
        reply = await hub.space.ask("GET", target, [(b"accept", b"*/*")], None)
        async with contextlib.aclosing(reply):
            if reply.status != OK:
                raise NotFound(f"Sequence {name} not found, neither here nor in the store of the Space")
            sequence = await _add(hub, name, reply)
    except (Away, Confused) as error:
        raise NotFound(
            f"Sequence {name} not found here, and the store of the Space does not answer: {error}"
        ) from error
    told = {"id": sequence.id, "name": sequence.config["name"]}
    hub.log.write("INFO", "Sequence fetched from the store of the Space", data=told)
    return sequence


async def _add(hub: Hub, name: str, package: Reply) -> Sequence:
    is_id = ID.fullmatch(name) is not None
    with hub.sequences.disk_faults():
        async with hub.sequences.workplace() as place:
            path = place / "upload"
            await _save(package, path, hub.config.max_package_size)
            return await hub.sequences.add(
                place, path, None if is_id else name, None, sequence_id=name if is_id else None
            )


async def _save(package: Reply, path: Path, most: int) -> None:
    size = 0
    with path.open("xb") as file:
        async for part in package:
            size += len(part)
            if size > most:
                raise TooLarge(f"The package in the store is longer than the {most} bytes that are accepted here")
            file.write(part)
