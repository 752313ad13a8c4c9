"""Requests that offer another protocol: the Hub serves them as if the offer were not there (RFC 9110 7.8)."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.servers.wire import connect
from tests.support.packages import pack_python
from tests.support.runs import Run, upload
from tests.support.tools import left_out, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.hub_process import HubProcess

JAVA_CLIENT = Path(__file__).with_name("UpgradingClient.java")
TEXT = "Content-Type: text/plain"
H2C = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
OFFERS = [
    H2C,
    ("connection: keep-alive, uPGRADE", "upgrade: WebSocket"),
    ("Connection: upgrade", "Connection: keep-alive", "Upgrade: TLS/1.2, x/y"),
    ("Upgrade: anything at all", "Connection:upgrade,upgrade"),
]
ARGUMENTS = "def run(context, input, *args):\n    return f'{context.config} {args}'\n"


def request(method: str, path: str, *headers: str, version: str = "1.1", body: bytes = b"") -> bytes:
    lines = [f"{method} /api/v1{path} HTTP/{version}", "Host: localhost", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def sized(body: bytes) -> tuple[str, bytes]:
    return f"Content-Length: {len(body)}", body


def chunked(body: bytes, size: int = 7) -> tuple[str, bytes]:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return "Transfer-Encoding: chunked", b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [*pieces, b""])


@contextmanager
def topic(api: httpx.Client, name: str) -> Iterator[str]:
    """A topic of lines that is gone afterwards."""
    assert api.post("/topics", json={"id": name, "content-type": "text/plain"}).status_code == 200
    yield name
    assert api.delete(f"/topics/{name}").status_code == 200


def stored(hub: HubProcess, name: str, size: int) -> bytes:
    """The first bytes that a topic has kept."""
    with connect(hub) as wire:
        wire.send(request("GET", f"/topic/{name}", TEXT))
        assert wire.read_head()[0] == 200
        found = b""
        while len(found) < size:
            found += wire.read_chunk()
    return found


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("framed", [sized, chunked])
@pytest.mark.parametrize("cut", ["nowhere", "before the body", "everywhere"])
def test_body_behind_an_offer_arrives(hub: HubProcess, api: httpx.Client, offer: tuple[str, ...], framed, cut) -> None:  # type: ignore[no-untyped-def]
    length, body = framed(b"one\ntwo\nthree\n")
    head = request("POST", "/topic/offered", TEXT, *offer, length)
    pieces = {
        "nowhere": [head + body],
        "before the body": [head, body],
        "everywhere": [bytes([byte]) for byte in head + body],
    }[cut]
    with topic(api, "offered"), connect(hub) as wire:
        for piece in pieces:
            wire.send(piece)
        assert wire.read_reply().status == 202
        # The connection serves on.
        wire.send(request("GET", "/version"))
        assert wire.read_reply().status == 200
        assert stored(hub, "offered", 14) == b"one\ntwo\nthree\n"


@given(data=st.data(), count=st.integers(1, 6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pipelined_requests_are_all_served_whole(
    hub: HubProcess, api: httpx.Client, data: st.DataObject, count: int
) -> None:
    sent, statuses, written = b"", [], b""
    for number in range(count):
        offer = data.draw(st.sampled_from([(), *OFFERS]))
        if data.draw(st.booleans()):
            text = b"%d " % number * data.draw(st.integers(1, 3000)) + b"\n"
            length, body = data.draw(st.sampled_from([sized, chunked]))(text)
            sent += request("POST", "/topic/pipelined", TEXT, *offer, length, body=body)
            statuses.append(202)
            written += text
        else:
            sent += request("GET", data.draw(st.sampled_from(["/version", "/topics", "/instance/none"])), *offer)
            statuses.append(404 if b"/instance/none HTTP" in sent.rpartition(b"GET ")[2] else 200)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=4)))
    with topic(api, "pipelined"), connect(hub) as wire:
        for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
            wire.send(sent[start:end])
        assert [wire.read_reply().status for _ in statuses] == statuses
        assert stored(hub, "pipelined", len(written)) == written


def test_offer_that_waits_to_continue_is_told_to(hub: HubProcess, api: httpx.Client) -> None:
    with topic(api, "expecting"), connect(hub) as wire:
        wire.send(request("POST", "/topic/expecting", TEXT, *H2C, "Content-Length: 5", "Expect: 100-continue"))
        assert wire.read_head()[0] == 100
        wire.send(b"line\n")
        assert wire.read_reply().status == 202


def test_offer_of_an_old_client_is_served_and_the_connection_closed(hub: HubProcess, api: httpx.Client) -> None:
    with topic(api, "old"), connect(hub) as wire:
        wire.send(request("POST", "/topic/old", TEXT, *H2C, "Content-Length: 5", version="1.0", body=b"line\n"))
        assert wire.read_reply().status == 202
        assert wire.at_end()
        assert stored(hub, "old", 5) == b"line\n"


def test_head_that_is_read_twice_is_no_longer_than_others(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(request("GET", "/version", *H2C, "X-Long: " + "x" * 70_000))
        assert wire.read_reply().status == 431
        assert wire.at_end()


def test_arguments_behind_an_offer_arrive(hub: HubProcess, api: httpx.Client) -> None:
    sequence = upload(api, pack_python(ARGUMENTS))
    length, body = sized(json.dumps({"args": [1, "two"], "appConfig": {"three": 3}}).encode())
    with connect(hub) as wire:
        wire.send(request("POST", f"/sequence/{sequence}/start", "Content-Type: application/json", *H2C, length))
        wire.send(body)
        reply = wire.read_reply()
    assert reply.status == 200
    assert Run(api, reply.json()["id"]).read() == b"{'three': 3} (1, 'two')"


@needs("java", "javac")
def test_jdk_client_with_its_defaults(hub: HubProcess, api: httpx.Client) -> None:
    sequence = upload(api, pack_python(ARGUMENTS))
    with topic(api, "from-java"):
        command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", str(JAVA_CLIENT), hub.url, sequence, "from-java"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        *statuses, instance = done.stdout.splitlines()
        assert statuses == ["202", "202", "200"]
        assert stored(hub, "from-java", 22) == b"from a text\nin chunks\n"
    assert Run(api, json.loads(instance)["id"]).read() == b"{} ('from', 'java')"


@needs("curl")
def test_curl_that_prefers_http2(hub: HubProcess, api: httpx.Client) -> None:
    if "HTTP2" not in subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True).stdout:
        pytest.skip(left_out("curl", because="with HTTP/2"))
    with topic(api, "from-curl"):
        for extra in ([], ["--header", "Transfer-Encoding: chunked"]):
            command = ["curl", "--silent", "--show-error", "--http2", "--noproxy", "*", "--header", TEXT, *extra]
            command += ["--write-out", "%{http_code}", "--data-binary", "line\n", f"{hub.url}/topic/from-curl"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=60)
            assert (done.returncode, done.stdout) == (0, "{}202"), done.stderr
        assert stored(hub, "from-curl", 10) == b"line\nline\n"
