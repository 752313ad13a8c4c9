"""Reading changes nothing: HEAD, tokens that may only read, readers that leave before they have got anything."""

from __future__ import annotations

import signal
import socket
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from scripts.servers.wire import Wire, connect
from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python
from tests.support.runs import Run, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

TEXT = {"content-type": "text/plain"}
TALKER = """
import sys

def run(context, input):
    print("stdout", flush=True)
    print("stderr", file=sys.stderr, flush=True)
    context.logger.info("log")
    context.emit("ready", {})
    return "output\\n"
"""


@pytest.fixture(scope="module")
def talker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Run]]:
    """An Instance that has ended and of which nothing has been read."""
    with HubProcess(tmp_path_factory.mktemp("talker")) as hub, hub.client() as api:
        run = start(api, pack_python(TALKER))
        run.wait_for_end()
        yield api, run


@pytest.mark.parametrize("stream", ["stdout", "stderr", "output", "log"])
def test_head_takes_nothing_of_an_instance(talker: tuple[httpx.Client, Run], stream: str) -> None:
    api, run = talker
    for _ in range(2):
        head = api.head(f"{run.path}/{stream}")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == "application/octet-stream"
    assert stream in run.read(stream).decode()


@pytest.mark.parametrize("path", ["/event", "/events/ready"])
def test_head_follows_no_events(talker: tuple[httpx.Client, Run], path: str) -> None:
    api, run = talker
    assert api.head(run.path + path).status_code == 200


def test_head_takes_nothing_of_a_topic(api: httpx.Client) -> None:
    assert api.post("/topic/looked-at", content="kept\n", headers=TEXT).status_code == 202
    for _ in range(2):
        head = api.head("/topic/looked-at", headers=TEXT)
        assert (head.status_code, head.headers["content-type"], head.content) == (200, "text/plain", b"")
    assert api.head("/topic/looked-at", headers={"content-type": "application/x-ndjson"}).status_code == 415
    with api.stream("GET", "/topic/looked-at", headers=TEXT) as reply:
        assert next(reply.iter_lines()) == "kept"
    assert api.delete("/topics/looked-at").status_code == 200


def test_head_makes_no_topic(api: httpx.Client) -> None:
    head = api.head("/topic/unmade", headers=TEXT)
    assert (head.status_code, head.headers["content-type"]) == (200, "text/plain")
    assert api.head("/topic/unmade", headers={"content-type": "image/png"}).status_code == 400
    assert api.get("/topics").json() == []


def test_token_that_may_read_makes_no_topic(start_hub: Callable[..., HubProcess], tmp_path) -> None:  # type: ignore[no-untyped-def]
    tokens = tmp_path / "tokens"
    tokens.write_text("read r\nmanage m\n")
    hub = start_hub("--token-file", str(tokens))
    with hub.client() as api:
        may_read, may_manage = ({"authorization": f"Bearer {token}", **TEXT} for token in "rm")
        for method in ("GET", "HEAD"):
            assert api.request(method, "/topic/new", headers=may_read).status_code == 403
        assert api.get("/topics", headers=may_manage).json() == []
        assert api.post("/topic/new", content="kept\n", headers=may_manage).status_code == 202
        assert api.head("/topic/new", headers=may_read).status_code == 200
        with api.stream("GET", "/topic/new", headers=may_read) as reply:
            assert next(reply.iter_lines()) == "kept"


LINES = b"".join(b"line %06d\n" % number for number in range(50_000))
RESET = struct.pack("ii", 1, 0)
QUICK = ("--reader-timeout", "1", "--topic-buffer", "65536", "--stream-buffer", "65536")


def get(path: str, content_type: str = "text/plain") -> str:
    return f"GET /api/v1{path} HTTP/1.1\nHost: localhost\nContent-Type: {content_type}\n\n"


def narrow(hub: HubProcess) -> Wire:
    """A connection whose client takes only some kilobytes while nobody reads it."""
    connection = socket.socket()
    connection.settimeout(30)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((hub.host, hub.port))
    return Wire(connection)


def read_to_the_end(wire: Wire) -> None:
    while wire.read_chunk():
        pass


def leave(wire: Wire, how: str) -> None:
    """End a connection in one of the ways there are."""
    if how == "reset":
        wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    wire.socket.close()


def read_lines(hub: HubProcess, path: str, last: bytes) -> bytes:
    """What a reader gets, up to some last line."""
    with connect(hub) as wire:
        wire.send(get(path))
        assert wire.read_head()[0] == 200
        found = b""
        while not found.endswith(last):
            found += wire.read_chunk()
    return found


@pytest.mark.parametrize("how", ["closed", "reset"])
def test_client_that_leaves_a_topic_at_once_takes_nothing(hub: HubProcess, api: httpx.Client, how: str) -> None:
    assert api.post("/topic/left", content=b"one\ntwo\n", headers=TEXT).status_code == 202
    for _ in range(30):
        with connect(hub) as wire:
            wire.send(get("/topic/left"))
            leave(wire, how)
    assert read_lines(hub, "/topic/left", b"two\n") == b"one\ntwo\n"
    assert api.delete("/topics/left").status_code == 200


def test_client_that_leaves_at_once_takes_nothing_from_a_hub_that_notices_late(
    start_hub: Callable[..., HubProcess],
) -> None:
    hub = start_hub()
    with hub.client() as api, connect(hub) as wire:
        assert api.post("/topic/late", content=b"one\ntwo\n", headers=TEXT).status_code == 202
        wire.send(get("/topic/late"))
        # Its system has confirmed all, and its program has not read it.
        while b"two" not in wire.socket.recv(4096, socket.MSG_PEEK):
            threading.Event().wait(0.001)
        hub.process.send_signal(signal.SIGSTOP)
        try:
            leave(wire, "reset")
            threading.Event().wait(1.5)
        finally:
            hub.process.send_signal(signal.SIGCONT)
        assert read_lines(hub, "/topic/late", b"two\n") == b"one\ntwo\n"


@pytest.mark.parametrize("stream", ["stdout", "output"])
def test_client_that_leaves_an_instance_at_once_takes_nothing(api: httpx.Client, hub: HubProcess, stream: str) -> None:
    run = start(api, pack_python(TALKER))
    run.wait_for_end()
    for how in ["closed", "reset"] * 15:
        with connect(hub) as wire:
            wire.send(get(f"{run.path}/{stream}"))
            leave(wire, how)
    # Until the Hub has seen the last one leave, that one has it.
    read: list[bytes] = []

    def something() -> bool:
        read.append(run.read(stream))
        return bool(read[-1])

    assert wait_until(something, 30)
    assert read[-1] == f"{stream}\n".encode()


@pytest.mark.parametrize("how", ["closed", "reset"])
@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream"])
def test_what_a_reader_did_not_receive_goes_to_the_next(
    start_hub: Callable[..., HubProcess], how: str, content_type: str
) -> None:
    hub = start_hub("--topic-buffer", str(len(LINES)))
    with hub.client() as api:
        assert api.post("/topic/cut", content=LINES, headers={"content-type": content_type}).status_code == 202
        wire = narrow(hub)
        wire.send(get("/topic/cut", content_type))
        wire.read_head()
        wire.read_exactly(20_000)
        # One that leaves within a second, as the Hub sees it, counts as one that has read nothing.
        threading.Event().wait(2)
        leave(wire, how)
        with connect(hub) as following:
            following.send(get("/topic/cut", content_type))
            following.read_head()
            found = b""
            while not found.endswith(LINES[-12:]):
                found += following.read_chunk()
    assert LINES.endswith(found)
    # The first one has read so much, and no more than its buffers hold besides.
    assert len(LINES) - 200_000 < len(found) < len(LINES) - 19_000
    if content_type == "text/plain":
        assert found.startswith(b"line ")


def test_what_a_killed_instance_did_not_take_goes_to_the_next(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--topic-buffer", str(len(LINES)))
    source = "import threading\ndef run(context, input):\n    threading.Event().wait()\n"
    with hub.client() as api:
        run = start(api, pack_python(source), inputTopic="food")
        run.wait_for("running")
        assert api.post("/topic/food", content=LINES, headers=TEXT).status_code == 202
        assert run.post("_kill").status_code == 202
        run.wait_for_end()
        found = read_lines(hub, "/topic/food", LINES[-12:])
    assert LINES.endswith(found)
    assert found.startswith(b"line ")
    # A socket holds some hundred kilobytes; what is in it, the runner may have taken.
    assert len(found) > len(LINES) // 4


def test_stuck_reader_is_cut_off_and_the_others_get_everything(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub(*QUICK)
    data = LINES * 20
    with hub.client() as api, connect(hub) as good, ThreadPoolExecutor(1) as threads:
        stuck = narrow(hub)
        for wire in (good, stuck):
            wire.send(get("/topic/busy"))
            assert wire.read_head()[0] == 200
        written = threads.submit(api.post, "/topic/busy", content=data, headers=TEXT)
        found = bytearray()
        while len(found) < len(data):
            found += good.read_chunk()
        assert found == data
        assert written.result().status_code == 202
        # It is not told that this was the end: its connection breaks.
        with pytest.raises((EOFError, ConnectionError)):
            read_to_the_end(stuck)
        stuck.socket.close()


def test_slow_reader_is_not_cut_off(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub(*QUICK)
    data = LINES * 4
    with hub.client() as api, ThreadPoolExecutor(1) as threads:
        slow = narrow(hub)
        slow.send(get("/topic/slow"))
        assert slow.read_head()[0] == 200
        written = threads.submit(api.post, "/topic/slow", content=data, headers=TEXT)
        pause = threading.Event()
        found = bytearray()
        # Pauses shorter than the time-out, and longer than it in all.
        while len(found) < len(data):
            if len(found) < len(data) // 2:
                pause.wait(0.02)
            found += slow.read_chunk()
        assert found == data
        assert written.result().status_code == 202
        slow.socket.close()


def test_without_a_time_out_nobody_is_cut_off(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--topic-buffer", "65536")
    with hub.client() as api, ThreadPoolExecutor(1) as threads:
        stuck = narrow(hub)
        stuck.send(get("/topic/patient"))
        stuck.read_head()
        written = threads.submit(api.post, "/topic/patient", content=LINES * 10, headers=TEXT)
        threading.Event().wait(2)
        assert not written.done()
        found = bytearray()
        while len(found) < len(LINES) * 10:
            found += stuck.read_chunk()
        assert written.result().status_code == 202
        stuck.socket.close()


def test_stuck_instance_is_killed_and_says_why(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub(*QUICK)
    source = "import threading\ndef run(context, input):\n    threading.Event().wait()\n"
    with hub.client() as api, connect(hub) as good, ThreadPoolExecutor(1) as threads:
        run = start(api, pack_python(source), inputTopic="food")
        run.wait_for("running")
        good.send(get("/topic/food"))
        good.read_head()
        written = threads.submit(api.post, "/topic/food", content=LINES * 4, headers=TEXT)
        found = bytearray()
        while len(found) < len(LINES) * 4:
            found += good.read_chunk()
        assert written.result().status_code == 202
        assert "took nothing from the topic food" in run.wait_for_end()["terminated"]["reason"]


def test_what_a_reader_leaves_goes_to_the_one_that_joined_after_it(hub: HubProcess, api: httpx.Client) -> None:
    assert api.post("/topic/heir", content=b"kept\n", headers=TEXT).status_code == 202
    # Both have joined before the first could be given anything; then it leaves.
    with connect(hub) as first, connect(hub) as second:
        first.send(get("/topic/heir"))
        second.send(get("/topic/heir"))
        leave(first, "reset")
        assert second.read_head()[0] == 200
        assert second.read_chunk() == b"kept\n"
        assert api.post("/topic/heir", content=b"new\n", headers=TEXT).status_code == 202
        assert second.read_chunk() == b"new\n"
    assert api.delete("/topics/heir").status_code == 200
