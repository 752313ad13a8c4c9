"""Topics: who gets what, in which order, and what ends whom."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.hub_process import wait_until
from tests.support.packages import pack, pack_python
from tests.support.runs import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.hub_process import HubProcess

NDJSON, TEXT, BYTES = "application/x-ndjson", "text/plain", "application/octet-stream"


@pytest.fixture
def name(api: httpx.Client, request: pytest.FixtureRequest) -> Iterator[str]:
    made = "topic-" + hashlib.sha256(request.node.name.encode()).hexdigest()[:8]
    yield made
    api.delete(f"/topics/{made}")


def write(api: httpx.Client, name: str, data: Any, content_type: str = TEXT, **headers: str) -> httpx.Response:
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    return api.post(f"/topic/{name}", content=data, headers={"content-type": content_type, **sent})


def read(api: httpx.Client, name: str, content_type: str = TEXT) -> bytes:
    """Everything, to the end."""
    reply = api.get(f"/topic/{name}", headers={"content-type": content_type})
    assert reply.status_code == 200, reply.text
    return reply.content


class Reading:
    """A reader in a thread of its own, which has joined when this is made."""

    def __init__(self, hub: HubProcess, name: str, content_type: str = TEXT, delay: float = 0) -> None:
        self._joined = threading.Event()
        self._threads = ThreadPoolExecutor(1)
        self.so_far = b""
        self._result = self._threads.submit(self._read, hub, name, content_type, delay)
        assert self._joined.wait(10)

    def _read(self, hub: HubProcess, name: str, content_type: str, delay: float) -> bytes:
        with hub.client() as client:
            headers = {"content-type": content_type}
            with client.stream("GET", f"/topic/{name}", headers=headers) as reply:
                assert reply.headers["content-type"] == (content_type or BYTES)
                self._joined.set()
                for chunk in reply.iter_bytes():
                    self.so_far += chunk
                    time.sleep(delay)
        return self.so_far

    def all(self) -> bytes:
        """What it got, once it has ended."""
        with self._threads:
            return self._result.result(20)


def test_created_listed_deleted(api: httpx.Client, name: str) -> None:
    reply = api.post("/topics", json={"id": name, "content-type": TEXT})
    assert reply.status_code == 200
    assert (reply.json()["id"], reply.json()["contentType"], reply.json()["origin"]["type"]) == (name, TEXT, "hub")
    listed = [topic for topic in api.get("/topics").json() if topic["topic"] == name]
    assert listed == [{"topic": name, "topicName": name, "contentType": TEXT, "localProvider": ""}]
    again = api.post("/topics", json={"id": name, "content-type": TEXT})
    taken = "Topic with given id already exist"
    assert (again.status_code, again.json()) == (
        400,
        {"error": taken, "fields": [{"field": "/id", "description": taken}]},
    )
    deleted = api.delete(f"/topics/{name}")
    assert (deleted.status_code, deleted.json()) == (200, {"message": f"Topic {name} removed"})
    assert api.delete(f"/topics/{name}").status_code == 404


def test_writing_or_reading_makes_it(api: httpx.Client, hub: HubProcess, name: str) -> None:
    assert write(api, name, "a").status_code == 202
    api.delete(f"/topics/{name}")
    reading = Reading(hub, name, NDJSON)
    assert [topic["contentType"] for topic in api.get("/topics").json() if topic["topic"] == name] == [NDJSON]
    api.delete(f"/topics/{name}")
    assert reading.all() == b""


def test_types_are_checked(api: httpx.Client, name: str) -> None:
    assert api.post(f"/topic/{name}", content="{}").status_code == 202
    reply = write(api, name, "text")
    assert (reply.status_code, NDJSON in reply.json()["error"]) == (415, True)
    assert api.get(f"/topic/{name}", headers={"content-type": "text/x-ndjson"}).status_code == 415
    assert write(api, name, "{}", "Application/X-NDJSON; charset=UTF-8").status_code == 202
    assert write(api, name, "{}", "application/json").status_code == 400


@pytest.mark.parametrize("bad", ["bad%20id", "a.b", "x" * 256])
def test_names_are_checked(api: httpx.Client, bad: str) -> None:
    assert write(api, bad, "x").status_code == 400
    assert api.get(f"/topic/{bad}").status_code == 400
    assert api.delete(f"/topics/{bad}").status_code == 400


@pytest.mark.parametrize("content_type", [TEXT, NDJSON, BYTES])
def test_an_empty_body_is_fine(api: httpx.Client, name: str, content_type: str) -> None:
    assert write(api, name, b"", content_type).status_code == 202
    assert write(api, name, iter([b""]), content_type).status_code == 202


def test_what_is_kept_goes_to_the_first_reader(api: httpx.Client, hub: HubProcess, name: str) -> None:
    write(api, name, "one\n")
    first = Reading(hub, name)
    second = Reading(hub, name)
    assert write(api, name, "two\n", x_end_stream="true").status_code == 200
    assert first.all() == b"one\ntwo\n"
    assert second.all() == b"two\n"


def test_ending_is_for_those_who_read(api: httpx.Client, hub: HubProcess, name: str) -> None:
    write(api, name, "one", x_end_stream="true")
    write(api, name, "two", x_end_stream="True")
    assert read(api, name) == b"one"
    assert read(api, name) == b"two"
    reading = Reading(hub, name)
    write(api, name, "three", x_end_stream="undefined")
    write(api, name, b"", x_end_stream="true")
    assert reading.all() == b"three"


def test_a_writer_waits_when_too_much_is_kept(api: httpx.Client, hub: HubProcess, name: str) -> None:
    data = hashlib.sha256(name.encode()).digest() * 100_000
    with ThreadPoolExecutor(1) as threads, hub.client() as other:
        writing = threads.submit(write, other, name, data, BYTES, x_end_stream="true")
        time.sleep(0.2)
        assert not writing.done()
        assert read(api, name, BYTES) == data
        assert writing.result().status_code == 200


def test_several_readers_one_of_them_slow(api: httpx.Client, hub: HubProcess, name: str) -> None:
    readings = [Reading(hub, name, BYTES), Reading(hub, name, BYTES), Reading(hub, name, BYTES, delay=0.002)]
    data = bytes(range(256)) * 30_000
    assert write(api, name, data, BYTES, x_end_stream="true").status_code == 200
    assert [reading.all() == data for reading in readings] == [True] * 3


@pytest.mark.parametrize("content_type", [NDJSON, TEXT])
def test_writers_are_interleaved_at_line_ends(api: httpx.Client, hub: HubProcess, name: str, content_type: str) -> None:
    def pieces(writer: int) -> Iterator[bytes]:
        data = b"".join(b'{"writer":%d,"line":%d}\n' % (writer, line) for line in range(300))
        step = 7 + writer * 13
        for begin in range(0, len(data), step):
            yield data[begin : begin + step]

    def send(writer: int) -> int:
        with hub.client() as client:
            return write(client, name, pieces(writer), content_type).status_code

    reading = Reading(hub, name, content_type)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(send, range(4))) == [202] * 4
    write(api, name, b"", content_type, x_end_stream="true")
    records = [json.loads(line) for line in reading.all().splitlines()]
    assert len(records) == 1200
    for writer in range(4):
        assert [record["line"] for record in records if record["writer"] == writer] == list(range(300))


def test_deleting_ends_readers_and_writers(api: httpx.Client, hub: HubProcess, name: str) -> None:
    goes_on = threading.Event()

    def body() -> Iterator[bytes]:
        yield b"one\n"
        goes_on.wait(10)
        yield b"two\n"

    reading = Reading(hub, name)
    with ThreadPoolExecutor(1) as threads, hub.client() as other:
        writing = threads.submit(write, other, name, body())
        assert wait_until(lambda: reading.so_far == b"one\n", 5)
        assert api.delete(f"/topics/{name}").status_code == 200
        assert reading.all() == b"one\n"
        goes_on.set()
        reply = writing.result()
        assert (reply.status_code, "was deleted" in reply.json()["error"]) == (409, True)
    assert write(api, name, "new", BYTES).status_code == 202


def test_a_writer_that_waits_is_told_that_the_topic_is_gone(api: httpx.Client, hub: HubProcess, name: str) -> None:
    with ThreadPoolExecutor(1) as threads, hub.client() as other:
        writing = threads.submit(write, other, name, bytes(5_000_000), BYTES)
        assert wait_until(lambda: any(topic["topic"] == name for topic in api.get("/topics").json()), 5)
        time.sleep(0.1)
        api.delete(f"/topics/{name}")
        assert writing.result().status_code == 409


def test_half_a_record_of_a_client_that_breaks_off_never_shows(api: httpx.Client, hub: HubProcess, name: str) -> None:
    reading = Reading(hub, name, NDJSON)
    with socket.create_connection((hub.host, hub.port)) as connection:
        head = f"POST /api/v1/topic/{name} HTTP/1.1\r\nHost: localhost\r\n"
        head += f"Content-Type: {NDJSON}\r\nContent-Length: 100\r\n\r\n"
        connection.sendall(head.encode() + b'{"a":1}\n{"half":')
        assert wait_until(lambda: reading.so_far == b'{"a":1}\n', 5)
    write(api, name, '{"b":2}', NDJSON, x_end_stream="true")
    assert reading.all() == b'{"a":1}\n{"b":2}\n'


def test_instances_provide_and_require(api: httpx.Client) -> None:
    consumer = start(api, pack("consumer"), args=[20])
    producers = [start(api, pack("producer")) for _ in range(2)]
    assert consumer.read() == b"90\n"
    assert consumer.wait_for_end()["requires"] == "numbers"
    assert [producer.wait_for_end()["provides"] for producer in producers] == ["numbers"] * 2
    assert producers[0].read() == b""
    assert api.delete("/topics/numbers").status_code == 200


def test_topics_given_at_start_come_first(api: httpx.Client, name: str) -> None:
    producer = start(api, pack("producer"), outputTopic=name)
    consumer = start(api, pack("consumer"), inputTopic=name)
    assert consumer.read() == b"45\n"
    assert producer.wait_for_end()["provides"] == name
    assert consumer.info()["requires"] == name


def test_who_provides_shows(api: httpx.Client, name: str) -> None:
    source = f"""
import asyncio
provides = {{"provides": "{name}", "contentType": "text/plain"}}
async def run(context, input):
    yield "up\\n"
    await asyncio.get_running_loop().create_future()
"""
    run = start(api, pack_python(source))

    def provider() -> str:
        return next((str(topic["localProvider"]) for topic in api.get("/topics").json() if topic["topic"] == name), "")

    assert wait_until(lambda: provider() == run.id, 5)
    run.post("_kill")
    run.wait_for_end()
    write(api, name, b"", x_end_stream="true")
    assert read(api, name) == b"up\n"
    assert wait_until(lambda: provider() == "", 5)


def test_clients_cannot_write_what_a_topic_feeds(api: httpx.Client, name: str) -> None:
    run = start(api, pack("echo"), inputTopic=name)
    reply = run.write("x")
    assert (reply.status_code, reply.json()) == (405, {"error": "Input provided in other way"})
    assert run.write("x", to="inout").status_code == 405
    write(api, name, '{"from": "the topic"}\n', NDJSON, x_end_stream="true")
    assert run.wait_for_end()["status"] == "completed"
    assert run.read() == b'{"from":"the topic"}\n'


def test_a_topic_of_another_type_is_told(api: httpx.Client, name: str) -> None:
    write(api, name, "x", BYTES)
    run = start(api, pack("producer"), outputTopic=name)
    ended = run.wait_for_end()
    assert (ended["status"], ended["terminated"]["exitcode"]) == ("errored", 22)
    assert f"Topic {name} carries {BYTES}" in ended["terminated"]["reason"]


def test_a_provider_goes_on_when_its_topic_is_deleted(api: httpx.Client, name: str) -> None:
    source = f"""
provides = {{"provides": "{name}", "contentType": "text/plain"}}
async def run(context, input):
    async for line in input:
        yield line
"""
    run = start(api, pack_python(source))
    run.write("one\n", x_end_stream="false")
    with api.stream("GET", f"/topic/{name}", headers={"content-type": TEXT}) as reply:
        assert next(reply.iter_bytes()) == b"one\n"
    api.delete(f"/topics/{name}")
    run.write("two\n")
    run.wait_for_end()
    assert wait_until(lambda: any(topic["topic"] == name for topic in api.get("/topics").json()), 5)
    write(api, name, b"", x_end_stream="true")
    assert read(api, name) == b"two\n"


def test_deleting_a_topic_ends_the_input_it_feeds(api: httpx.Client, name: str) -> None:
    run = start(api, pack("echo"), inputTopic=name)
    run.wait_for("running")
    api.delete(f"/topics/{name}")
    assert run.wait_for_end()["terminated"]["exitcode"] == 0


def test_who_names_no_type_gets_the_topics_own(api: httpx.Client, name: str) -> None:
    api.post("/topics", json={"id": name, "content-type": TEXT})
    assert api.post(f"/topic/{name}", content="one\n", headers={"x-end-stream": "true"}).status_code == 200
    reply = api.get(f"/topic/{name}")
    assert (reply.content, reply.headers["content-type"]) == (b"one\n", TEXT)
    for nothing in ("undefined", "", "Undefined; charset=utf-8"):
        assert write(api, name, "two\n", nothing, x_end_stream="true").status_code == 200
        assert read(api, name, nothing) == b"two\n"


def test_an_early_reader_without_a_type_leaves_it_to_the_first_who_names_one(
    api: httpx.Client, hub: HubProcess, name: str
) -> None:
    early = Reading(hub, name, "")
    assert write(api, name, "one\n", "application/json").status_code == 400
    assert write(api, name, "one\n", TEXT).status_code == 202
    assert write(api, name, "1\n", NDJSON).status_code == 415
    assert write(api, name, "two\n", TEXT, x_end_stream="true").status_code == 200
    assert early.all() == b"one\ntwo\n"


def test_text_of_several_writers_is_cut_as_text_after_an_early_reader(
    api: httpx.Client, hub: HubProcess, name: str
) -> None:
    early = Reading(hub, name, "")
    assert write(api, name, "no end", TEXT).status_code == 202
    assert write(api, name, "a line\n", TEXT, x_end_stream="true").status_code == 200
    assert early.all() == b"no end\na line\n"


def test_a_reader_that_names_a_type_sets_it(api: httpx.Client, hub: HubProcess, name: str) -> None:
    early, late = Reading(hub, name, ""), Reading(hub, name, BYTES)
    assert write(api, name, "x", TEXT).status_code == 415
    assert write(api, name, "x", BYTES, x_end_stream="true").status_code == 200
    assert early.all() == late.all() == b"x"


def test_a_first_write_without_a_type_is_ndjson_for_good(api: httpx.Client, hub: HubProcess, name: str) -> None:
    early = Reading(hub, name, "")
    assert write(api, name, "1\n", "").status_code == 202
    assert write(api, name, "x\n", TEXT).status_code == 415
    assert write(api, name, "2\n", NDJSON, x_end_stream="true").status_code == 200
    assert early.all() == b"1\n2\n"


def test_an_input_topic_has_the_type_of_its_first_writer(api: httpx.Client, name: str) -> None:
    run = start(api, pack("echo"), inputTopic=name)
    run.wait_for("running")
    assert write(api, name, "plain\n", TEXT).status_code == 202
    assert write(api, name, "text\n", TEXT, x_end_stream="true").status_code == 200
    assert run.read() == b"plain\ntext\n"


def test_an_output_topic_has_the_type_of_the_sequence_after_an_early_reader(
    api: httpx.Client, hub: HubProcess, name: str
) -> None:
    early = Reading(hub, name, "")
    run = start(api, pack_python("def run(context, input):\n    return 'plain\\n'\n"), outputTopic=name)
    run.wait_for_end()
    assert write(api, name, "", TEXT, x_end_stream="true").status_code == 200
    assert early.all() == b"plain\n"


def test_empty_topics_at_start_are_none(api: httpx.Client) -> None:
    run = start(api, pack("echo"), inputTopic="", outputTopic="")
    assert run.write("x\n").status_code == 200
    assert run.read() == b"x\n"
    info = run.wait_for_end()
    assert (info.get("requires", ""), info.get("provides", "")) == ("", "")
