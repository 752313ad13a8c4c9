"""Events to Instances and from them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.packages import pack_python
from tests.support.runs import Run, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.hub_process import HubProcess

MIRROR = """
import asyncio
async def run(context, input):
    async def later(message):
        await asyncio.sleep(0)
        context.emit("later", message)
    def burst(count):
        for number in range(count):
            context.emit("burst", number)
            context.emit("other", number)
    context.on("now", lambda message: context.emit("now", message))
    context.on("later", later)
    context.on("burst", burst)
    context.on("quiet", lambda message: context.emit("quiet"))
    context.on("end", lambda message: context.end())
    context.emit("up", True)
    await asyncio.get_running_loop().create_future()
"""


@pytest.fixture
def mirror(api: httpx.Client) -> Iterator[Run]:
    run = start(api, pack_python(MIRROR))
    assert api.get(f"{run.path}/event/up").json() is True
    yield run
    if run.info()["status"] == "running":
        run.post("_kill")


def send(run: Run, name: str, message: Any) -> None:
    reply = run.post("_event", [5001, {"eventName": name, "message": message}])
    assert (reply.status_code, reply.json()) == (200, {"accepted": "OK"})


@pytest.mark.parametrize("name", ["now", "later"])
@pytest.mark.parametrize("message", [0, "", False, None, {"a": [1]}, "text"])
def test_the_last_event_of_a_name(mirror: Run, name: str, message: Any) -> None:
    send(mirror, name, message)
    for _ in range(2):
        assert mirror.api.get(f"{mirror.path}/event/{name}").json() == message


def test_an_event_may_come_as_an_object_and_without_a_message(mirror: Run) -> None:
    assert mirror.post("_event", {"eventName": "quiet"}).status_code == 200
    assert mirror.api.get(f"{mirror.path}/event/quiet").json() == ""


def test_the_first_event_is_waited_for(mirror: Run, hub: HubProcess) -> None:
    with ThreadPoolExecutor(1) as threads, hub.client() as other:
        waiting = threads.submit(other.get, f"{mirror.path}/event/now")
        while not waiting.done():
            send(mirror, "now", "here")
        assert waiting.result().json() == "here"


def test_the_next_event_of_a_name_and_of_any(mirror: Run, hub: HubProcess) -> None:
    send(mirror, "now", "old")
    assert mirror.api.get(f"{mirror.path}/event/now").json() == "old"
    with ThreadPoolExecutor(2) as threads, hub.client() as one, hub.client() as other:
        named = threads.submit(one.get, f"{mirror.path}/once/now")
        any_name = threads.submit(other.get, f"{mirror.path}/once")
        while not named.done() or not any_name.done():
            send(mirror, "now", 0)
        assert named.result().json() == 0
        assert any_name.result().json() == {"eventName": "now", "message": 0}


def test_streams_miss_nothing(mirror: Run, hub: HubProcess) -> None:
    def follow(path: str) -> list[Any]:
        with hub.client() as client, client.stream("GET", f"{mirror.path}/{path}") as reply:
            assert reply.status_code == 200
            joined.append(path)
            return [json.loads(line) for line in reply.iter_lines()]

    joined: list[str] = []
    with ThreadPoolExecutor(4) as threads:
        named = [threads.submit(follow, "events/burst") for _ in range(2)]
        everything = threads.submit(follow, "event")
        while len(joined) < 3:
            pass
        send(mirror, "burst", 2000)
        send(mirror, "end", None)
        assert [task.result() for task in named] == [list(range(2000))] * 2
        expected = [{"eventName": name, "message": n} for n in range(2000) for name in ("burst", "other")]
        assert everything.result() == expected


@pytest.mark.parametrize("path", ["event/never", "once/never", "once"])
def test_one_that_never_comes_is_404_at_the_end(mirror: Run, hub: HubProcess, path: str) -> None:
    with ThreadPoolExecutor(1) as threads, hub.client() as other:
        waiting = threads.submit(other.get, f"{mirror.path}/{path}")
        mirror.post("_kill")
        reply = waiting.result()
        assert reply.status_code == 404
        assert "ended without" in reply.json()["error"]
    mirror.wait_for_end()
    assert mirror.api.get(f"{mirror.path}/{path}").status_code == 404
    assert mirror.api.get(f"{mirror.path}/events/never").content == b""
    assert mirror.api.get(f"{mirror.path}/event/up").json() is True
    assert mirror.post("_event", {"eventName": "now"}).status_code == 400


def test_a_handler_that_fails_ends_the_instance(api: httpx.Client) -> None:
    source = """
import asyncio
async def run(context, input):
    context.on("break", lambda message: message["missing"])
    yield "up"
    await asyncio.get_running_loop().create_future()
"""
    run = start(api, pack_python(source))
    run.wait_for("running")
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == b"up"
        send(run, "break", {})
    ended = run.wait_for_end()
    assert (ended["status"], ended["terminated"]["exitcode"]) == ("errored", 101)
    assert "KeyError" in ended["terminated"]["reason"]
