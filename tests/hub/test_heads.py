"""Heads of requests that leave open what is meant: refused, with the status that HTTP has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.servers.wire import connect

if TYPE_CHECKING:
    import httpx

    from tests.support.hub_process import HubProcess

GET = "GET /api/v1/version HTTP/1.1\n"
POST = "POST /api/v1/topic/framed HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n"
CODING = "Transfer-Encoding: "
BODY = "\n5\nsneak\n0\n\n"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (GET + "\n", 400),
        (GET + "Host: a\nHost: a\n\n", 400),
        (GET + "Host: a\nX: y\nhOST: b\n\n", 400),
        (GET + "Host: a b\n\n", 400),
        (GET + "Host: a/b\n\n", 400),
        (GET + "Host: user@a\n\n", 400),
        (GET + "Host: a:b\n\n", 400),
        (GET + "Host: a, b\n\n", 400),
        (GET.replace("1.1", "1.0") + "Host: a\nHost: a\n\n", 400),
        (GET.replace("1.1", "0.9") + "Host: a\n\n", 505),
        (GET.replace("1.1", "1.2") + "Host: a\n\n", 505),
        (GET.replace("1.1", "2.0") + "Host: a\n\n", 505),
        (GET.replace("1.1", "3.0") + "Host: a\n\n", 505),
        (GET.replace("1.1", "one") + "Host: a\n\n", 400),
        ("GET /api/v1/version\n\n", 505),
        ("PRI * HTTP/2.0\n\nSM\n\n", 505),
        (POST + CODING + "gzip\n" + BODY, 501),
        (POST + CODING + "identity\n" + BODY, 501),
        (POST + CODING + "gzip, chunked\n" + BODY, 501),
        (POST + CODING + "gzip\n" + CODING + "chunked\n" + BODY, 501),
        (POST + CODING + "xchunked\n" + BODY, 501),
        (POST + CODING + "chunked, gzip\n" + BODY, 400),
        (POST + CODING + "chunked, chunked\n" + BODY, 400),
        (POST + CODING + "chunked\n" + CODING + "chunked\n" + BODY, 400),
        (POST + CODING + "\n" + BODY, 400),
        (POST + CODING + "chunked\nContent-Length: 5\n" + BODY, 400),
        (POST + "Content-Length: 5\n" + CODING + "chunked\n" + BODY, 400),
        (POST + "Content-Length: 5\n" + CODING + "gzip\n" + BODY, 400),
        (POST.replace("1.1", "1.0") + CODING + "chunked\n" + BODY, 400),
        ("CONNECT localhost:80 HTTP/1.1\nHost: localhost:80\n\n", 501),
        ("CONNECT localhost:80 HTTP/1.1\nHost: localhost:80\nContent-Length: 40\n\n", 501),
        ("CONNECT localhost:80 HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: h2c\n\n", 501),
    ],
)
def test_doubtful_heads_are_refused_and_nothing_behind_them_is_read(hub: HubProcess, head: str, status: int) -> None:
    with connect(hub) as wire:
        wire.send(head + "POST /api/v1/topics HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n")
        reply = wire.read_reply()
        assert (reply.status, reply.headers["connection"]) == (status, "close"), reply.body
        assert reply.json()["error"]
        assert wire.at_end()
    with hub.client() as api:
        assert api.get("/topics").json() == []


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:80", "a_b.localhost", "", "xn--a"])
def test_good_hosts_are_taken(hub: HubProcess, host: str) -> None:
    with connect(hub) as wire:
        wire.send(GET + f"Host: {host}\n\n")
        assert wire.read_reply().status == 200


def test_old_clients_need_no_host(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send("GET /api/v1/version HTTP/1.0\n\n")
        assert wire.read_reply().status == 200


def test_name_of_the_coding_has_no_case(hub: HubProcess, api: httpx.Client) -> None:
    with connect(hub) as wire:
        wire.send(POST + CODING + "Chunked\n" + BODY)
        assert wire.read_reply().status == 202
    assert api.delete("/topics/framed").status_code == 200


def test_refusal_waits_for_the_reply_before_it(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send("GET /api/v1/instance/none HTTP/1.1\nHost: localhost\n\n" + "CONNECT a:1 HTTP/1.1\nHost: a\n\n")
        assert [wire.read_reply().status for _ in range(2)] == [404, 501]
        assert wire.at_end()


def test_trailers_are_no_headers(hub: HubProcess, api: httpx.Client) -> None:
    with connect(hub) as wire:
        wire.send(POST + CODING + "chunked\n\n4\nline\n0\nX-End-Stream: true\nContent-Encoding: gzip\nHost: b\n\n")
        assert wire.read_reply().status == 202
    assert api.delete("/topics/framed").status_code == 200


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "identity, gzip", "aws-chunked"])
@pytest.mark.parametrize(
    "path",
    ["/sequence", "/topics", "/sequence/none/start", "/topic/coded", "/instance/none/input", "/instance/none/stdin"],
)
def test_coded_bodies_are_refused(api: httpx.Client, path: str, coding: str) -> None:
    reply = api.post(path, content=b"coded", headers={"content-encoding": coding})
    assert (reply.status_code, reply.headers["accept-encoding"]) == (415, "identity")
    assert reply.json()["error"]["field"] == "content-encoding"
    assert api.get("/topics").json() == []


def test_bodies_as_they_are_may_say_so(api: httpx.Client) -> None:
    headers = {"content-encoding": "Identity", "content-type": "text/plain"}
    assert api.post("/topic/plain", content=b"line\n", headers=headers).status_code == 202
    assert api.delete("/topics/plain").status_code == 200
