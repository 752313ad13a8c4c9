"""The fast path: gives the same replies as the normal path, which unusual requests take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_hub.handlers import OPERATIONS
from scramjet_serving import description
from scramjet_serving.http1.fast_path import is_fixed

from scripts.servers.wire import connect
from tests.support.archives import package

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from scripts.servers.wire import Reply
    from tests.support.hub_process import HubProcess

import scramjet_hub.handlers  # noqa: F401 - it registers the handlers

SHOWN = [
    operation.path
    for operation in description.load("hub").operations
    if OPERATIONS[operation.id].snapshot is not None and is_fixed(operation)
]
OWN_HEADERS = ("date", "x-request-id")
MANAGE = "a-token-that-may-do-everything"


def get(path: str, *headers: str, version: str = "1.1", body: str = "") -> str:
    return "\n".join([f"GET /api/v1{path} HTTP/{version}", "Host: localhost", *headers, "", body])


def shared(reply: Reply) -> tuple[int, dict[str, str], bytes]:
    return reply.status, {name: text for name, text in reply.headers.items() if name not in OWN_HEADERS}, reply.body


def test_what_is_polled_most_is_shown_at_once() -> None:
    # Not /health, which asks others how they are.
    assert {"/version", "/sequences", "/instances", "/topics", "/status"} <= set(SHOWN)


@pytest.mark.parametrize("path", SHOWN)
def test_the_reply_is_the_one_of_the_usual_way(hub: HubProcess, api: httpx.Client, path: str) -> None:
    sequence = api.post("/sequence", content=package()).json()["id"]
    with connect(hub) as wire:
        wire.send(get(path))
        at_once = wire.read_reply()
        wire.send(get(f"{path}?unusual"))
        usual = wire.read_reply()
    assert shared(at_once) == shared(usual)
    assert all(at_once.headers[name] for name in OWN_HEADERS)
    assert at_once.headers["x-request-id"] != usual.headers["x-request-id"]
    assert api.delete(f"/sequence/{sequence}").status_code == 200


def test_a_snapshot_is_of_this_moment(hub: HubProcess, api: httpx.Client) -> None:
    with connect(hub) as wire:
        wire.send(get("/sequences"))
        assert wire.read_reply().json() == []
        sequence = api.post("/sequence", content=package()).json()["id"]
        wire.send(get("/sequences"))
        assert [item["id"] for item in wire.read_reply().json()] == [sequence]
    assert api.delete(f"/sequence/{sequence}").status_code == 200


def test_it_keeps_its_place_in_a_pipeline(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(get("/nope") + get("/version") + get("/topics?slow") + get("/topics") + get("/version", "Origin: x"))
        replies = [wire.read_reply() for _ in range(5)]
    assert [reply.status for reply in replies] == [404, 200, 200, 200, 200]
    assert ["version" in reply.json() for reply in replies] == [False, True, False, False, True]


@pytest.mark.parametrize(
    ("headers", "version"), [(("Connection: close",), "1.1"), ((), "1.0")], ids=["close", "HTTP/1.0"]
)
def test_a_connection_that_is_to_close_closes(hub: HubProcess, headers: tuple[str, ...], version: str) -> None:
    with connect(hub) as wire:
        wire.send(get("/version", *headers, version=version))
        assert wire.read_reply().headers["connection"] == "close"
        assert wire.at_end()


def test_a_body_that_nobody_asked_for_is_not_the_next_request(hub: HubProcess) -> None:
    with connect(hub) as wire:
        wire.send(get("/version", "Content-Length: 6", body="GET / ") + get("/topics"))
        assert wire.read_reply().status == 200
        assert wire.read_reply().json() == []


def test_it_is_counted(api: httpx.Client) -> None:
    def counted() -> float:
        lines = api.get("/metrics").text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if 'operation="getVersion"' in line)

    before = counted()
    api.get("/version")
    api.get("/version?unusual")
    assert counted() == before + 2


@pytest.mark.parametrize(
    ("header", "status"),
    [("", 401), ("Authorization: Bearer another", 401), (f"Authorization: Bearer {MANAGE}", 200)],
    ids=["none", "unknown", "known"],
)
def test_it_is_not_for_everybody(start_hub: Callable[..., HubProcess], header: str, status: int) -> None:
    hub = start_hub("--token", MANAGE)
    with connect(hub) as wire:
        wire.send(get("/sequences", *filter(None, [header])))
        reply = wire.read_reply()
        wire.send(get("/version"))
        assert wire.read_reply().status == 200
    assert reply.status == status
    assert ("www-authenticate" in reply.headers) == (status == 401)


def test_with_cors_a_reply_depends_on_the_origin(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--cors-origin", "https://example.test")
    with connect(hub) as wire:
        wire.send(get("/version"))
        assert wire.read_reply().headers["vary"] == "origin"
        wire.send(get("/version", "Origin: https://example.test"))
        assert wire.read_reply().headers["access-control-allow-origin"] == "https://example.test"
