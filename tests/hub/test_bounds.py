"""Data kept in memory has a bound, and the bound shows."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from scramjet_hub.op_codes import OP_CODES
from scramjet_serving.access.audit import MAX_RECORDS, MAX_REFUSED, AuditTrail

from scripts.servers.wire import connect
from tests.support.hub_process import wait_until
from tests.support.packages import pack_python
from tests.support.runs import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.support.hub_process import HubProcess

TEXT = {"content-type": "text/plain"}
BELLS = """
def run(context, input, names, size):
    for number in range(names):
        context.emit(f"bell {number}", "x" * size)
    return "rung"
"""


def figure(api: httpx.Client, name: str) -> float:
    lines = api.get("/metrics").text.splitlines()
    return float(next(line.rpartition(" ")[2] for line in lines if line.startswith((f"{name} ", f"{name}{{"))))


def recent_audit(hub: HubProcess, token: str) -> list[dict[str, object]]:
    with connect(hub) as wire:
        wire.send(f"GET /api/v1/audit HTTP/1.1\nHost: localhost\nAuthorization: Bearer {token}\n\n")
        assert wire.read_head()[0] == 200
        return [json.loads(line) for line in wire.read_chunk().splitlines()]


def test_topics_are_bounded_in_number(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--max-topics", "3")
    with hub.client() as api:
        for number in range(3):
            assert api.post(f"/topic/t{number}", content="kept\n", headers=TEXT).status_code == 202
        for reply in (
            api.post("/topic/more", content="lost\n", headers=TEXT),
            api.get("/topic/more", headers=TEXT),
            api.post("/topics", json={"id": "more", "content-type": "text/plain"}),
        ):
            assert reply.status_code == 507
            assert "3 topics" in reply.json()["error"]
        # What is there goes on.
        assert api.post("/topic/t0", content="too\n", headers=TEXT).status_code == 202
        # An Instance that wants one says why it cannot run.
        run = start(api, pack_python("def run(context, input):\n    return 'x'\n"), outputTopic="more")
        assert "3 topics" in run.wait_for_end()["terminated"]["reason"]
        assert (figure(api, "scramjet_topics"), figure(api, 'scramjet_limit{option="max_topics"}')) == (3, 3)
        assert api.delete("/topics/t0").status_code == 200
        assert api.post("/topic/more", content="kept\n", headers=TEXT).status_code == 202


def test_topics_are_bounded_in_memory(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--topic-memory", "1000000", "--topic-buffer", "900000")
    line = b"x" * 99_999 + b"\n"
    with hub.client() as api, ThreadPoolExecutor(40) as pool:
        stop = threading.Event()

        def fill(number: int) -> int:
            """Write until it would have to wait for longer than it likes."""
            sent = 0

            def pieces() -> Iterator[bytes]:
                nonlocal sent
                for _ in range(20):
                    yield line
                    sent += 1
                stop.wait()

            with hub.client() as client:
                assert client.post(f"/topic/full{number}", content=pieces(), headers=TEXT).status_code == 202
            return sent

        writers = [pool.submit(fill, number) for number in range(10)]
        assert wait_until(lambda: figure(api, "scramjet_topic_held_bytes") >= 1_000_000, 20)
        held = figure(api, "scramjet_topic_held_bytes")
        # Beyond the limit there is a chunk for each topic, and what came within one look at the sum.
        assert held < 1_000_000 + 10 * 400_000
        # A topic that is read still carries what is written, however full all are.
        with connect(hub) as reader:
            reader.send("GET /api/v1/topic/flows HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n\n")
            assert reader.read_head()[0] == 200
            for _ in range(20):
                assert api.post("/topic/flows", content=line, headers=TEXT).status_code == 202
                received = 0
                while received < len(line):
                    received += len(reader.read_chunk())
        assert held - 100 <= figure(api, "scramjet_topic_held_bytes")
        # Whoever waits goes on once there is room.
        stop.set()
        for number in range(10):
            with connect(hub) as reader:
                path = f"/api/v1/topic/full{number}"
                reader.send(f"GET {path} HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n\n")
                reader.read_head()
                received = 0
                while received < 20 * len(line):
                    received += len(reader.read_chunk())
        assert [writer.result() for writer in writers] == [20] * 10
        assert figure(api, "scramjet_topic_held_bytes") == 0


def test_events_count_and_the_oldest_finished_instances_go(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--finished-memory", "900000", "--event-memory", "500000")
    with hub.client() as api:
        runs = [start(api, pack_python(BELLS), args=[40, 20_000]) for _ in range(4)]
        for run in runs:
            run.wait_for_end()
        assert wait_until(lambda: len(api.get("/instances").json()) == 1, 20)
        assert 400_000 < figure(api, "scramjet_event_held_bytes") <= 500_000
        assert figure(api, "scramjet_finished_held_bytes") <= 900_000
        # The last one of each of the newest names is there, the oldest are forgotten.
        last = api.get("/instances").json()[0]["id"]
        assert api.get(f"/instance/{last}/event/bell 39").json() == "x" * 20_000
        assert api.get(f"/instance/{last}/event/bell 0").status_code == 404


def test_what_an_instance_was_started_with_counts(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--finished-memory", "3000000")
    with hub.client() as api:
        sequence = pack_python("def run(context, input, *args):\n    return 'x'\n")
        runs = [start(api, sequence, args=["x" * 200_000]) for _ in range(4)]
        for run in runs:
            run.wait_for_end()
        assert wait_until(lambda: len(api.get("/instances").json()) == 1, 20)


def test_requests_without_a_token_do_not_flush_the_audit_trail(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--token", "t")
    with hub.client() as api:
        headers = {"authorization": "Bearer t"}
        assert api.post("/topic/audited", content="x\n", headers={**headers, **TEXT}).status_code == 202
        for _ in range(MAX_REFUSED):
            assert api.get("/sequence/none").status_code == 401
        records = recent_audit(hub, "t")
        assert [record["opState"] for record in records if record.get("objectId") == "audited"] == ["START", "END"]
        # The last of those without a token are there too, in their place.
        assert [record["status"] for record in records if record["opState"] == "END"][-1] == 401
        assert api.get("/metrics", headers=headers).text.count("scramjet_audit_records 1002") == 1


def test_web_pages_do_not_flush_the_audit_trail(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        assert api.post("/topic/audited", content="x\n", headers=TEXT).status_code == 202
        for _ in range(200):
            assert api.get("/sequence/none", headers={"sec-fetch-site": "cross-site"}).status_code == 403
        records = recent_audit(hub, "")
        assert [record["opState"] for record in records if record.get("objectId") == "audited"] == ["START", "END"]


@pytest.mark.parametrize("refused", [True, False])
def test_audit_trail_is_bounded(refused: bool) -> None:
    trail = AuditTrail(OP_CODES)
    trail.record("START", "getSequence", "first", refused=not refused)
    for _ in range(MAX_RECORDS + 10):
        trail.record("START", "getSequence", "one", object_id="x" * 100_000, refused=refused)
    assert len(trail) == 1 + (MAX_REFUSED if refused else MAX_RECORDS)
    assert max(len(line) for line in trail._records.values()) < 1000
