"""Our Hub joins by its tunnel: it tells what it has and what changes, serves through it, obeys, and comes back."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
import pytest
from scramjet_serving.access import cnonce
from scramjet_space.hubs.events import (
    InstanceChanged,
    InstancesReported,
    LoadReported,
    NetworkReported,
    SequenceChanged,
    SequencesReported,
    TopicChanged,
)
from scramjet_space.hubs.hub import DropCode

from tests.space.entrances import Entrance, serving
from tests.space.fronts import front
from tests.space.mux_pairs import PATIENCE, comes_true
from tests.space.test_mux import noise, run
from tests.support.hub_process import HubProcess
from tests.support.packages import pack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from scramjet_space.hubs.events import HubEvent
    from scramjet_space.hubs.tunnel import TunnelHub

E = TypeVar("E")
KEY = "0123456789abcdef-the-rest-is-secret-0123456789"


@contextlib.asynccontextmanager
async def started(folder: Path, entrance: Entrance, *options: str, **environment: str) -> AsyncIterator[HubProcess]:
    """Start a Hub that joins."""
    url = f"http://127.0.0.1:{entrance.port}"
    process = HubProcess(folder, "--space", url, "--space-id", "one", *options, environment=environment)
    await asyncio.to_thread(process.__enter__)
    try:
        yield process
    finally:
        await asyncio.to_thread(process.__exit__, None, None, None)


@contextlib.asynccontextmanager
async def joined(folder: Path, entrance: Entrance, *options: str) -> AsyncIterator[tuple[HubProcess, TunnelHub]]:
    """Start a Hub, and wait until it has joined."""
    async with started(folder, entrance, *options) as process:
        yield process, await asyncio.wait_for(entrance.hubs.get(), PATIENCE)


async def tells(events: AsyncIterator[HubEvent], kind: type[E], **values: Any) -> E:
    """Wait for an event of a kind with certain values."""
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if isinstance(event, kind) and all(getattr(event, name) == value for name, value in values.items()):
                return event
    raise AssertionError("The Hub has gone")


def test_it_tells_what_it_has_and_what_changes(tmp_path: Path) -> None:
    async def tell() -> None:
        async with serving(Entrance()) as entrance:
            options = ("--description", "Größtes of all", "--tag", "a", "--tag", "b c")
            async with joined(tmp_path, entrance, *options) as (process, hub):
                assert (hub.description, hub.tags) == ("Größtes of all", ["a", "b c"])
                assert entrance.joinings[0].space == "one"
                async with httpx.AsyncClient(base_url=process.url, timeout=PATIENCE, trust_env=False) as api:
                    assert (await api.get("config")).json()["host"]["id"] == hub.id
                    assert (await api.get("status")).json() == {"cpm": {"connected": True, "cpmId": "one"}}
                    events = hub.events
                    assert (await tells(events, LoadReported)).load["memFree"] > 0
                    assert (await tells(events, NetworkReported)).interfaces
                    assert (await tells(events, SequencesReported)).sequences == []
                    assert (await tells(events, InstancesReported)).instances == []
                    sequence = (await api.post("sequence", content=pack("echo"))).json()["id"]
                    added = await tells(events, SequenceChanged, id=sequence, deleted=False)
                    assert added.config["name"]
                    started = (await api.post(f"sequence/{sequence}/start", json={"outputTopic": "made"})).json()["id"]
                    begun = await tells(events, InstanceChanged, ended=False)
                    assert begun.instance["id"] == started
                    assert begun.instance["sequence"]["id"] == sequence
                    await tells(events, TopicChanged, name="made", removed=False, role="provider")
                    await api.post("topic/written", content=b"{}\n", headers={"content-type": "application/x-ndjson"})
                    await tells(events, TopicChanged, name="written", removed=False, role="provider")
                    async with api.stream("GET", "topic/read"):
                        await tells(events, TopicChanged, name="read", removed=False, role="consumer")
                    assert (await api.delete("topics/written")).status_code == 200
                    await tells(events, TopicChanged, name="written", removed=True)
                    await api.delete(f"sequence/{sequence}", headers={"x-seq-kill-inst": "true"})
                    await tells(events, InstanceChanged, ended=True)
                    await tells(events, SequenceChanged, id=sequence, deleted=True)

    run(tell())


def test_its_whole_api_is_reached_without_its_token_and_the_space_by_its_own_road(tmp_path: Path) -> None:
    async def ask() -> None:
        async with front() as (service, entrance), joined(tmp_path, entrance, "--token", "secret") as (process, hub):
            service.hubs[hub.id] = hub
            events = hub.events
            await tells(events, InstancesReported)
            base = f"{service.url}/sth/{hub.id}/api/v1/"
            async with httpx.AsyncClient(base_url=base, timeout=PATIENCE, trust_env=False) as api:
                headers = {"authorization": "Bearer a-token-of-the-platform"}
                assert (await api.get("sequences", headers=headers)).json() == []
                missing = await api.get("sequence/none")
                assert missing.status_code == 404
                assert "error" in missing.json()
                assert len(missing.headers.get_list("date")) == len(missing.headers.get_list("x-request-id")) == 1
                for path in ("platform", "platform/", "plat%66orm", "/platform"):
                    assert (await api.post(path, content=b"[9003]\n")).status_code == 404
                sequence = (await api.post("sequence", content=pack("binary"))).json()["id"]
                instance = (await api.post(f"sequence/{sequence}/start", json={})).json()["id"]
                text = noise(2_000_000)
                sent = {"content-type": "application/octet-stream", "expect": "100-continue", "x-end-stream": "true"}
                async with api.stream("GET", f"instance/{instance}/output") as output:
                    sending = asyncio.create_task(api.post(f"instance/{instance}/input", content=text, headers=sent))
                    assert b"".join([part async for part in output.aiter_raw()]) == bytes(255 - byte for byte in text)
                assert (await sending).status_code in (200, 202)
                own = {"authorization": "Bearer secret"}
                road = await api.get(f"{process.url}/cpm/api/v1/nowhere?x=1", headers=own)
                assert road.status_code == 404
                assert "/api/v1/cpm/one/api/v1/nowhere" in road.json()["error"]
                assert (await api.get(f"{process.url}/cpm/api/v1/nowhere")).status_code == 401
                direct = await api.post(
                    f"{process.url}/platform", content=b"", headers={**own, "content-type": "application/x-ndjson"}
                )
                assert direct.status_code == 404

    run(ask())


def test_it_comes_back_after_the_connection_is_lost_and_after_a_refusal(tmp_path: Path) -> None:
    refused: list[int] = []

    def refuse_second(joining: Any) -> None:
        refused.append(1)
        if len(refused) == 2:
            joining.refuse(409, "Another Hub has this id")

    async def lose() -> None:
        async with serving(Entrance(refuse_second)) as entrance, joined(tmp_path, entrance) as (process, hub):
            hub.close("Come again")
            again = await asyncio.wait_for(entrance.hubs.get(), PATIENCE)
            assert again.id == hub.id
            assert (await tells(again.events, SequencesReported)).sequences == []
            assert "409: Another Hub has this id" in process.stderr

    run(lose())


@pytest.mark.parametrize("code", list(DropCode))
def test_one_that_is_dropped_says_why_and_does_not_come_back(tmp_path: Path, code: DropCode) -> None:
    async def drop() -> None:
        async with serving(Entrance()) as entrance, joined(tmp_path, entrance) as (process, hub):
            events = hub.events
            await tells(events, InstancesReported)
            reply = await hub.request("GET", "/api/v1/log")
            hub.drop(code)
            with pytest.raises(Exception, match=r"stopped|closed|ended"):
                [part async for part in reply]
            await asyncio.wait_for(hub.closed, PATIENCE)
            await comes_true(lambda: "does not try again until it is restarted" in process.stderr)

    run(drop())


def test_one_that_is_refused_for_its_key_says_so_and_gives_up(tmp_path: Path) -> None:
    async def refuse() -> None:
        decided: list[bool] = []

        class Keys(Entrance):
            async def doorkeeper(self, joining: Any) -> None:
                assert joining.key_id == KEY[:16]
                decided.append(await joining.proves(KEY))
                decided.append(await joining.proves(KEY + "x"))
                joining.refuse(403, "The access key was revoked")

        async with serving(Keys()) as entrance, started(tmp_path, entrance, SCRAMJET_HUB_SPACE_KEY=KEY) as process:
            await comes_true(lambda: "does not try again until it is restarted" in process.stderr)
            assert "The access key was revoked" in process.stderr
            assert KEY not in process.stderr
            assert decided == [True, False]

    run(refuse())


def test_a_space_that_is_not_there_is_tried_again(tmp_path: Path) -> None:
    async def wait() -> None:
        async with serving(Entrance()) as entrance:
            port = entrance.port
        late = Entrance()
        late.port = port
        async with started(tmp_path, late) as process:
            await comes_true(lambda: "trying again" in process.stderr)
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as api:
                status = (await api.get(f"{process.url}/status")).json()
                assert status == {"cpm": {"connected": False, "cpmId": "one"}}
                away = await api.get(f"{process.url}/cpm/api/v1/version")
                assert away.status_code == 503

    run(wait())


def test_a_proof_is_good_for_its_key_alone() -> None:
    proof = cnonce.make(KEY)
    assert len(proof) == 160
    assert cnonce.key_id(proof) == KEY[:16]
    assert cnonce.proves(proof, KEY)
    assert not cnonce.proves(proof, KEY[:-1])
    assert not cnonce.proves(proof[:-1] + ("A" if proof[-1] != "A" else "B"), KEY)
    assert cnonce.from_header(f'Digest cnonce="{proof}"') == proof
    for malformed in ("", "Digest", f"Bearer {proof}", 'Digest cnonce="short"', f'Digest cnonce="{proof}x"'):
        assert cnonce.from_header(malformed) == ""
