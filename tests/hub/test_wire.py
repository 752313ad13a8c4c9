"""Connections as no well-behaved client makes them, and promises about when what is sent."""

from __future__ import annotations

import json
import os
import socket
import time
from typing import TYPE_CHECKING

import pytest

from scripts.servers.wire import connect
from tests.support.archives import package
from tests.support.hub_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.hub_process import HubProcess

EXPECT = "Expect: 100-continue\n"


def post(path: str, *headers: str) -> str:
    lines = [f"POST /api/v1{path} HTTP/1.1", "Host: localhost", *headers]
    return "\n".join(lines) + "\n\n"


def get(path: str, *headers: str) -> str:
    return post(path, *headers).replace("POST", "GET", 1)


def test_continue_is_sent_when_the_body_is_wanted(hub: HubProcess, api: httpx.Client) -> None:
    body = package()
    with connect(hub) as wire:
        wire.send(post("/sequence", f"Content-Length: {len(body)}", EXPECT.strip()))
        assert wire.read_head() == (100, {})
        wire.send(body)
        reply = wire.read_reply()

    assert reply.status == 200
    assert api.delete(f"/sequence/{reply.json()['id']}").status_code == 200


@pytest.mark.parametrize(
    ("path", "header", "status"),
    [
        ("/sequence", "Content-Type: text/plain", 415),
        ("/sequence", f"Content-Length: {1 << 40}", 413),
        ("/nope", "Content-Type: application/octet-stream", 404),
        ("/version", "Content-Type: application/octet-stream", 405),
        ("/instance/none/input", "Content-Type: text/plain", 404),
        ("/topic/not%20a%20name", "Content-Type: text/plain", 400),
    ],
)
def test_no_continue_for_a_body_that_is_not_wanted(hub: HubProcess, path: str, header: str, status: int) -> None:
    length = () if header.startswith("Content-Length") else ("Transfer-Encoding: chunked",)
    with connect(hub) as wire:
        wire.send(post(path, header, *length, EXPECT.strip()))
        reply = wire.read_reply()

        assert reply.status == status
        assert reply.json()["error"]
        # The client may or may not send its body now; only a new connection is safe.
        assert reply.headers["connection"] == "close"
        assert wire.at_end()


def test_refusal_arrives_although_the_client_still_sends(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(post("/sequence", "Content-Type: text/plain", "Transfer-Encoding: chunked"))
        for _ in range(20):
            wire.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")
            time.sleep(0.001)
        assert wire.read_reply().status == 415


def test_connection_serves_on_after_a_small_body_nobody_wanted(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(post("/nope", "Content-Length: 10"))
        assert wire.read_reply().status == 404
        wire.send("0123456789" + get("/version"))
        assert wire.read_reply().status == 200


def test_half_closed_client_gets_its_reply(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(get("/version"))
        wire.socket.shutdown(socket.SHUT_WR)
        assert wire.read_reply().json()["apiVersion"] == "v1"
        assert wire.at_end()


def test_half_closed_client_gets_the_reply_to_its_upload(hub: HubProcess, api: httpx.Client) -> None:
    # Large enough for the reply not to be there already when the client closes.
    body = package(extra={"noise": os.urandom(3_000_000)})
    with connect(hub) as wire:
        wire.send(post("/sequence", f"Content-Length: {len(body)}"))
        wire.send(body)
        wire.socket.shutdown(socket.SHUT_WR)
        status, headers = wire.read_head()
        while status == 100:
            status, headers = wire.read_head()
        sequence = json.loads(wire.read_exactly(int(headers["content-length"])))

    assert status == 200
    assert api.delete(f"/sequence/{sequence['id']}").status_code == 200


def test_half_closed_client_reads_a_stream_on(hub: HubProcess, api: httpx.Client) -> None:
    with connect(hub) as wire:
        wire.send(get("/topic/half-closed", "Content-Type: text/plain"))
        assert wire.read_head()[0] == 200
        wire.socket.shutdown(socket.SHUT_WR)
        # Longer than it takes to find out about a client that is gone.
        time.sleep(0.2)
        for text in ("one\n", "two\n"):
            written = api.post("/topic/half-closed", content=text, headers={"content-type": "text/plain"})
            assert written.status_code == 202
            assert wire.read_chunk() == text.encode()
        assert api.delete("/topics/half-closed").status_code == 200
        assert wire.read_chunk() == b""


def test_gone_reader_of_a_quiet_stream_is_noticed(hub: HubProcess, api: httpx.Client) -> None:
    with connect(hub) as wire:
        wire.send(get("/topic/quiet", "Content-Type: text/plain"))
        assert wire.read_head()[0] == 200
    # It closed without a word. Were it still taken for a reader, it would swallow this.
    assert wait_until(lambda: audit_ends(hub, "quiet"), 5)
    api.post("/topic/quiet", content="kept\n", headers={"content-type": "text/plain"})
    with connect(hub) as wire:
        wire.send(get("/topic/quiet", "Content-Type: text/plain"))
        wire.read_head()
        assert wire.read_chunk() == b"kept\n"
    assert api.delete("/topics/quiet").status_code == 200


def audit_ends(hub: HubProcess, subject: str) -> list[dict[str, object]]:
    """The records of what has ended about a subject."""
    with connect(hub) as wire:
        wire.send(get("/audit"))
        wire.read_head()
        lines = wire.read_chunk().splitlines()
    records = [json.loads(line) for line in lines]
    return [record for record in records if record.get("objectId") == subject and record["opState"] == "END"]


def test_truncated_upload_is_no_upload(hub: HubProcess, api: httpx.Client) -> None:
    body = package()
    before = api.get("/sequences").json()
    with connect(hub) as wire:
        wire.send(post("/sequence", "Transfer-Encoding: chunked"))
        wire.send(b"%x\r\n%b\r\n" % (len(body), body))
        # The archive is whole, but the body is not: its last chunk is missing.
        assert wait_until(lambda: list((hub.data_dir / "work").iterdir()), 5)
    assert wait_until(lambda: not list((hub.data_dir / "work").iterdir()), 5)

    assert api.get("/sequences").json() == before


def test_pipelined_requests_are_answered_in_order(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(get("/version") + get("/sequence/first") + get("/health") + get("/sequence/second"))
        replies = [wire.read_reply() for _ in range(4)]

    assert [reply.status for reply in replies] == [200, 404, 200, 404]
    assert "first" in replies[1].json()["error"]
    assert "second" in replies[3].json()["error"]


def test_rubbish_behind_a_request_does_not_spoil_its_reply(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(get("/version") + "what is this\n\n")
        assert wire.read_reply().status == 200
        reply = wire.read_reply()
        assert (reply.status, reply.headers["connection"]) == (400, "close")
        assert wire.at_end()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /api/v1/version HTTP/9.9\r\n\r\n", 505),
        (b"GET /api/v1/version HTTP/1.1\r\nbad header\r\n\r\n", 400),
        (b"GET /api/v1/version HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET /api/v1/" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET /api/v1/" + b"x" * 70_000, 414),
        (b"GET /api/v1/version HTTP/1.1\r\nX-Long: " + b"x" * 70_000 + b"\r\n\r\n", 431),
        (b"GET /api/v1/version HTTP/1.1\r\nX-Long: x\r\nX-Longer: " + b"x" * 70_000, 431),
        (b"GET /api/v1/version HTTP/1.1\r\n" + b"a: b\r\n" * 20_000 + b"\r\n", 431),
        (b"POST /api/v1/topic/x HTTP/1.1\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ],
)
def test_bad_requests_are_refused_in_json(hub: HubProcess, data: bytes, status: int) -> None:
    with connect(hub) as wire:
        wire.send(data)
        reply = wire.read_reply()
        assert reply.status == status
        assert reply.json()["error"]
        assert reply.headers["connection"] == "close"
        assert wire.at_end()


def test_old_clients_get_no_chunks(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send("GET /api/v1/log HTTP/1.0\n\n")
        status, headers = wire.read_head()
        assert status == 200
        assert "transfer-encoding" not in headers
        assert json.loads(wire.read_until(b"\n"))["msg"]


def test_an_upgrade_is_ignored(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(get("/version", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"))
        assert wire.read_reply().status == 200


@pytest.fixture
def impatient(start_hub: Callable[..., HubProcess]) -> HubProcess:
    return start_hub("--head-timeout", "0.3", "--keep-alive", "1")


def test_slow_heads_and_unused_connections_are_closed(impatient: HubProcess) -> None:
    with connect(impatient) as silent, connect(impatient) as slow, connect(impatient) as used:
        slow.send("GET /api/v1/vers")
        used.send(get("/version"))
        assert used.read_reply().status == 200
        assert silent.at_end()
        assert slow.read_reply().status == 408
        assert used.at_end()


def test_second_head_may_not_be_slow_either(impatient: HubProcess) -> None:
    with connect(impatient) as wire:
        wire.send(get("/version") + "GET /api")
        assert wire.read_reply().status == 200
        assert wire.read_reply().status == 408


def test_quiet_streams_are_never_cut(impatient: HubProcess) -> None:
    with connect(impatient) as reader, connect(impatient) as writer:
        reader.send(get("/topic/quiet", "Content-Type: text/plain"))
        reader.read_head()
        writer.send(post("/topic/quiet", "Content-Type: text/plain", "Transfer-Encoding: chunked"))
        # Longer than all of its time-outs.
        time.sleep(2.5)
        writer.send(b"6\r\nstill\n\r\n0\r\n\r\n")
        assert reader.read_chunk() == b"still\n"
        assert writer.read_reply().status == 202


def test_a_broken_body_is_no_failure_of_the_hub_although_the_client_waits_to_continue(
    start_hub: Callable[..., HubProcess],
) -> None:
    hub = start_hub()
    head = "POST /api/v1/topics HTTP/1.1\nhost: localhost\ntransfer-encoding: chunked\nexpect: 100-continue\n\nzz\n"
    for _ in range(20):
        with connect(hub) as wire:
            wire.send(head)
            assert wire.read_head()[0] == 400
    assert "ERROR" not in hub.stderr
