"""Output of an Instance: order, completeness, several readers, readers that come and go."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scramjet_contract.api import Call
from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import NDJSON, OCTETS, TEXT

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene


@scenario("instances")
def output_is_whole_and_in_order(scene: Scene) -> None:
    """Twenty thousand numbered lines arrive, each once and in order, and then the stream ends."""
    with scene.running("count", 20_000, 60) as instance:
        lines = instance.text(timeout=15).splitlines()
    numbers = [int(line.split()[0]) for line in lines]
    wrong = next((place for place, number in enumerate(numbers) if place != number), None)
    scene.check(wrong is None, f"line {wrong} is number {numbers[wrong] if wrong is not None else ''}")
    scene.same(len(numbers), 20_000, "number of lines")


@scenario("instances")
def bytes_are_not_touched(scene: Scene) -> None:
    """Every byte value arrives unchanged, in megabytes of them."""
    blocks = 300
    with scene.running("blob", blocks) as instance, instance.read() as output:
        data = output.read_all(15)
    wanted = bytes(range(256)) * 64 * blocks
    scene.same(len(data), len(wanted), "number of bytes")
    scene.same(hashlib.sha256(data).hexdigest(), hashlib.sha256(wanted).hexdigest(), "checksum of the bytes")


@scenario("instances")
def output_comes_as_it_is_made(scene: Scene) -> None:
    """The first lines can be read while the Instance is still running."""
    with scene.running("ticker") as instance, instance.read() as output:
        first = [int(output.read_line()) for _ in range(3)]
        scene.same(first, list(range(first[0], first[0] + 3)), "three lines of a running Instance")
        scene.same(instance.info()["status"], "running", "status meanwhile")


@scenario("instances")
def objects_come_as_lines_of_json(scene: Scene) -> None:
    """Objects become one JSON document per line; characters that some parsers take for line ends stay inside."""
    with scene.running("records", 3) as instance, instance.read() as output:
        records = [instance.next_record(output) for _ in range(3)]
        scene.same(output.read_all(), b"", "after the last record")
    scene.same(records, [{"number": n, "text": "\u2028 \u0085 line?"} for n in range(3)], "the records")


@scenario("instances")
def stdout_and_stderr_are_apart(scene: Scene) -> None:
    """stdout and stderr arrive on their own streams, and neither is part of the output."""
    with scene.running("stdio") as instance:
        instance.stdin(b"one\ntwo\n")
        scene.same(instance.text("readStdout"), "one\ntwo\nend of stdin\n", "stdout")
        scene.same(instance.text("readStderr"), "[one]\n[two]\n", "stderr")
        scene.same(instance.text("readOutput"), "", "output")


@scenario("instances")
def nothing_is_lost_before_the_first_reader(scene: Scene) -> None:
    """Output produced before the first reader is kept for that reader."""
    with scene.running("count", 50, 10) as instance:
        instance.ended()
        scene.same(len(instance.text().splitlines()), 50, "lines read after the end")


@scenario("instances")
def every_reader_gets_everything(scene: Scene) -> None:
    """Two simultaneous readers get the same bytes."""
    with scene.running("echo") as instance, instance.read() as first, instance.read() as second:
        lines = [f"line {number}" for number in range(200)]
        instance.write("\n".join(lines).encode() + b"\n")
        wanted = ("\n".join(lines) + "\n").encode()
        scene.same(first.read_all(), wanted, "what the first reader got")
        scene.same(second.read_all(), wanted, "what the second reader got")


@scenario("instances")
def a_reader_may_come_back(scene: Scene) -> None:
    """A reader that leaves and returns continues with what was written since; nothing is delivered twice."""
    with scene.running("echo") as instance:
        with instance.read() as output:
            instance.write(b"before\n", end=False)
            scene.same(output.read_line(), "before", "first reading")
            output.abort()
        scene.let_it_notice()
        instance.write(b"after\n", end=True)
        scene.same(instance.text(), "after\n", "second reading")


@scenario("instances")
def an_early_end_of_reading_frees_the_hub(scene: Scene) -> None:
    """Many readers that disconnect at once leave the Instance and the Hub unaffected."""
    with scene.running("ticker") as instance:
        for _ in range(20):
            with instance.read() as output:
                output.read_some()
        with instance.read() as output:
            first = int(output.read_line())
            scene.same(int(output.read_line()), first + 1, "the line after the first one of the last reader")


@scenario("instances")
def a_quiet_stream_stays_open(scene: Scene) -> None:
    """An idle stream stays open, even if the reader has closed its half of the connection."""
    with scene.running("bell") as instance:
        with instance.read() as output:
            scene.same(output.read_line(), "ready", "first output")
            scene.same(output.quiet(0.5), b"", "what came while nothing happened")
        with scene.api.begin(Call(operation="readStdout", path=instance.path)) as stdout:
            stdout.end()
            stdout.connection.half_close()
            scene.same(stdout.head(), 200, "status after a half-close")
            scene.same(stdout.quiet(0.5), b"", "what came on a quiet stream")


@scenario("instances")
def output_waits_for_its_reader(scene: Scene) -> None:
    """An Instance that writes more than the Hub keeps is paused (back-pressure): a late reader gets all of it."""
    blocks = 400
    with scene.running("blob", blocks) as instance:
        instance.wait("running")
        with instance.read() as output:
            start = output.read_exactly(256 * 1024)
            scene.check(start, "nothing came")
            data = start + output.read_all(15)
        scene.same(len(data), blocks * 256 * 64, "number of bytes")


@scenario("instances")
def inout_is_a_conversation(scene: Scene) -> None:
    """Over one request: a line in, its echo out, before the request has ended; its end ends the reply."""
    with scene.running("echo") as instance:
        with scene.begin("exchangeInout", path=instance.path, content_type=TEXT) as talk:
            for line in ("one", "two", "three"):
                talk.send(f"{line}\n".encode())
                if talk.exchange.status is None:
                    scene.same(talk.head(), 200, "status before the request has ended")
                scene.same(talk.read_line(), line, "the echo")
            talk.end()
            scene.same(talk.read_all(), b"", "after the end")
        scene.same(instance.ended()["status"], "completed", "status")


@scenario("instances")
def inout_takes_every_type(scene: Scene) -> None:
    """Each content type of the input works over one request, too; the reply is bytes."""
    bodies = {OCTETS: bytes(range(256)), NDJSON: b'{"a":1}\n', "text/x-ndjson": b"[1]\n", TEXT: b"one\n"}
    for content_type, body in bodies.items():
        with scene.running("echo") as instance:
            reply = scene.call("exchangeInout", path=instance.path, body=body, content_type=content_type)
            scene.same(bytes(reply.reply_body), body, f"the echo of {content_type}")


@scenario("instances")
def inout_need_not_know_its_type(scene: Scene) -> None:
    """A content type of `undefined`, as `si inst inout` sends it, is the input's own, or text if it has none yet."""
    with scene.running("echo") as instance:
        reply = scene.call("exchangeInout", path=instance.path, body=b"one\n", content_type="undefined")
        scene.same(bytes(reply.reply_body), b"one\n", "the echo of a first write")
    with scene.running("echo") as instance, instance.read() as output:
        instance.write(b'{"a":1}\n', NDJSON, end=False)
        scene.same(instance.next_record(output), {"a": 1}, "the echo of a write that named the type")
        with scene.begin("exchangeInout", path=instance.path, content_type="undefined") as talk:
            talk.send(b'{"b":2}\n')
            talk.head()
            scene.same(instance.next_record(talk), {"b": 2}, "the echo of a write that did not")
            talk.end()
            talk.read_all()


@scenario("instances")
def inout_keeps_the_rules_of_input(scene: Scene) -> None:
    """No content type is 406, another than before is 415, after the end 409; JSON records pass through."""
    with scene.running("echo") as instance:
        scene.call("exchangeInout", 406, path=instance.path, body=b"x\n")
        scene.call("exchangeInout", 400, path=instance.path, body=b"x\n", content_type=TEXT, headers=MAYBE)
        with scene.begin("exchangeInout", path=instance.path, content_type=NDJSON) as talk:
            talk.send(b'{"a": 1}\n')
            talk.head()
            scene.same(instance.next_record(talk), {"a": 1}, "the echo")
            scene.call("exchangeInout", 415, path=instance.path, body=b"x\n", content_type=TEXT)
            scene.call("exchangeInout", 415, path=instance.path, body=b"x\n", content_type="image/png")
            talk.end()
            talk.read_all()
        scene.call("exchangeInout", 409, path=instance.path, body=b"1\n", content_type=NDJSON)


MAYBE = {"x-end-stream": "maybe"}


@scenario("instances")
def head_takes_nothing_of_an_instance(scene: Scene) -> None:
    """HEAD on the streams of an Instance consumes nothing."""
    with scene.running("stdio") as instance:
        instance.stdin(b"kept\n")
        instance.ended()
        for operation in ("readStdout", "readStderr", "readOutput", "readInstanceLog"):
            head = scene.call(operation, path=instance.path, method="HEAD")
            scene.same(head.reply_size, 0, f"size of the reply to HEAD for {operation}")
        scene.check("kept" in instance.text("readStdout").lower(), "stdout has lost what was kept")
