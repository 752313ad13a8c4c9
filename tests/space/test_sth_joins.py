"""The real STH 0.18.7 joins by its tunnel: it is known, asked, passed on to, dropped, and comes back."""

from __future__ import annotations

import asyncio
import contextlib
import io
import tarfile
from typing import TYPE_CHECKING, TypeVar

import httpx
import pytest
from scramjet_space.hubs.events import (
    InstanceChanged,
    InstancesReported,
    LoadReported,
    NetworkReported,
    SequenceChanged,
    SequencesReported,
)
from scramjet_space.hubs.hub import DropCode

from scripts import sth
from scripts.sth import Settings
from tests.space.entrances import Entrance, serving
from tests.space.fronts import front
from tests.space.mux_pairs import comes_true
from tests.space.test_mux import noise, run
from tests.support.tools import installed, needs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_space.hubs.events import HubEvent
    from scramjet_space.hubs.tunnel import TunnelHub

    from scripts.sth import Sth

pytestmark = needs("node", "npm")

E = TypeVar("E")
PATIENCE = 60.0

ECHO = {
    "package.json": b'{"name": "echo", "version": "1.0.0", "main": "index.js"}',
    "index.js": b"module.exports = () => new Promise(() => process.stdin.pipe(process.stdout));\n",
}


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    installed(sth.install)


@contextlib.asynccontextmanager
async def joined(entrance: Entrance, hub_id: str = "", log_level: str = "info") -> AsyncIterator[tuple[Sth, TunnelHub]]:
    """Start an STH and wait until it has joined."""
    hub_process = await asyncio.to_thread(sth.start, Settings(log_level, space=entrance.address(), id=hub_id))
    try:
        yield hub_process, await asyncio.wait_for(entrance.hubs.get(), PATIENCE)
    finally:
        await asyncio.to_thread(hub_process.stop)


async def tells(events: AsyncIterator[HubEvent], kind: type[E]) -> E:
    """Wait for an event of a kind."""
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if isinstance(event, kind):
                return event
    raise AssertionError("The Hub has gone")


def package(files: dict[str, bytes]) -> bytes:
    """Pack a Sequence."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def test_it_tells_what_it_has_gets_an_id_keeps_it_and_comes_back() -> None:
    async def join() -> None:
        async with serving(Entrance()) as entrance, joined(entrance) as (_, hub):
            assert entrance.joinings[0].hub_id == ""
            events = hub.events
            assert (await tells(events, NetworkReported)).interfaces
            assert (await tells(events, SequencesReported)).sequences == []
            assert (await tells(events, InstancesReported)).instances == []
            assert (await tells(events, LoadReported)).load["memFree"] > 0
            hub.close("Come again")
            assert await asyncio.wait_for(hub.closed, PATIENCE) == "Come again"
            again = await asyncio.wait_for(entrance.hubs.get(), PATIENCE)
            assert entrance.joinings[1].hub_id == again.id == hub.id
            again.close("The test ends")

    run(join())


def test_its_whole_api_is_reached_through_the_front_and_it_tells_what_happens() -> None:
    async def ask() -> None:
        async with front() as (service, entrance), joined(entrance, "real") as (process, hub):
            service.hubs[hub.id] = hub
            events = hub.events
            await tells(events, InstancesReported)
            base = f"{service.url}/sth/real/api/v1/"
            async with httpx.AsyncClient(base_url=base, timeout=PATIENCE, trust_env=False) as api:
                assert (await api.get("version")).json() == (await api.get(f"{process.url}/version")).json()
                unknown, direct = await api.get("nothing"), await api.get(f"{process.url}/nothing")
                assert (unknown.status_code, unknown.content) == (direct.status_code, direct.content)
                sequence = (await api.post("sequence", content=package(ECHO))).json()["id"]
                assert (await tells(events, SequenceChanged)).id == sequence
                instance = (await api.post(f"sequence/{sequence}/start", json={})).json()["id"]
                assert (await tells(events, InstanceChanged)).instance["id"] == instance
                text = noise(1_500_000).hex().encode()  # STH 0.18.7 takes all for text
                async with api.stream("GET", f"instance/{instance}/stdout") as output:
                    headers = {"content-type": "application/octet-stream", "x-end-stream": "true"}
                    sending = asyncio.create_task(
                        api.post(f"instance/{instance}/stdin", content=pieces(text), headers=headers)
                    )
                    got = b""
                    async for part in output.aiter_raw():
                        got += part
                        if len(got) >= len(text):
                            break
                assert got == text
                assert (await sending).status_code in (200, 202)
                assert (await api.post(f"instance/{instance}/_kill", json={})).status_code == 202
                while not (await tells(events, InstanceChanged)).ended:
                    pass
                headers = {"content-type": "application/json"}
                assert (await api.delete(f"sequence/{sequence}", headers=headers)).status_code == 200
                assert (await tells(events, SequenceChanged)).deleted
                many = await asyncio.gather(*(api.get("sequences") for _ in range(50)))
                assert [each.json() for each in many] == [[]] * 50
            await comes_true(lambda: hub.protocol.channels == 1)
            hub.close("The test ends")

    run(ask())


async def pieces(text: bytes) -> AsyncIterator[bytes]:
    """Send in pieces."""
    for begin in range(0, len(text), 50_000):
        yield text[begin : begin + 50_000]


def test_an_endless_stream_is_read_while_others_are_asked_and_ends_when_it_is_left() -> None:
    async def follow() -> None:
        async with front() as (service, entrance), joined(entrance, "real", "trace") as (_, hub):
            service.hubs[hub.id] = hub
            events = hub.events
            await tells(events, NetworkReported)
            base = f"{service.url}/sth/real/api/v1/"
            async with httpx.AsyncClient(base_url=base, timeout=PATIENCE, trust_env=False) as api:
                async with api.stream("GET", "log") as log:
                    parts = log.aiter_raw()
                    for _ in range(3):
                        assert await anext(parts)
                        assert (await api.get("version")).status_code == 200
                await comes_true(lambda: hub.protocol.channels <= 1)
            hub.close("The test ends")

    run(follow())


def test_one_that_is_dropped_loses_its_streams_at_once_and_one_that_is_refused_tries_again() -> None:
    refused: list[object] = []

    def refuse_first(joining: object) -> None:
        if not refused:
            refused.append(joining)
            joining.refuse(409, "Another Hub has this id")  # type: ignore[attr-defined]

    async def drop() -> None:
        async with serving(Entrance(refuse_first)) as entrance, joined(entrance, "real") as (_, hub):
            assert len(entrance.joinings) == 2
            events = hub.events
            await tells(events, NetworkReported)
            reply = await hub.request("GET", "/api/v1/log")
            hub.drop(DropCode.ID_DROP)
            with pytest.raises(Exception, match=r"stopped|closed|ended"):
                [part async for part in reply]
            with pytest.raises(Exception, match="dropped"):
                await hub.request("GET", "/api/v1/version")
            assert "id_drop" in await asyncio.wait_for(hub.closed, PATIENCE)

    run(drop())
