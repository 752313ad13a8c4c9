"""The Hub's log and its audit trail."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_hub.op_codes import OP_CODES
from scramjet_serving.description import load
from scramjet_serving.log import ServiceLog
from scramjet_serving.streams.lines import BATCH, LineLog

from tests.support.archives import package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.support.hub_process import HubProcess


def records(reply: httpx.Response) -> Iterator[dict[str, Any]]:
    for line in reply.iter_lines():
        yield json.loads(line)


def test_the_log_replays_and_follows(api: httpx.Client, hub: HubProcess) -> None:
    with hub.client() as other, other.stream("GET", "/log") as reply:
        assert reply.headers["content-type"] == "application/octet-stream"
        entries = records(reply)
        first = next(entry for entry in entries if entry["msg"] == "Hub starts")
        assert first.keys() == {"level", "msg", "ts", "from", "data"}
        assert (first["level"], first["from"]) == ("INFO", "Hub")
        sequence = api.post("/sequence", content=package()).json()["id"]
        added = next(entry for entry in entries if entry["msg"] == "Sequence added")
        assert added["data"][0]["id"] == sequence
        assert added["ts"] >= first["ts"]
    assert f'INFO  Hub: Sequence added [{{"id":"{sequence}"' in hub.stderr
    api.delete(f"/sequence/{sequence}")


def test_the_audit_trail_frames_each_operation(api: httpx.Client, hub: HubProcess) -> None:
    with hub.client() as other, other.stream("GET", "/audit") as reply:
        trail = records(reply)
        body = package()
        uploaded = api.post("/sequence", content=body)
        sequence = uploaded.json()["id"]
        start, end = take(trail, 40, sequence)
        assert start["requestId"] == end["requestId"] == uploaded.headers["x-request-id"]
        assert (start["opState"], end["opState"]) == ("START", "END")
        assert start["opCode"] == end["opCode"] == 10100
        assert (start["rx"], end["rx"]) == (0, len(body))
        assert (end["tx"], end["status"], end["objectId"]) == (len(uploaded.content), 200, sequence)
        assert "objectId" not in start

        missing = api.delete("/sequence/not-there")
        end = next(r for r in trail if r["requestId"] == missing.headers["x-request-id"] and r["opState"] == "END")
        assert (end["status"], end["objectId"], end["opCode"]) == (404, "not-there", 10400)
    api.delete(f"/sequence/{sequence}")


def take(trail: Iterator[dict[str, Any]], most: int, subject: str) -> list[dict[str, Any]]:
    """The records of the request that ends with this subject."""
    seen = []
    for _ in range(most):
        seen.append(next(trail))
        if seen[-1].get("objectId") == subject:
            return [record for record in seen if record["requestId"] == seen[-1]["requestId"]]
    raise AssertionError(f"nothing about {subject} in {seen}")


def test_a_new_reader_begins_with_the_last_hundred_records(api: httpx.Client) -> None:
    ids = [api.delete("/sequence/x").headers["x-request-id"] for _ in range(80)]
    with api.stream("GET", "/audit") as reply:
        trail = records(reply)
        replayed = [next(trail)["requestId"] for _ in range(100)]

    assert replayed == [request_id for request_id in ids[30:] for _ in range(2)]


def test_every_operation_that_changes_something_is_audited() -> None:
    changing = {operation.id for operation in load("hub").operations if operation.method != "GET"}

    assert changing <= OP_CODES.keys()
    assert OP_CODES.keys() <= {operation.id for operation in load("hub").operations}


def test_levels(start_hub: Callable[..., HubProcess]) -> None:
    quiet = start_hub("--log-level", "WARN")
    quiet.stop()
    loud = start_hub("--log-level", "debug", "--access-log")
    with loud.client() as client:
        request = client.get("/sequences").headers["x-request-id"]
    loud.stop()

    assert "Hub starts" not in quiet.stderr.partition("Hub starts")[0]
    assert f'"path":"/api/v1/sequences","status":200,"request":"{request}"' in loud.stderr


def read(log: LineLog, replay: int | None = None, most: int = 1000) -> list[bytes]:
    """What a reader gets that reads until the log is closed."""

    async def collect() -> list[bytes]:
        batches: list[bytes] = []
        async for batch in log.follow(replay):
            batches.append(batch)
            if len(batches) == most:
                break
        return batches

    return asyncio.run(collect())


def test_a_line_log_is_bounded_by_lines_and_bytes() -> None:
    log = LineLog(3, max_bytes=10)
    for text in ("a\n", "b\n", "c\n", "d\n"):
        log.append(text.encode())
    assert log.recent() == [b"b\n", b"c\n", b"d\n"]
    log.append(b"12345678\n")
    assert log.recent() == [b"12345678\n"]
    log.append(b"longer than all of it\n")
    assert log.recent() == [b"longer than all of it\n"]


@pytest.mark.parametrize(("replay", "expected"), [(None, b"1\n2\n3\n"), (2, b"2\n3\n"), (9, b"1\n2\n3\n"), (0, b"")])
def test_replay(replay: int | None, expected: bytes) -> None:
    log = LineLog(10)
    for number in (1, 2, 3):
        log.append(b"%d\n" % number)
    log.close()

    assert b"".join(read(log, replay)) == expected


def test_lines_come_in_batches_of_bounded_size() -> None:
    log = LineLog(1000)
    for _ in range(100):
        log.append(b"x" * 4095 + b"\n")
    log.close()

    assert [len(batch) for batch in read(log)] == [BATCH] * 6 + [4096 * 4]


def test_a_slow_reader_goes_on_with_what_is_left() -> None:
    async def scenario() -> list[bytes]:
        log = LineLog(2)
        reader = log.follow(0)
        waiting = asyncio.ensure_future(anext(reader))
        await asyncio.sleep(0)
        log.append(b"1\n")
        got = [await waiting]
        for number in range(2, 9):
            log.append(b"%d\n" % number)
        log.close()
        return got + [batch async for batch in reader]

    assert asyncio.run(scenario()) == [b"1\n", b"7\n8\n"]


def test_anything_can_be_logged() -> None:
    async def scenario() -> list[dict[str, Any]]:
        log = ServiceLog(10, "trace")
        log.write("TRACE", "odd", source="test", data={"path": ServiceLog, 3: "x"})
        log.write("INFO", "no UTF-8: \udc80", data=[b"\xff", "\udc80"])
        log.close()
        return [json.loads(line) for line in (await anext(log.follow())).splitlines()]

    odd, broken = asyncio.run(scenario())
    assert odd["data"] == [{"path": str(ServiceLog), "3": "x"}]
    assert (broken["level"], broken["msg"], broken["data"]) == ("INFO", "no UTF-8: \\udc80", ["b'\\xff'", "\\udc80"])
