"""Hubs that a Space reaches by URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.servers.hub import NotStarted
from tests.support.archives import package
from tests.support.hub_process import HubProcess, wait_until
from tests.support.platform_process import PlatformProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

PATIENCE = 60


def is_connected(space: httpx.Client, hub_id: str) -> bool:
    return space.get(f"sth/{hub_id}/info").json().get("isConnectionActive") is True


def test_a_hub_by_url_is_listed_and_passed_on_to(
    tmp_path: Path, start_platform: Callable[..., PlatformProcess]
) -> None:
    token = {"SCRAMJET_HUB_TOKEN": "of-the-hub"}
    with HubProcess(tmp_path / "hub", environment=token) as hub:
        place = f"space-1/near=http://:of-the-hub@127.0.0.1:{hub.port}/api/v1"
        process = start_platform("--hub", place)
        with process.client("space-1") as space:
            assert wait_until(lambda: is_connected(space, "near"), PATIENCE)
            assert not space.get("sth/near/info").json()["selfHosted"]
            sequence = space.post("sth/near/api/v1/sequence", content=package()).json()["id"]
            assert wait_until(lambda: space.get("sequences").json() == [sequence], PATIENCE)
            assert space.get("all_sequences").json()[0]["location"] == "near"
            instance = space.post(f"sth/near/api/v1/sequence/{sequence}/start", json={}).json()["id"]
            assert wait_until(lambda: [one["id"] for one in space.get("instances").json()] == [instance], PATIENCE)
            body = b'"a"\n' * 100
            headers = {"content-type": "application/x-ndjson", "x-end-stream": "true"}
            path = f"sth/near/api/v1/instance/{instance}"
            assert space.post(f"{path}/input", content=body, headers=headers).status_code == 200
            assert space.get(f"{path}/output").content == b"a" * 100
            assert space.delete("sth/near").status_code == 400
            reply = space.request("DELETE", f"sth/near/api/v1/sequence/{sequence}", headers={"x-seq-kill-inst": "true"})
            assert reply.status_code == 200
            assert wait_until(lambda: space.get("sequences").json() == [], PATIENCE)


def test_a_hub_by_url_may_come_later_and_go(tmp_path: Path, start_platform: Callable[..., PlatformProcess]) -> None:
    hub = HubProcess(tmp_path / "hub")
    with hub:
        port = hub.port
    process = start_platform("--hub", f"space-1/late=http://127.0.0.1:{port}")
    with process.client("space-1") as space:
        assert [hub["id"] for hub in space.get("list").json()] == ["late"]
        assert not is_connected(space, "late")
        with HubProcess(tmp_path / "hub", "--port", str(port)):
            assert wait_until(lambda: is_connected(space, "late"), PATIENCE)
        assert wait_until(lambda: not is_connected(space, "late"), PATIENCE)
        assert space.get("sth/late/api/v1/version").status_code == 503


@pytest.mark.parametrize("place", ["space-1", "space-1/x=ftp://a", "a b/c=http://d", "nowhere/x=http://127.0.0.1:1"])
def test_a_bad_place_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(NotStarted, match="--hub"):
        PlatformProcess(tmp_path, "--hub", place).start()


def test_topics_of_hubs_by_url_are_connected(tmp_path: Path, start_platform: Callable[..., PlatformProcess]) -> None:
    with HubProcess(tmp_path / "a") as first, HubProcess(tmp_path / "b") as second:
        places = [f"space-1/{name}=http://127.0.0.1:{hub.port}" for name, hub in (("a", first), ("b", second))]
        process = start_platform("--hub", places[0], "--hub", places[1])
        with (
            process.client("space-1") as space,
            first.client() as writer,
            second.client() as reader,
            reader.stream("GET", "topic/joined", headers={"content-type": "text/plain"}) as reply,
        ):
            writer.post("topics", json={"id": "joined", "content-type": "text/plain"})
            assert wait_until(lambda: len((space.get("topics").json() or [{"actors": []}])[0]["actors"]) == 4, PATIENCE)
            lines = reply.iter_lines()
            for number in range(5):
                writer.post("topic/joined", content=f"{number}\n", headers={"content-type": "text/plain"})
            assert [next(lines) for _ in range(5)] == ["0", "1", "2", "3", "4"]
            reader.post("topic/joined", content="own\n", headers={"content-type": "text/plain"})
            assert next(lines) == "own"
