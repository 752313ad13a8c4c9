"""Streams of Instances: stdin, input, output, inout, several readers, back-pressure."""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import wait_until
from tests.support.packages import SEQUENCES, pack, pack_python
from tests.support.runs import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.hub_process import HubProcess

HEAD = "POST /api/v1/instance/{}/{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n{}\r\n\r\n"
STUCK = "import time\ndef run(context, input):\n    time.sleep(600)\n"


@pytest.mark.parametrize(
    ("header", "status", "ends"),
    [
        ({}, 200, True),
        ({"x_end_stream": "true"}, 200, True),
        ({"x_end_stream": "True"}, 200, True),
        ({"x_end_stream": "undefined"}, 200, True),
        ({"x_end_stream": "false"}, 202, False),
        ({"x_end_stream": "False"}, 202, False),
    ],
)
def test_what_ends_the_input(api: httpx.Client, header: dict[str, str], status: int, ends: bool) -> None:
    run = start(api, pack("echo"))
    assert run.write("a\n", **header).status_code == status
    late = run.write("b\n", **header)
    if ends:
        assert (late.status_code, late.json()) == (409, {"error": "The input of the Instance has ended"})
    else:
        assert late.status_code == 202
        run.write("")
    assert run.read() == (b"a\n" if ends else b"a\nb\n")


def test_what_ends_stdin(api: httpx.Client) -> None:
    run = start(api, pack_python("import sys\ndef run(context, input):\n    return sys.stdin.read()\n"))
    assert run.write("a", None, to="stdin", x_end_stream="false").status_code == 202
    assert run.write("b", None, to="stdin").status_code == 200
    assert run.write("c", None, to="stdin").status_code == 409
    assert run.read() == b"ab"


def test_the_content_type_of_the_input(api: httpx.Client) -> None:
    run = start(api, pack("records"))
    reply = run.write("1", None, x_end_stream="false")
    error = "Content-Type must be defined"
    assert (reply.status_code, reply.json()["error"]) == (406, error)
    assert reply.json()["fields"] == [{"field": "content-type", "description": error}]
    assert run.write("1", "application/x-ndjson", x_end_stream="false").status_code == 202
    assert run.write("2", "text/plain", x_end_stream="false").status_code == 415
    assert run.write("3", "application/x-ndjson; charset=utf-8", x_end_stream="false").status_code == 202
    assert run.write("4", None).status_code == 200
    assert [json.loads(line)["got"] for line in run.read().splitlines()] == [1, 3, 4]


def test_writes_are_taken_one_after_the_other(api: httpx.Client, hub: HubProcess) -> None:
    run = start(api, pack("echo"))

    def lines(letter: bytes) -> Iterator[bytes]:
        for _ in range(50):
            yield letter * 100
            time.sleep(0.001)

    def write(letter: bytes) -> int:
        with hub.client() as client:
            headers = {"content-type": "application/octet-stream", "x-end-stream": "false"}
            return client.post(f"{run.path}/input", content=lines(letter), headers=headers).status_code

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(write, [b"a", b"b", b"c", b"d"])) == [202] * 4
    run.write(b"", "application/octet-stream")
    read = run.read()
    assert sorted(read[n : n + 5000] for n in range(0, len(read), 5000)) == [
        letter * 5000 for letter in (b"a", b"b", b"c", b"d")
    ]


def test_a_client_that_breaks_off_does_not_end_the_input(api: httpx.Client, hub: HubProcess) -> None:
    run = start(api, pack("echo"))
    run.wait_for("running")
    with socket.create_connection((hub.host, hub.port)) as connection:
        connection.sendall(HEAD.format(run.id, "input", "Content-Length: 100").encode() + b"broken\n")
        with api.stream("GET", f"{run.path}/output") as reply:
            assert next(reply.iter_bytes()) == b"broken\n"
    assert run.write("whole\n").status_code == 200
    assert run.read() == b"whole\n"


def test_writing_to_one_that_takes_nothing_waits_and_then_fails(api: httpx.Client, hub: HubProcess) -> None:
    run = start(api, pack_python(STUCK))
    run.wait_for("running")
    with ThreadPoolExecutor(1) as threads, hub.client() as other:
        headers = {"content-type": "application/octet-stream"}
        sending = threads.submit(other.post, f"{run.path}/input", content=bytes(50_000_000), headers=headers)
        time.sleep(0.2)
        assert not sending.done()
        run.post("_kill")
        assert sending.result().status_code == 409
    assert run.write("more").status_code == 409


def test_back_pressure_reaches_the_client_s_socket(api: httpx.Client, hub: HubProcess) -> None:
    run = start(api, pack_python(STUCK))
    run.wait_for("running")
    with socket.create_connection((hub.host, hub.port)) as connection:
        connection.sendall(HEAD.format(run.id, "input", "Content-Length: 1000000000").encode())
        connection.settimeout(0.5)
        sent = 0
        with contextlib.suppress(TimeoutError):
            while sent < 30_000_000:
                sent += connection.send(bytes(100_000))
        assert sent < 30_000_000
    run.post("_kill")


def test_an_instance_that_nobody_reads_waits(api: httpx.Client) -> None:
    source = """
async def run(context, input):
    for number in range(100):
        yield bytes(100_000)
        context.emit("given", number)
"""
    run = start(api, pack_python(source))
    time.sleep(0.3)
    given = api.get(f"{run.path}/event/given").json()
    assert given < 60
    assert run.info()["status"] == "running"
    assert len(run.read()) == 10_000_000


def test_several_readers_get_everything_from_when_they_joined(api: httpx.Client, hub: HubProcess) -> None:
    run = start(api, pack("binary"))
    ready = threading.Barrier(4)

    def read() -> str:
        with hub.client() as client, client.stream("GET", f"{run.path}/output") as reply:
            ready.wait(10)
            digest = hashlib.sha256()
            for number, chunk in enumerate(reply.iter_bytes()):
                digest.update(chunk)
                time.sleep(0.001 * (number % 3))
        return digest.hexdigest()

    data = bytes(range(256)) * 20_000
    with ThreadPoolExecutor(3) as threads:
        reading = [threads.submit(read) for _ in range(3)]
        ready.wait(10)
        assert run.write(data, "application/octet-stream").status_code == 200
        expected = hashlib.sha256(bytes(255 - byte for byte in range(256)) * 20_000).hexdigest()
        assert {result.result() for result in reading} == {expected}


def test_what_a_reader_left_is_for_the_next_one(api: httpx.Client) -> None:
    run = start(api, pack("echo"))
    run.write("one\n", x_end_stream="false")
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == b"one\n"
    run.write("two\n")
    run.wait_for_end()
    assert run.read() == b"two\n"
    assert run.read() == b""


def test_both_ways_at_once(api: httpx.Client, hub: HubProcess) -> None:
    run = start(api, pack("echo"))
    run.wait_for("running")
    with socket.create_connection((hub.host, hub.port), timeout=10) as connection:
        connection.sendall(HEAD.format(run.id, "inout", "Transfer-Encoding: chunked").encode())
        received = b""
        for number in range(3):
            line = b"line %d\n" % number
            connection.sendall(b"%x\r\n%b\r\n" % (len(line), line))
            while line not in received:
                received += connection.recv(4096)
        connection.sendall(b"0\r\n\r\n")
        while not received.endswith(b"\r\n0\r\n\r\n"):
            received += connection.recv(4096)
    assert received.startswith(b"HTTP/1.1 200")
    assert run.wait_for_end()["status"] == "completed"


def test_both_ways_with_an_end_of_its_own(api: httpx.Client) -> None:
    source = "async def run(context, input):\n    async for line in input:\n        yield line\n        return\n"
    run = start(api, pack_python(source))
    assert run.write("one\ntwo\n", to="inout").content == b"one\n"
    assert run.write("three", to="inout").status_code == 409
    stuck = start(api, pack("echo"))
    assert stuck.write("x", None, to="inout").status_code == 406
    stuck.post("_kill")


def test_the_input_may_come_before_the_sequence_is_loaded(api: httpx.Client) -> None:
    source = f"import time\ntime.sleep(0.3)\n{(SEQUENCES / 'echo' / 'main.py').read_text()}"
    run = start(api, pack_python(source))
    assert run.write("early").status_code == 200
    assert run.read() == b"early"


def test_the_log_is_replayed_to_everybody_and_followed(api: httpx.Client) -> None:
    source = """
async def run(context, input):
    async for line in input:
        context.logger.info(line)
        yield line
"""
    run = start(api, pack_python(source))
    with api.stream("GET", f"{run.path}/log") as reply:
        lines = reply.iter_lines()
        run.write("first", x_end_stream="false")
        run.write(" second")
        assert any("first second" in line for line in lines)
    run.wait_for_end()
    assert run.log() == run.log()
    assert [entry["msg"] for entry in run.log() if entry["from"] == "Sequence"] == ["first second"]
    assert run.log()[-1]["data"] == [{"exitcode": 0, "reason": "Instance completed"}]


def test_thousands_of_lines_come_back(api: httpx.Client) -> None:
    data = b"".join(b'{"number":%d}\n' % number for number in range(50_000))
    run = start(api, pack("echo"))
    with ThreadPoolExecutor(1) as threads:
        sending = threads.submit(run.write, data)
        assert run.read() == data
        assert sending.result().status_code == 200


def test_health_waits_for_the_first_report(api: httpx.Client) -> None:
    source = """
import asyncio, time
time.sleep(0.2)
async def run(context, input):
    context.set_health_check(lambda: {"healthy": False, "because": "so"})
    await asyncio.get_running_loop().create_future()
"""
    run = start(api, pack_python(source))
    health = api.get(f"{run.path}/health").json()
    assert (health["healthy"], health["because"]) == (False, "so")
    assert health["processId"] > 0
    run.post("_kill")
    run.wait_for_end()


@pytest.mark.parametrize(
    ("check", "healthy"),
    [
        ("lambda: True", True),
        ("lambda: False", False),
        ("lambda: {}", True),
        ("check", False),
        ("lambda: 1 / 0", False),
    ],
)
def test_health_checks_of_all_kinds(api: httpx.Client, check: str, healthy: bool) -> None:
    source = f"""
import asyncio
async def check():
    return {{"healthy": False}}
async def run(context, input):
    context.set_health_check({check})
    await asyncio.get_running_loop().create_future()
"""
    run = start(api, pack_python(source))
    assert api.get(f"{run.path}/health").json()["healthy"] is healthy
    run.post("_kill")
    run.wait_for_end()
    assert api.get(f"{run.path}/health").json()["healthy"] is False


def test_health_of_one_that_never_reported(api: httpx.Client) -> None:
    run = start(api, pack_python("raise SystemExit(0)"))
    run.wait_for_end()
    assert api.get(f"{run.path}/health").json()["healthy"] is False


def test_the_monitoring_rate(api: httpx.Client) -> None:
    source = """
import asyncio
async def run(context, input):
    count = 0
    def check():
        nonlocal count
        count += 1
        return {"healthy": True, "count": count}
    context.set_health_check(check)
    await asyncio.get_running_loop().create_future()
"""
    run = start(api, pack_python(source))
    assert run.post("_monitoring_rate", [4003, {"monitoringRate": 100}]).json() == {"accepted": True}
    assert wait_until(lambda: api.get(f"{run.path}/health").json().get("count", 0) >= 8, 3)
    run.post("_kill")


def test_a_content_type_of_undefined_is_none(api: httpx.Client) -> None:
    run = start(api, pack("echo"))
    assert run.write("x", "undefined").status_code == 406
    assert run.write("one\n", "text/plain", x_end_stream="false").status_code == 202
    assert run.write("two\n", "undefined").status_code == 200
    assert run.read() == b"one\ntwo\n"


@pytest.mark.parametrize("first", [None, "application/x-ndjson"])
def test_both_ways_with_a_content_type_of_undefined(api: httpx.Client, first: str | None) -> None:
    run = start(api, pack("echo"))
    if first:
        assert run.write("1\n", first, x_end_stream="false").status_code == 202
    assert run.write("2\n", "undefined", to="inout").content == (b"1\n2\n" if first else b"2\n")
