"""Handlers that fail and streams that break, and streams whose readers or writers are slow."""

from __future__ import annotations

import json
import socket
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil
import pytest

from scripts.servers.wire import connect
from tests.support.hub_process import HubProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.servers.wire import Wire

FAILING = """
import asyncio, sys
from scramjet_hub import cli, handlers
from scramjet_hub.handlers import OPERATIONS
from scramjet_serving.messages import StreamResponse, Response
from scramjet_serving.operations import Registered

async def fail(hub, request):
    raise RuntimeError("the secret of the failure")

def show(hub):
    raise RuntimeError("the secret of the snapshot")

async def show_slowly(hub, request):
    return show(hub)

async def break_off(hub, request):
    async def chunks():
        yield b"first"
        await asyncio.sleep(0.05)
        raise RuntimeError("the secret of the stream")
    return StreamResponse(chunks())

async def endless(hub, request):
    async def chunks():
        try:
            while True:
                yield b"x" * 65536
        finally:
            hub.log.write("INFO", "closed", data={"draining": hub.draining})
    return StreamResponse(chunks())

async def late(hub, request):
    try:
        await request.unless_gone(asyncio.sleep(3600))
    finally:
        hub.log.write("INFO", "noticed")
    return Response()

OPERATIONS["getLoad"] = Registered(fail, {})
OPERATIONS["getStatus"] = Registered(show_slowly, {}, show)
OPERATIONS["getMetrics"] = Registered(break_off, {})
OPERATIONS["streamLog"] = Registered(endless, {})
OPERATIONS["getSequence"] = Registered(late, {})
sys.exit(cli.main())
"""


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("hub"), command=(sys.executable, "-c", FAILING)) as hub:
        yield hub


@pytest.mark.parametrize("path", ["/load-check", "/status"])
def test_a_failed_handler_is_500_and_only_the_log_tells_why(failing: HubProcess, path: str) -> None:
    with failing.client() as client:
        reply = client.get(path)

    error = reply.json()["error"]
    assert reply.status_code == 500
    assert reply.headers["x-request-id"] in error["message"]
    assert "secret" not in reply.text
    assert reply.headers["x-request-id"] in failing.stderr
    assert "RuntimeError: the secret of the" in failing.stderr


def test_a_broken_stream_is_cut_so_that_it_cannot_be_taken_for_a_whole_one(failing: HubProcess) -> None:
    with connect(failing) as wire:
        wire.send("GET /api/v1/metrics HTTP/1.1\nHost: localhost\n\n")
        assert wire.read_head()[0] == 200
        assert wire.read_chunk() == b"first"
        with pytest.raises(EOFError):
            wire.read_chunk()
    assert wait_until(lambda: "the secret of the stream" in failing.stderr, 5)


def test_an_endless_stream_starves_nobody_and_ends_with_its_reader(failing: HubProcess) -> None:
    before = failing.stderr.count("closed")
    with connect(failing) as wire, failing.client() as client:
        wire.send("GET /api/v1/log HTTP/1.1\nHost: localhost\n\n")
        wire.read_head()
        for _ in range(100):
            wire.read_chunk()
        started = time.monotonic()
        for _ in range(20):
            assert client.get("/version").status_code == 200
        assert time.monotonic() - started < 5
    assert wait_until(lambda: failing.stderr.count("closed") == before + 1, 5)


def test_who_waits_for_a_client_learns_that_it_has_gone(failing: HubProcess) -> None:
    before = failing.stderr.count("noticed")
    with connect(failing) as closed, connect(failing) as reset, connect(failing) as halved:
        for wire in (closed, reset, halved):
            wire.send("GET /api/v1/sequence/x HTTP/1.1\nHost: localhost\n\n")
        halved.socket.shutdown(socket.SHUT_WR)
        closed.socket.close()
        reset_by(reset)
        assert wait_until(lambda: failing.stderr.count("noticed") == before + 2, 5)
        # This one still listens; all it has got is the question whether it does.
        assert halved.read_head() == (100, {})
        reset_by(halved)
    assert wait_until(lambda: failing.stderr.count("noticed") == before + 3, 5)


def reset_by(wire: Wire) -> None:
    """Hang up as a process that crashes may: without a farewell."""
    wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.socket.close()


CHUNK = b"10000\r\n" + b"y" * 0x10000 + b"\r\n"


def fill(wire: Wire, most: int) -> tuple[int, bytes]:
    """Write chunks until the Hub takes no more for a while.

    Returns:
        How many bytes were begun to be written, and what is left of the last chunk.
    """
    wire.socket.settimeout(0.5)
    chunks = 0
    while chunks * len(CHUNK) < most:
        chunks += 1
        rest = CHUNK
        try:
            while rest:
                rest = rest[wire.socket.send(rest) :]
        except TimeoutError:
            break
    wire.socket.settimeout(10)
    return chunks * 0x10000, rest


def test_a_held_writer_costs_bounded_memory_and_loses_nothing(hub: HubProcess) -> None:
    process = psutil.Process(hub.process.pid)
    before = process.memory_info().rss
    with connect(hub) as reader, connect(hub) as writer:
        writer.send(
            "POST /api/v1/topic/held HTTP/1.1\nHost: localhost\nContent-Type: application/octet-stream\n"
            "Transfer-Encoding: chunked\n\n"
        )
        sent, rest = fill(writer, 300_000_000)
        # What the topic keeps and what is on its way in the sockets' buffers.
        assert sent < 20_000_000
        assert process.memory_info().rss - before < 30_000_000
        reader.send("GET /api/v1/topic/held HTTP/1.1\nHost: localhost\nContent-Type: application/octet-stream\n\n")
        assert reader.read_head()[0] == 200
        # It is read while the rest is written, or neither could go on.
        with ThreadPoolExecutor(1) as pool:
            written = pool.submit(writer.send, rest + b"0\r\n\r\n")
            got = 0
            while got < sent:
                got += len(reader.read_chunk())
            written.result()
        assert got == sent
        assert writer.read_reply().status == 202
    with hub.client() as client:
        assert client.delete("/topics/held").status_code == 200


def test_a_reader_that_does_not_read_costs_bounded_memory(hub: HubProcess) -> None:
    process = psutil.Process(hub.process.pid)
    with connect(hub) as reader, connect(hub) as writer:
        reader.send("GET /api/v1/topic/slow HTTP/1.1\nHost: localhost\nContent-Type: application/octet-stream\n\n")
        assert reader.read_head()[0] == 200
        before = process.memory_info().rss
        writer.send(
            "POST /api/v1/topic/slow HTTP/1.1\nHost: localhost\nContent-Type: application/octet-stream\n"
            "Transfer-Encoding: chunked\n\n"
        )
        assert fill(writer, 300_000_000)[0] < 30_000_000
        assert process.memory_info().rss - before < 30_000_000
        reset_by(writer)
    # Whoever wrote is gone, whoever read is gone, and the Hub has noticed both.
    assert wait_until(lambda: not [record for record in running(hub) if record["objectId"] == "slow"], 10)
    with hub.client() as client:
        assert client.delete("/topics/slow").status_code == 200


def running(hub: HubProcess) -> list[dict[str, str]]:
    """The operations that have begun and not ended."""
    with hub.client() as client, client.stream("GET", "/audit") as reply:
        records = [json.loads(line) for line in next(reply.iter_text()).splitlines()]
    ended = {record["requestId"] for record in records if record["opState"] == "END"}
    begun = [record for record in records if record["opState"] == "START"]
    return [{"objectId": "", **record} for record in begun if record["requestId"] not in ended]
