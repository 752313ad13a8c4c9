"""Input of an Instance: content types, chunks, ends, and ways to send the request itself."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.output import MAYBE
from scramjet_contract.scene import NDJSON, OCTETS, TEXT
from scramjet_contract.wire import TimedOut, WireError

if TYPE_CHECKING:
    from scramjet_contract.api import Stream
    from scramjet_contract.scene import Scene


MUCH = 48 << 20
"""More bytes than sockets and a bounded buffer can hold together."""


@scenario("instances")
def text_arrives_line_by_line(scene: Scene) -> None:
    """Lines arrive as lines, however the bytes are split on the way; the end of the request ends the input."""
    text = "".join(f"ünïcödé line {number} ☃\n" for number in range(50))
    data = text.encode()
    with scene.running("echo") as instance:
        with scene.begin("writeInput", path=instance.path, content_type=TEXT) as sending:
            for place in range(0, len(data), 7):
                sending.send(data[place : place + 7])
            sending.end()
            scene.same(sending.head(), 200, "status")
        scene.same(instance.text(), text, "the echo")


@scenario("instances")
def records_arrive_as_objects(scene: Scene) -> None:
    """Each line of ndjson arrives as one value, under both names of the media type."""
    values = [{"a": [1, {"b": None}]}, {"text": "\u2028 inside"}, 3.5, True, []]
    if scene.stock.language != "node":  # in Node, null ends a stream of objects, and cannot be one of them
        values.append(None)
    body = "".join(json.dumps(value) + "\n" for value in values).encode()
    for content_type in (NDJSON, "text/x-ndjson"):
        with scene.running("echo") as instance, instance.read() as output:
            instance.write(body, content_type)
            lines = output.read_all().split(b"\n")
        scene.same([json.loads(line) for line in lines if line], values, f"the echo of {content_type}")


@scenario("instances")
def bytes_arrive_as_they_are(scene: Scene) -> None:
    """Megabytes of all byte values go in and come out unchanged, and can be read while they are written."""
    data = bytes(range(256)) * 16_384
    with scene.running("echo") as instance, instance.read() as output:
        sender = threading.Thread(target=instance.write, args=(data, OCTETS), kwargs={"timeout": 15})
        sender.start()
        got = output.read_all(15)
        sender.join(15)
    scene.check(got == data, f"sent {len(data)} bytes, got {len(got)} back, or others")


@scenario("instances")
def input_may_come_in_turns(scene: Scene) -> None:
    """With `x-end-stream: false` each request is 202 and the input stays open; a request that ends it is 200."""
    with scene.running("echo") as instance, instance.read() as output:
        for word in ("one", "two"):
            instance.write(f"{word}\n".encode(), end=False)
            scene.same(output.read_line(), word, "the echo")
        instance.write(b"three\n", headers={"x-end-stream": "False"}, expect=202)
        instance.write(b"four\n", headers={"x-end-stream": "undefined"}, expect=200)
        scene.same(output.read_all(), b"three\nfour\n", "the rest")
        instance.write(b"five\n", expect=409)
        instance.ended()


@scenario("instances")
def first_request_fixes_the_type(scene: Scene) -> None:
    """Without a content type the first request is 406; later ones must have the type of the first, or get 415."""
    with scene.running("echo") as instance, instance.read() as output:
        instance.write(b"x\n", None, expect=406)
        instance.write(b"x\n", "image/png", expect=415)
        instance.write(b"x\n", TEXT, expect=400, headers=MAYBE)
        instance.write(b"one\n", "text/plain; charset=utf-8", end=False)
        instance.write(b'{"a": 1}\n', NDJSON, expect=415)
        instance.write(b"two\n", TEXT, end=True)
        scene.same(output.read_all(), b"one\ntwo\n", "what was taken")


@scenario("instances")
def undefined_is_no_type(scene: Scene) -> None:
    """A content type of `undefined` counts as none: 406 for a first write, the input's own later; so for stdin."""
    with scene.running("echo") as instance, instance.read() as output:
        instance.write(b"x\n", "undefined", expect=406)
        instance.write(b"one\n", TEXT, end=False)
        instance.write(b"two\n", "undefined")
        scene.same(output.read_all(), b"one\ntwo\n", "the echo")
    with scene.running("stdio") as instance:
        instance.write(b"one\n", "undefined", operation="writeStdin")
        scene.same(instance.text("readStdout"), "one\nend of stdin\n", "the copy")
    with scene.running("bell") as instance:
        instance.wait("running")
        scene.call("sendEvent", path=instance.path, body=b'{"eventName": "ring"}', content_type="undefined")
        scene.call("killInstance", 202, path=instance.path, body=b"{}", content_type="undefined")


@scenario("instances")
def empty_input_is_an_end(scene: Scene) -> None:
    """An empty request ends the input, and with it an Instance that reads it."""
    with scene.running("echo") as instance:
        instance.write(b"", TEXT)
        scene.same(instance.text(), "", "the echo of nothing")
        scene.same(instance.ended()["status"], "completed", "status")


@scenario("instances")
def stdin_goes_on_and_ends(scene: Scene) -> None:
    """stdin takes bytes, with or without a type; it stays open on request; after its end it is 409."""
    with scene.running("stdio") as instance, instance.read("readStdout") as stdout:
        instance.stdin(b"one\n", end=False)
        scene.same(stdout.read_line(), "one", "the copy")
        instance.write(b"two\n", None, end=False, operation="writeStdin")
        scene.same(stdout.read_line(), "two", "the copy of what came without a type")
        instance.write(b"x\n", "application/json", expect=415, operation="writeStdin")
        instance.write(b"x\n", OCTETS, expect=400, operation="writeStdin", headers=MAYBE)
        instance.stdin(b"", end=True)
        scene.same(stdout.read_all(), b"end of stdin\n", "after the end")
        instance.stdin(b"late\n", expect=409)


@scenario("instances")
def what_does_not_read_holds_its_writer(scene: Scene) -> None:
    """An Instance that reads nothing exerts back-pressure: its writer waits, and the Hub serves others meanwhile."""
    with (
        scene.running("bell") as instance,
        scene.begin("writeInput", path=instance.path, content_type=OCTETS) as sending,
    ):
        taken = _fill(sending)
        scene.check(taken < MUCH, f"the Hub took {taken} bytes that nobody reads")
        scene.get("getVersion")
        scene.same(instance.info()["status"], "running", "status of the Instance")


def _fill(sending: Stream) -> int:
    block = bytes(1 << 20)
    try:
        while sending.exchange.request_size < MUCH:
            sending.send(block, timeout=4)
    except TimedOut:
        pass
    return sending.exchange.request_size


@scenario("instances", "topics")
def body_is_sent_when_it_is_wanted(scene: Scene) -> None:
    """With `Expect: 100-continue` the Hub sends 100 when it wants the body, and never for a rejected request."""
    with scene.running("echo") as instance:
        exchange = instance.write(b"x\n", TEXT, expect_continue=True)
        scene.same(exchange.informational, [100], "informational replies to a good request")
        refused = instance.write(b"x\n", "image/png", expect_continue=True, expect=(409, 415))
        scene.same(refused.informational, [], "informational replies to a refused request")
    absent = {"id": scene.names.name("absent")}
    refused = scene.call("writeInput", 404, path=absent, body=b"x", content_type=TEXT, expect_continue=True)
    scene.same(refused.informational, [], "informational replies for what is not there")


@scenario("instances")
def reply_comes_before_a_refused_body(scene: Scene) -> None:
    """A rejected upload is answered at once, not after the whole body was sent."""
    absent = {"id": scene.names.name("absent")}
    with scene.begin("writeInput", path=absent, content_type=TEXT) as sending:
        sending.send(b"the first of very many lines\n")
        scene.same(sending.head(timeout=3), 404, "status while the body is still to come")


@scenario("instances")
def a_broken_off_request_does_not_end_the_input(scene: Scene) -> None:
    """Input sent before a writer's connection broke off is kept; the next writer can continue."""
    with scene.running("echo") as instance, instance.read() as output:
        sending = scene.begin("writeInput", path=instance.path, content_type=TEXT)
        sending.send(b"before\n")
        scene.same(output.read_line(), "before", "the echo")
        sending.abort()
        scene.eventually(lambda: _can_write(scene, instance.path), "another writer can go on")
        scene.same(output.read_line(), "after", "the echo of the next writer")


def _can_write(scene: Scene, path: dict[str, str]) -> bool:
    headers = {"x-end-stream": "false"}
    try:
        reply = scene.call("writeInput", (202, 409), path=path, body=b"after\n", content_type=TEXT, headers=headers)
    except WireError:
        return False
    return reply.status == 202


@scenario("instances")
def a_writer_may_close_its_half(scene: Scene) -> None:
    """A writer that has sent everything and closed its half of the connection still gets the reply."""
    with scene.running("echo") as instance:
        with scene.begin("writeInput", path=instance.path, content_type=TEXT) as sending:
            sending.send(b"one\n")
            sending.end()
            sending.connection.half_close()
            scene.same(sending.head(), 200, "status after a half-close")
        scene.same(instance.text(), "one\n", "the echo")
