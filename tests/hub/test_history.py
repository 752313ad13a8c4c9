"""The history of Instances: complete, in order, bounded, over kills and restarts of the Hub, and over damage."""

from __future__ import annotations

import itertools
import json
import socket
import sqlite3
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from scramjet_client import errors
from scramjet_client.sync import HostClient

from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BELL = """
def run(context, input):
    return input
"""
FILE = "history.sqlite"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("history")) as process:
        yield process


@pytest.fixture
def api(hub: HubProcess) -> Iterator[httpx.Client]:
    with hub.client() as client:
        yield client


def upload(api: httpx.Client, source: str = BELL) -> str:
    reply = api.post("/sequence", content=pack_python(source), headers={"content-type": "application/octet-stream"})
    return str(reply.json()["id"])


def start(api: httpx.Client, sequence: str, **body: Any) -> str:
    reply = api.post(f"/sequence/{sequence}/start", json=body)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


def events(api: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/instance_events", params={"limit": 1000, **query}).json()["events"]
    return found


def until_ended(api: httpx.Client, instance: str) -> list[dict[str, Any]]:
    assert wait_until(lambda: any(event["type"] == "ended" for event in events(api, instance_ids=instance)), 30)
    return events(api, instance_ids=instance)


def kinds(found: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in found]


def test_the_life_of_an_instance_is_told_from_start_to_end(api: httpx.Client) -> None:
    sequence = upload(api)
    instance = start(api, sequence, instanceName="bell", outputTopic="rings")
    assert wait_until(lambda: api.get(f"/instance/{instance}").json()["status"] == "running", 30)
    assert api.post(f"/instance/{instance}/_kill", json={}).status_code == 202
    found = until_ended(api, instance)

    assert kinds(found)[0] == "created"
    assert found[0]["metadata"] == {"sequence": sequence, "instanceName": "bell"}
    assert {"started", "topics", "kill"} <= set(kinds(found))
    told = {event["type"]: event["metadata"] for event in found}
    assert told["topics"] == {"provides": "rings"}
    assert told["ended"] == {"exitcode": 137, "reason": "Instance killed", "status": "completed"}
    statuses = [event["metadata"]["status"] for event in found if event["type"] == "status"]
    assert statuses == ["starting", "running", "killing", "completed"]
    assert [event["metadata"]["previous"] for event in found if event["type"] == "status"] == [
        "initializing",
        *statuses[:-1],
    ]
    numbers = [int(event["id"]) for event in found]
    assert numbers == sorted(set(numbers))


def test_a_start_that_is_replied_to_is_in_the_list_at_once(api: httpx.Client) -> None:
    sequence = upload(api)
    for _ in range(20):
        instance = start(api, sequence)
        assert kinds(events(api, instance_ids=instance))[0] == "created"
        assert api.post(f"/instance/{instance}/_kill", json={}).status_code == 202
        assert "kill" in kinds(events(api, instance_ids=instance))


def test_a_refused_start_is_told(api: httpx.Client) -> None:
    sequence = upload(api)
    chosen = str(uuid.uuid4())
    start(api, sequence, instanceId=chosen)
    refused = api.post(f"/sequence/{sequence}/start", json={"instanceId": chosen})
    assert refused.status_code == 409
    assert api.post("/sequence/none/start", json={}).status_code == 404

    found = events(api, types="start_refused")
    assert [(event["instance_id"], event["message"]) for event in found] == [(chosen, refused.json()["error"])]
    assert found[0]["metadata"] == {"sequence": sequence}
    assert api.post(f"/instance/{chosen}/_kill", json={}).status_code == 202


def test_a_stop_and_bad_health_are_told(api: httpx.Client) -> None:
    instance = start(
        api, upload(api, "def run(context, input):\n    context.health = lambda: False\n    return input\n")
    )
    assert wait_until(lambda: "health" in kinds(events(api, instance_ids=instance)), 30)
    assert api.post(f"/instance/{instance}/_stop", json={"timeout": 300}).status_code == 202
    stops = [event["metadata"] for event in until_ended(api, instance) if event["type"] == "stop"]
    assert stops == [{"timeout": 300}]


def test_pages_filters_and_orders_fit_together(api: httpx.Client) -> None:
    sequence = upload(api)
    first, second = start(api, sequence), start(api, sequence)
    for instance in (first, second):
        api.post(f"/instance/{instance}/_kill", json={})
        until_ended(api, instance)
    everything = events(api, instance_ids=[first, second])
    assert everything == sorted(everything, key=lambda event: int(event["id"]))
    assert events(api, instance_ids=[first, second], order="desc") == everything[::-1]
    paged = []
    for offset in itertools.count(0, 3):
        reply = api.get(
            "/instance_events", params={"instance_ids": [first, second], "limit": 3, "offset": offset}
        ).json()
        assert (reply["limit"], reply["offset"], reply["order"]) == (3, offset, "asc")
        paged += reply["events"]
        if not reply["has_next"]:
            break
    assert paged == everything
    assert events(api, instance_ids=first, types=["created", "ended"]) == [
        event for event in everything if event["instance_id"] == first and event["type"] in ("created", "ended")
    ]
    middle = everything[len(everything) // 2]["when"]
    assert events(api, instance_ids=[first, second], ending_time=middle) == [
        e for e in everything if e["when"] <= middle
    ]
    assert events(api, instance_ids=[first, second], starting_time=middle) == [
        e for e in everything if e["when"] >= middle
    ]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("limit=0", "limit"),
        ("limit=1001&order=up", "limit order"),
        ("types=created&types=odd", "types"),
        ("instance_ids=me", "instance_ids"),
        ("starting_time=today", "starting_time"),
    ],
)
def test_wrong_parameters_are_named(api: httpx.Client, query: str, fields: str) -> None:
    reply = api.get(f"/instance_events?{query}")
    assert (reply.status_code, {item["field"] for item in reply.json()["fields"]}) == (400, set(fields.split()))


def restart(hub: HubProcess) -> None:
    assert hub.stop() == 0
    hub.kill()  # closes what was read of it
    hub.start()


@contextmanager
def watching(api: httpx.Client, **query: Any) -> Iterator[Iterator[dict[str, Any]]]:
    with api.stream("GET", "/streams/instance_events", params=query) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "application/x-ndjson"
        yield map(json.loads, reply.iter_lines())


def test_a_stream_goes_on_after_its_cursor(api: httpx.Client) -> None:
    sequence = upload(api)
    with watching(api) as lines:
        mark = next(lines)
        assert mark["type"] == "bookmark"
        instance = start(api, sequence)
        api.post(f"/instance/{instance}/_kill", json={})
        seen = list(itertools.takewhile(lambda event: event["type"] != "ended", lines))
    found = until_ended(api, instance)
    assert seen == found[:-1]
    with watching(api, cursor=mark["id"]) as lines:
        assert [next(lines) for _ in found] == found
    with watching(api, cursor=found[2]["id"], types=["ended"], instance_ids=instance) as lines:
        assert next(lines) == found[-1]
    with watching(api, cursor=0) as lines:
        assert next(lines)["id"] == events(api)[0]["id"]


def test_a_cursor_from_before_what_is_kept_is_gone(api: httpx.Client) -> None:
    start(api, upload(api))
    reply = api.get("/streams/instance_events", params={"cursor": 1})
    assert (reply.status_code, reply.json()["fields"][0]["field"]) == (410, "cursor")
    with HostClient(str(api.base_url)) as host, pytest.raises(errors.GoneError), host.watch(cursor="1"):
        pass


def test_no_history_is_kept_if_it_has_no_room(tmp_path: Path) -> None:
    with HubProcess(tmp_path, "--history-size", "0") as hub, hub.client() as api:
        api.post(f"/instance/{start(api, upload(api))}/_kill", json={})
        assert api.get("/instance_events").status_code == 404
        assert api.get("/streams/instance_events").status_code == 404
        assert not (hub.data_dir / FILE).exists()


def test_old_events_are_removed_at_the_start(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub, hub.client() as api:
        for _ in range(5):
            instance = start(api, upload(api))
            api.post(f"/instance/{instance}/_kill", json={})
        last = until_ended(api, instance)[-1]
    with HubProcess(tmp_path, "--history-age", "0") as hub, hub.client() as api:
        assert events(api) == []
        assert api.get("/streams/instance_events", params={"cursor": int(last["id"]) - 1}).status_code == 410
        with watching(api, cursor=last["id"]) as lines:
            # Nothing after it is missing.
            start(api, upload(api))
            assert next(lines)["type"] == "created"


def test_the_size_is_bounded_and_the_oldest_events_go(tmp_path: Path) -> None:
    with HubProcess(tmp_path, "--history-size", "40000") as hub, hub.client() as api:
        sequence = upload(api)
        with closing(sqlite3.connect(hub.data_dir / FILE)) as database:
            now = time.time_ns() // 1000
            rows = [(now + number, "status", "0" * 36, "x" * 500, "{}") for number in range(3000)]
            with database:
                database.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", rows)
        restart(hub)
        with hub.client() as again:
            assert 0 < len(events(again)) < 100
            instance = start(again, sequence)
            assert kinds(events(again, instance_ids=instance))[0] == "created"


def test_instances_of_a_killed_hub_get_their_end(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        with hub.client() as api:
            sequence = upload(api)
            running, ended = start(api, sequence), start(api, sequence)
            api.post(f"/instance/{ended}/_kill", json={})
            before = until_ended(api, ended)
        hub.kill()
        hub.start()
        with hub.client() as api:
            assert events(api, instance_ids=ended) == before
            last = until_ended(api, running)[-1]
            assert "without warning" in last["metadata"]["reason"]
        hub.kill()
        hub.start()
        with hub.client() as api:
            assert kinds(events(api, instance_ids=running)).count("ended") == 1


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def punch(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(4096) + content[8192:])


def replace(path: Path) -> None:
    path.unlink()
    run_sql(path, "CREATE TABLE cats (name)")


def run_sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "rubbish": lambda path: path.write_bytes(b"this is no database" * 1000),
    "half": cut,
    "hole": punch,
    "another": replace,
    "later": lambda path: run_sql(path, "PRAGMA user_version = 99"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_history_is_put_aside_and_nothing_else_is_lost(tmp_path: Path, damage: str) -> None:
    with HubProcess(tmp_path) as hub:
        with hub.client() as api:
            sequence = upload(api)
            for _ in range(10):
                api.post(f"/instance/{start(api, sequence)}/_kill", json={})
        hub.stop()
        hub.kill()
        path = hub.data_dir / FILE
        DAMAGES[damage](path)
        content = path.read_bytes()
        hub.start()
        with hub.client() as api:
            instance = start(api, sequence)
            assert kinds(events(api))[0] == "created"
            assert {event["instance_id"] for event in events(api)} == {instance}
        hub.stop()
        assert "The history was damaged" in hub.stderr
        aside = [entry for entry in hub.data_dir.iterdir() if ".damaged-" in entry.name]
        assert [entry.read_bytes() for entry in aside] == [content]
        assert aside[0].name in hub.stderr
        for entry in aside:
            entry.unlink()


def test_damage_that_is_found_while_the_hub_runs_is_put_aside_too(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub, hub.client() as api:
        sequence = upload(api)
        start(api, sequence)
        path = hub.data_dir / FILE
        for suffix in ("", "-wal"):
            place = path.with_name(path.name + suffix)
            with place.open("r+b") as file:
                file.write(b"\xff" * place.stat().st_size)

        def works() -> bool:
            instance = start(api, sequence)
            reply = api.get("/instance_events", params={"instance_ids": instance})
            return reply.status_code == 200 and bool(reply.json()["events"])

        assert wait_until(works, 30)
        assert api.get("/health").json() == {"healthy": True}
        hub.stop()
        for entry in hub.data_dir.glob(f"{FILE}.damaged-*"):
            entry.unlink()


class Watcher:
    """Reads a watch stream in a thread, over all connections."""

    def __init__(self, url: str) -> None:
        self.seen: list[tuple[str, str | None, str]] = []
        self._host = HostClient(url)
        self._watch = self._host.watch().open()
        self._last = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for event in self._watch:
            self.seen.append((event.id, event.instance_id, event.type))
            if event.instance_id == self._last and event.type == "ended":
                return

    def finish(self, last: str) -> None:
        """Read up to the end of an Instance."""
        self._last = last
        self._thread.join(60)
        assert not self._thread.is_alive()
        self._watch.close()
        self._host.close()


def test_a_watch_through_20_kills_misses_nothing_and_shows_nothing_twice(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with HubProcess(tmp_path, "--port", str(port)) as hub:
        with hub.client() as api:
            sequence = upload(api)
        watcher = Watcher(hub.url)
        acknowledged: set[tuple[str, str]] = set()
        shown: set[str] = set()

        def work() -> None:
            with hub.client() as api:
                while True:
                    try:
                        instance = start(api, sequence)
                        assert kinds(events(api, instance_ids=instance))[0] == "created"
                        acknowledged.add((instance, "created"))
                        shown.update(event["id"] for event in events(api, order="desc", limit=20))
                        assert api.post(f"/instance/{instance}/_kill", json={}).status_code == 202
                        acknowledged.add((instance, "kill"))
                    except httpx.TransportError:
                        return

        with ThreadPoolExecutor(2) as pool:
            for _ in range(20):
                before = len(acknowledged)
                workers = [pool.submit(work) for _ in range(2)]
                assert wait_until(lambda: len(acknowledged) >= before + 4, 60)  # noqa: B023 - waited for here
                hub.kill()
                for worker in workers:
                    worker.result(60)
                hub.start()
        with hub.client() as api:
            last = start(api, sequence)
            acknowledged.add((last, "created"))
            watcher._last = last
            api.post(f"/instance/{last}/_kill", json={})
            until_ended(api, last)
            watcher.finish(last)
            kept = [(event["id"], event.get("instance_id"), event["type"]) for event in all_events(api)]
    numbers = [int(number) for number, _, _ in watcher.seen]
    assert numbers == sorted(set(numbers))
    assert acknowledged <= {(instance, kind) for _, instance, kind in watcher.seen}
    assert shown <= {number for number, _, _ in watcher.seen}
    assert watcher.seen == kept[: len(watcher.seen)]


def all_events(api: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = api.get("/instance_events", params={"limit": 1000, "offset": len(found)}).json()
        found += page["events"]
        if not page["has_next"]:
            return found
