"""Topics across the Hubs of a Space: once for each reader, in order for each writer, no torn record, no loop."""

from __future__ import annotations

import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.space.bridges import Bridge
from tests.support.hub_process import HubProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.platform_process import PlatformProcess

PATIENCE = 60
JSON = {"content-type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[HubProcess]]:
    """Three Hubs that may be called by any name, as the bridge hands on the names that the Space uses."""
    with contextlib.ExitStack() as stack:
        made = [HubProcess(tmp_path_factory.mktemp("hub"), "--allow-open") for _ in range(3)]
        yield [stack.enter_context(hub) for hub in made]


@pytest.fixture(scope="module")
def bridges(platform: PlatformProcess, hubs: list[HubProcess]) -> Iterator[list[Bridge]]:
    """The three Hubs in the first Space, as hub-0, hub-1 and hub-2."""
    with platform.client() as api, contextlib.ExitStack() as stack:
        key = api.post("space/space-1/apikey", json={}).json()["accessKey"]
        yield [stack.enter_context(Bridge(platform, hub, f"hub-{number}", key)) for number, hub in enumerate(hubs)]


@pytest.fixture
def topic(request: pytest.FixtureRequest, bridges: list[Bridge], space: httpx.Client) -> Iterator[str]:
    """The name of a topic of this test."""
    name: str = request.node.name.partition("[")[0][-60:]
    yield name
    for bridge in bridges:
        bridge.say(7007, {"topicName": name, "status": "remove"})
    assert wait_until(lambda: name not in [one["name"] for one in space.get("topics").json()], PATIENCE)


def tell(bridge: Bridge, topic: str, role: str, content_type: str = "application/x-ndjson") -> None:
    bridge.say(7007, {"topicName": topic, "status": "add", "contentType": content_type, role: topic})


def actors(space: httpx.Client, topic: str) -> set[tuple[str, str]]:
    found = [one for one in space.get("topics").json() if one["name"] == topic]
    return {(actor["role"], actor.get("hostId", "api")) for one in found for actor in one["actors"]}


@contextlib.contextmanager
def reading(hub: HubProcess, topic: str) -> Iterator[Any]:
    with hub.client() as client, client.stream("GET", f"topic/{topic}") as reply:
        yield reply.iter_lines()


def write(hub: HubProcess, topic: str, *records: object, headers: dict[str, str] | None = None) -> None:
    body = "".join(json.dumps(record) + "\n" for record in records)
    with hub.client() as client:
        assert client.post(f"topic/{topic}", content=body, headers=headers or JSON).status_code == 202


def take(lines: Any, count: int) -> list[Any]:
    return [json.loads(next(lines)) for _ in range(count)]


def test_from_one_hub_to_the_others_and_to_clients(
    space: httpx.Client, hubs: list[HubProcess], bridges: list[Bridge], topic: str
) -> None:
    with (
        reading(hubs[1], topic) as first,
        reading(hubs[2], topic) as second,
        space.stream("GET", f"topic/{topic}") as client,
    ):
        tell(bridges[0], topic, "provides")
        tell(bridges[1], topic, "requires")
        tell(bridges[2], topic, "requires")
        wanted = {("provider", "hub-0"), ("consumer", "hub-1"), ("consumer", "hub-2"), ("consumer", "api")}
        assert wait_until(lambda: actors(space, topic) == wanted, PATIENCE)
        records = [{"number": number} for number in range(500)]
        write(hubs[0], topic, *records)
        for lines in (first, second, client.iter_lines()):
            assert take(lines, 500) == records


def test_a_client_of_the_space_writes_to_hubs(
    space: httpx.Client, hubs: list[HubProcess], bridges: list[Bridge], topic: str
) -> None:
    with reading(hubs[0], topic) as lines:
        tell(bridges[0], topic, "requires")
        assert wait_until(lambda: actors(space, topic) == {("consumer", "hub-0")}, PATIENCE)
        for number in range(3):
            assert space.post(f"topic/{topic}", content=b"%d\n" % number, headers=JSON).status_code == 202
        assert take(lines, 3) == [0, 1, 2]
        # What the Space writes must not keep those on the Hub waiting, however long it goes on.
        write(hubs[0], topic, "local")
        assert take(lines, 1) == ["local"]


def test_hubs_that_read_and_write_form_no_loop(
    space: httpx.Client, hubs: list[HubProcess], bridges: list[Bridge], topic: str
) -> None:
    with contextlib.ExitStack() as stack:
        readers = [stack.enter_context(reading(hub, topic)) for hub in hubs]
        for bridge in bridges:
            tell(bridge, topic, "provides")
            tell(bridge, topic, "requires")
        wanted = {(role, f"hub-{number}") for role in ("provider", "consumer") for number in range(3)}
        assert wait_until(lambda: actors(space, topic) == wanted, PATIENCE), actors(space, topic)

        def write_all(number: int) -> None:
            for part in range(20):
                write(hubs[number], topic, *[{"hub": number, "n": 10 * part + n, "x": "y" * n} for n in range(10)])

        with ThreadPoolExecutor(3) as pool:
            writing = [pool.submit(write_all, number) for number in range(3)]
            taken = [take(lines, 600) for lines in readers]
            for done in writing:
                done.result()
        for records in taken:
            for number in range(3):
                assert [record["n"] for record in records if record["hub"] == number] == [*range(200)]
        # Nothing comes a second time.
        write(hubs[0], topic, "last")
        assert [take(lines, 1) for lines in readers] == [["last"]] * 3


def test_the_type_goes_along(space: httpx.Client, hubs: list[HubProcess], bridges: list[Bridge], topic: str) -> None:
    data = bytes(range(256)) * 4000
    kind = {"content-type": "application/octet-stream"}
    with hubs[1].client() as client, client.stream("GET", f"topic/{topic}", headers=kind) as reply:
        tell(bridges[0], topic, "provides", kind["content-type"])
        tell(bridges[1], topic, "requires", kind["content-type"])
        assert wait_until(lambda: len(actors(space, topic)) == 2, PATIENCE)
        with ThreadPoolExecutor(1) as pool, hubs[0].client() as writer:
            writing = pool.submit(writer.post, f"topic/{topic}", content=data, headers=kind)
            got = bytearray()
            for chunk in reply.iter_raw():
                got += chunk
                if len(got) >= len(data):
                    break
            assert writing.result().status_code == 202
    assert bytes(got) == data


def test_a_hub_that_goes_holds_up_nobody(
    platform: PlatformProcess,
    api: httpx.Client,
    space: httpx.Client,
    hubs: list[HubProcess],
    bridges: list[Bridge],
    topic: str,
) -> None:
    with platform.client() as api:
        key = api.post("space/space-1/apikey", json={}).json()["accessKey"]
    with reading(hubs[1], topic) as lines:
        tell(bridges[0], topic, "provides")
        tell(bridges[1], topic, "requires")
        # Nothing answers behind this one, so what is written to it is stuck.
        with Bridge(platform, None, "stuck", key) as stuck:
            tell(stuck, topic, "requires")
            assert wait_until(lambda: ("consumer", "hub-1") in actors(space, topic), PATIENCE)
            write(hubs[0], topic, 1)
            assert take(lines, 1) == [1]
        assert wait_until(lambda: ("consumer", "stuck") not in actors(space, topic), PATIENCE)
        write(hubs[0], topic, *range(1000))
        assert take(lines, 1000) == [*range(1000)]
    assert space.delete("sth/stuck", headers={"x-force": "true"}).status_code == 202
