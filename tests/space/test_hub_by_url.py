"""A Hub that is reached by its URL: the same as one that has joined, only that it is asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from scramjet_space.hubs import by_url
from scramjet_space.hubs.by_url import UrlHub, keep_reaching
from scramjet_space.hubs.events import InstancesReported, LoadReported, SequencesReported, TopicChanged
from scramjet_space.hubs.hub import HubAway

from tests.space.fronts import front
from tests.space.mux_pairs import PATIENCE
from tests.space.test_hub_joins import tells
from tests.space.test_mux import noise, run
from tests.support.hub_process import HubProcess
from tests.support.packages import pack

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_asked_what_it_has_and_passed_on_to_with_its_own_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_url, "INTERVAL", 0.05)

    async def ask(process: HubProcess) -> None:
        async with front() as (service, _):
            hub = service.hubs["far"] = UrlHub("far", process.url, "secret")
            assert await hub.version()
            events = hub.events
            assert (await tells(events, LoadReported)).load["memFree"] > 0
            base = f"{service.url}/sth/far/api/v1/"
            async with httpx.AsyncClient(base_url=base, timeout=PATIENCE, trust_env=False) as api:
                sequence = (await api.post("sequence", content=pack("binary"))).json()["id"]
                while not (listed := (await tells(events, SequencesReported)).sequences):
                    pass
                assert listed[0]["id"] == sequence
                instance = (await api.post(f"sequence/{sequence}/start", json={})).json()["id"]
                while not (await tells(events, InstancesReported)).instances:
                    pass
                text = noise(1_000_000)
                headers = {"content-type": "application/octet-stream", "x-end-stream": "true"}
                async with api.stream("GET", f"instance/{instance}/output") as output:
                    sending = asyncio.create_task(api.post(f"instance/{instance}/input", content=text, headers=headers))
                    assert b"".join([part async for part in output.aiter_raw()]) == bytes(255 - byte for byte in text)
                assert (await sending).status_code in (200, 202)
                await api.post("topics", json={"id": "made", "content-type": "text/plain"})
                assert (await tells(events, TopicChanged)).name == "made"
                await api.delete("topics/made")
                assert (await tells(events, TopicChanged)).removed
                async with api.stream("GET", "log") as log:
                    hub.close("Enough")
                    with pytest.raises(httpx.HTTPError):
                        await log.aread()
                assert (await api.get("version")).status_code == 503

    with HubProcess(tmp_path, environment={"SCRAMJET_HUB_TOKEN": "secret"}) as process:
        run(ask(process))


def test_one_that_goes_is_away_and_one_that_comes_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_url, "INTERVAL", 0.05)

    async def come_and_go(process: HubProcess) -> None:
        arrived: asyncio.Queue[UrlHub] = asyncio.Queue()
        url = process.url
        task = asyncio.create_task(keep_reaching(lambda: UrlHub("far", url), arrived.put_nowait))
        first = await asyncio.wait_for(arrived.get(), PATIENCE)
        events = first.events
        await tells(events, LoadReported)
        await asyncio.to_thread(process.stop)
        with pytest.raises(AssertionError, match="gone"):
            await tells(events, TopicChanged)
        assert first.closed.done()
        with pytest.raises(HubAway):
            await first.request("GET", "/api/v1/version")
        assert arrived.empty()
        task.cancel()

    with HubProcess(tmp_path) as process:
        run(come_and_go(process))


@pytest.mark.parametrize("url", ["", "127.0.0.1:8000", "ftp://x/api/v1", "http://", "http://me@x", "http://x?y=1"])
def test_what_is_no_url_of_a_hub_is_refused(url: str) -> None:
    async def make() -> None:
        with pytest.raises(ValueError, match="URL of a Hub"):
            UrlHub("far", url)

    run(make())
