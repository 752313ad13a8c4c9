"""The whole road with our own Hubs, which join with an access key: store, topics, revoked keys, a killed Hub."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.support.archives import package
from tests.support.hub_process import HubProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.support.platform_process import PlatformProcess

PATIENCE = 60
JSON = {"content-type": "application/x-ndjson"}


@pytest.fixture
def key(api: httpx.Client) -> Iterator[str]:
    """An access key of the first Space."""
    yield api.post("space/space-1/apikey", json={}).json()["accessKey"]
    api.delete("space/space-1/apikey", headers={"x-revoke-all": "true"})


def joining(platform: PlatformProcess, folder: Path, name: str, key: str) -> HubProcess:
    options = ("--id", name, "--space", f"http://{platform.host}:{platform.port}", "--space-id", "space-1")
    return HubProcess(folder / name, *options, environment={"SCRAMJET_HUB_SPACE_KEY": key})


def connected(space: httpx.Client) -> set[str]:
    return {hub["id"] for hub in space.get("list").json() if hub["isConnectionActive"]}


def forget(space: httpx.Client, *names: str) -> None:
    for name in names:
        assert space.delete(f"sth/{name}", headers={"x-force": "true"}).status_code == 202


def test_a_hub_starts_what_only_the_store_has(
    platform: PlatformProcess, space: httpx.Client, key: str, tmp_path: Path
) -> None:
    item = space.put("s3", content=package()).json()
    space.put("s3/named.tar.gz", content=package(version="2.0.0"))
    with joining(platform, tmp_path, "fetching", key):
        assert wait_until(lambda: "fetching" in connected(space), PATIENCE)
        base = "sth/fetching/api/v1"
        for name in (item["id"], "named", "named"):
            started = space.post(f"{base}/sequence/{name}/start", json={})
            assert started.status_code == 200, started.text
            assert space.post(f"{base}/instance/{started.json()['id']}/_kill", json={}).status_code < 300
        assert space.post(f"{base}/sequence/nowhere/start", json={}).status_code == 404
        found = {one["id"]: one.get("name") for one in space.get(f"{base}/sequences").json()}
        assert len(found) == 2
        assert item["id"] in found
        for sequence in found:
            headers = {"x-seq-kill-inst": "true"}
            assert space.delete(f"{base}/sequence/{sequence}", headers=headers).status_code == 200
    assert space.delete("store").status_code == 202
    forget(space, "fetching")


def test_topics_go_from_hub_to_hub(platform: PlatformProcess, space: httpx.Client, key: str, tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        names = ("road-a", "road-b", "road-c")
        hubs = [stack.enter_context(joining(platform, tmp_path, name, key)) for name in names]
        assert wait_until(lambda: set(names) <= connected(space), PATIENCE)
        clients = [stack.enter_context(hub.client()) for hub in hubs]
        readers = [stack.enter_context(client.stream("GET", "topic/road")) for client in clients]
        lines = [reader.iter_lines() for reader in readers]
        for client in clients:
            # The first write tells the Space that this Hub writes.
            client.post("topic/road", content=b'"hello"\n', headers=JSON)

        def actors() -> int:
            found = [topic for topic in space.get("topics").json() if topic["name"] == "road"]
            return len(found[0]["actors"]) if found else 0

        assert wait_until(lambda: actors() == 6, PATIENCE)
        for number, client in enumerate(clients):
            body = b"".join(b'{"from":%d,"n":%d}\n' % (number, n) for n in range(100))
            assert client.post("topic/road", content=body, headers=JSON).status_code == 202
        for reader in lines:
            records: list[str] = []
            while len(records) < 300:
                if (record := next(reader)) != '"hello"':
                    records.append(record)
            for number in range(3):
                own = [record for record in records if f'"from":{number},' in record]
                assert own == [f'{{"from":{number},"n":{n}}}' for n in range(100)]
        readers.clear()
    forget(space, *names)


def test_a_killed_hub_comes_back_by_itself(
    platform: PlatformProcess, space: httpx.Client, key: str, tmp_path: Path
) -> None:
    hub = joining(platform, tmp_path, "killed", key)
    with hub:
        assert wait_until(lambda: "killed" in connected(space), PATIENCE)
        sequence = space.post("sth/killed/api/v1/sequence", content=package()).json()["id"]
        assert wait_until(lambda: sequence in space.get("sequences").json(), PATIENCE)
        hub.kill()
        assert wait_until(lambda: "killed" not in connected(space), PATIENCE)
        assert sequence not in space.get("sequences").json()
        hub.start()
        assert wait_until(lambda: sequence in space.get("sequences").json(), PATIENCE)
        assert space.delete(f"sth/killed/api/v1/sequence/{sequence}").status_code == 200
    forget(space, "killed")


def test_a_hub_whose_key_is_revoked_goes_and_stays_away(
    platform: PlatformProcess, api: httpx.Client, space: httpx.Client, key: str, tmp_path: Path
) -> None:
    with joining(platform, tmp_path, "revoked", key) as hub:
        assert wait_until(lambda: "revoked" in connected(space), PATIENCE)
        assert api.delete("space/space-1/apikey", headers={"x-revoke": key}).json()["keysRevoked"] == 1
        assert "revoked" not in connected(space)
        assert wait_until(lambda: "does not try again" in hub.stderr, PATIENCE)
        with hub.client() as direct:
            assert direct.get("version").status_code == 200
    forget(space, "revoked")
