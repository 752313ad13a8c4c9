"""A Space with real Hubs of STH 0.18.7: lists, log, audit, what is passed on, topics, the store."""

from __future__ import annotations

import contextlib
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from scripts import sth
from scripts.sth import Settings
from tests.support.archives import files, manifest, targz
from tests.support.hub_process import wait_until
from tests.support.platform_process import PlatformProcess
from tests.support.tools import installed, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

pytestmark = needs("node", "npm")

PATIENCE = 60
ECHO = "module.exports = (input) => input;\n"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    """A Platform whose Hubs need no key."""
    installed(sth.install)
    with PlatformProcess(tmp_path_factory.mktemp("platform"), "--native-from", "127.0.0.0/8") as process:
        yield process


def base_of(platform: PlatformProcess) -> str:
    return f"127.0.0.1:{platform.port}/api/v1/cpm/space-1/api/v1"


@pytest.fixture(scope="module")
def hubs(platform: PlatformProcess) -> Iterator[dict[str, sth.Sth]]:
    """Two Hubs in the Space."""
    with contextlib.ExitStack() as stack:
        started = {
            name: stack.enter_context(sth.start(Settings(space=base_of(platform), id=name)))
            for name in ("sth-a", "sth-b")
        }
        with platform.client("space-1") as space:
            assert wait_until(lambda: connected(space) == set(started), PATIENCE), space.get("list").text
        yield started


def connected(space: httpx.Client) -> set[str]:
    return {hub["id"] for hub in space.get("list").json() if hub["isConnectionActive"]}


def upload(space: httpx.Client, hub: str) -> str:
    package = targz(files({"package.json": manifest(main="index.js", engines={"node": "16"}), "index.js": ECHO}))
    reply = space.post(
        f"sth/{hub}/api/v1/sequence", content=package, headers={"content-type": "application/octet-stream"}
    )
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


def remove(space: httpx.Client, hub: str, sequence: str) -> None:
    reply = space.delete(f"sth/{hub}/api/v1/sequence/{sequence}", headers={"content-type": "application/json"})
    assert reply.status_code == 200, reply.text


@pytest.mark.usefixtures("hubs")
def test_hubs_are_listed_and_asked(space: httpx.Client) -> None:
    listed = {hub["id"]: hub for hub in space.get("list").json()}
    assert set(listed) == {"sth-a", "sth-b"}
    assert all(hub["healthy"] and not hub["selfHosted"] for hub in listed.values())
    for name in listed:
        assert space.get(f"sth/{name}/api/v1/version").json()["version"] == "0.18.7"
        assert space.get(f"sth/{name}/version").json()["version"] == "0.18.7"
    assert space.get("sth/nobody/api/v1/version").status_code == 404


@pytest.mark.usefixtures("hubs")
def test_native_hubs_are_neither_deleted_nor_disconnected(space: httpx.Client) -> None:
    assert space.delete("sth/sth-a").status_code == 400
    assert space.delete("sth/sth-a", headers={"x-force": "true"}).status_code == 400
    assert space.post("disconnect", json={"id": "sth-a"}).status_code == 400
    assert space.post("disconnect", json={"limit": 0}).json()["disconnected"] == []


@pytest.mark.usefixtures("hubs")
def test_sequences_and_instances_of_all_hubs_are_listed(space: httpx.Client) -> None:
    ids = {hub: upload(space, hub) for hub in ("sth-a", "sth-b")}
    try:
        assert wait_until(lambda: set(ids.values()) <= set(space.get("sequences").json()), PATIENCE)
        located = {one["id"]: one["location"] for one in space.get("all_sequences").json()}
        assert located == {sequence: hub for hub, sequence in ids.items()}
        started = space.post(f"sth/sth-a/api/v1/sequence/{ids['sth-a']}/start", json={}).json()["id"]
        assert wait_until(lambda: [one["id"] for one in space.get("instances").json()] == [started], PATIENCE)
        (instance,) = space.get("instances").json()
        assert (instance["hubId"], instance["sequenceId"]) == ("sth-a", ids["sth-a"])
        assert space.get("entities").json()["instances"] == [started]
        space.post(f"sth/sth-a/api/v1/instance/{started}/_kill", json={})
        assert wait_until(lambda: space.get("instances").json() == [], PATIENCE)
    finally:
        for hub, sequence in ids.items():
            remove(space, hub, sequence)
    assert wait_until(lambda: space.get("sequences").json() == [], PATIENCE)


@pytest.mark.usefixtures("hubs")
def test_logs_of_all_hubs_come_with_their_names(space: httpx.Client) -> None:
    seen: set[str] = set()
    with space.stream("GET", "log") as reply:
        for line in reply.iter_lines():
            hub, _, entry = line.partition(": ")
            if hub in ("sth-a", "sth-b"):
                seen.add(hub)
                assert json.loads(entry)
            if len(seen) == 2:
                break


@pytest.mark.usefixtures("hubs")
def test_streams_pass_through(space: httpx.Client, platform: PlatformProcess) -> None:
    sequence = upload(space, "sth-a")
    started = space.post(f"sth/sth-a/api/v1/sequence/{sequence}/start", json={}).json()["id"]
    path = f"sth/sth-a/api/v1/instance/{started}"
    data = b"".join(b'{"n":%d}\n' % number for number in range(20_000))
    with (
        platform.client("space-1") as writer,
        ThreadPoolExecutor(1) as pool,
        space.stream("GET", f"{path}/output") as out,
    ):
        headers = {"content-type": "application/x-ndjson", "x-end-stream": "true", "transfer-encoding": "chunked"}
        writing = pool.submit(writer.post, f"{path}/input", content=iter([data]), headers=headers)
        got = b"".join(out.iter_raw())
        assert writing.result().status_code == 200
    assert got.count(b"\n") == 20_000
    space.post(f"{path}/_kill", json={})
    assert wait_until(lambda: space.get("instances").json() == [], PATIENCE)
    remove(space, "sth-a", sequence)


@pytest.mark.usefixtures("hubs")
def test_a_topic_goes_from_one_hub_to_the_other(space: httpx.Client, platform: PlatformProcess) -> None:
    with platform.client("space-1") as other, other.stream("GET", "sth/sth-b/api/v1/topic/across") as reader:
        lines = reader.iter_lines()
        sent = [json.dumps({"number": number}) for number in range(100)]
        headers = {"content-type": "application/x-ndjson"}
        body = "".join(line + "\n" for line in sent)
        assert space.post("sth/sth-a/api/v1/topic/across", content=body, headers=headers).status_code in (200, 202)
        assert [next(lines) for _ in sent] == sent


def test_a_hub_that_is_killed_is_shown_and_comes_back(space: httpx.Client, platform: PlatformProcess) -> None:
    with sth.start(Settings(space=base_of(platform), id="sth-c")):
        assert wait_until(lambda: "sth-c" in connected(space), PATIENCE)
        before = space.get("sth/sth-c/info").json()
    assert wait_until(lambda: "sth-c" not in connected(space), PATIENCE)
    shown: dict[str, Any] = space.get("sth/sth-c/info").json()
    assert (shown["healthy"], shown["disconnectReason"]) == (False, "disconnected")
    assert shown["info"]["lastDisconnected"] >= before["info"]["lastConnected"]
    assert space.get("sth/sth-c/api/v1/version").status_code == 503
    with sth.start(Settings(space=base_of(platform), id="sth-c")):
        assert wait_until(lambda: "sth-c" in connected(space), PATIENCE)
        assert space.get("sth/sth-c/api/v1/version").status_code == 200
        assert "disconnectReason" not in space.get("sth/sth-c/info").json()


def test_without_a_key_a_hub_is_refused_from_elsewhere(start_platform: Any) -> None:
    process = start_platform("--native-from", "10.0.0.0/8")
    head = b"CONNECT / HTTP/1.1\r\nhost: x\r\nx-sth-id: bad\r\n\r\n"
    assert asked(process, head).startswith(b"HTTP/1.1 403 ")
    head = b"CONNECT /api/v1//nowhere/ HTTP/1.1\r\nhost: x\r\n\r\n"
    assert asked(process, head).startswith(b"HTTP/1.1 404 ")


def asked(process: PlatformProcess, head: bytes) -> bytes:
    with socket.create_connection((process.host, process.port), 30) as connection:
        connection.sendall(head)
        return b"".join(iter(lambda: connection.recv(1000), b""))


def test_hubs_come_back_to_a_platform_that_was_restarted(start_platform: Any) -> None:
    first = start_platform("--native-from", "127.0.0.0/8")
    with sth.start(Settings(space=base_of(first), id="loyal")):
        with first.client("space-1") as space:
            assert wait_until(lambda: "loyal" in connected(space), PATIENCE)
            created = space.get("sth/loyal/info").json()["info"]["created"]
        first.kill()
        second = start_platform("--native-from", "127.0.0.0/8", "--port", str(first.port))
        second.token = first.token
        with second.client("space-1") as space:
            assert wait_until(lambda: "loyal" in connected(space), PATIENCE)
            assert space.get("sth/loyal/info").json()["info"]["created"] == created
            assert space.get("sth/loyal/api/v1/version").status_code == 200
