"""Topics: writers, readers, media types, order, and how they end."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.output import MAYBE
from scramjet_contract.scene import NDJSON, OCTETS, TEXT
from scramjet_contract.wire import TimedOut

if TYPE_CHECKING:
    from scramjet_contract.api import Stream
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Scene

TYPES = (NDJSON, "text/x-ndjson", TEXT, OCTETS)
BODIES = {TEXT: b"one\ntwo\n", OCTETS: bytes(range(256)), NDJSON: b'{"n": 1}\n[2]\n', "text/x-ndjson": b"1\n2\n"}


def write(
    scene: Scene, topic: str, body: bytes, content_type: str | None = TEXT, expect: int = 202, **request: Any
) -> Exchange:
    """Write to a topic."""
    return scene.call("writeTopic", expect, path={"topic": topic}, body=body, content_type=content_type, **request)


def read(scene: Scene, topic: str, content_type: str | None = TEXT) -> Stream:
    """Read a topic; use it in a `with`."""
    headers = {"Content-Type": content_type} if content_type else {}
    return scene.open("readTopic", path={"topic": topic}, headers=headers)


END = {"x-end-stream": "true"}


@scenario("topics")
def is_listed_until_deleted(scene: Scene) -> None:
    """A created topic is listed with its type; deleted, it is not, and a second deletion is 404."""
    topic = scene.topic()
    made = scene.call("createTopic", json={"id": topic, "content-type": TEXT}).json()
    scene.same((made["id"], made["contentType"]), (topic, TEXT), "the reply")
    listed = {item["topic"]: item for item in scene.get("listTopics")}
    scene.same(listed.get(topic, {}).get("contentType"), TEXT, "the type in the list")
    scene.call("createTopic", 400, json={"id": topic, "content-type": TEXT})
    scene.check("message" in scene.call("deleteTopic", path={"topic": topic}).json(), "no message")
    scene.check(topic not in {item["topic"] for item in scene.get("listTopics")}, "still in the list")
    scene.call("deleteTopic", 404, path={"topic": topic})


@scenario("topics")
def bad_topics_are_refused(scene: Scene) -> None:
    """Illegal names and types are 400, for every operation; another type than the topic's is 415."""
    bad: list[Any] = [
        {},
        {"id": "no blanks", "content-type": TEXT},
        {"id": scene.topic(), "content-type": "image/png"},
        [],
    ]
    for body in bad:
        scene.call("createTopic", 400, json=body)
    scene.call("createTopic", 400, json={"id": scene.topic()})
    scene.call("deleteTopic", 400, path={"topic": "no blanks"})
    write(scene, "no blanks", b"x\n", expect=400)
    write(scene, "back\\slash", b"x\n", expect=400)
    scene.call("readTopic", 400, path={"topic": "no blanks"})
    write(scene, scene.topic(), b"x\n", headers=MAYBE, expect=400)
    scene.check(scene.topic() not in {item["topic"] for item in scene.get("listTopics")}, "a refusal made a topic")


@scenario("topics")
def every_type_goes_through(scene: Scene) -> None:
    """Data written to a topic of each type is read from it unchanged, under that type."""
    for place, content_type in enumerate(TYPES):
        topic = scene.topic(f"type-{place}")
        with read(scene, topic, content_type) as reading:
            scene.same(reading.exchange.media_type, content_type, "the type of the reply")
            write(scene, topic, BODIES[content_type], content_type)
            write(scene, topic, BODIES[content_type], content_type, 200, headers=END)
            scene.same(reading.read_all(), BODIES[content_type] * 2, f"what was read of {content_type}")


@scenario("topics")
def type_is_that_of_the_topic(scene: Scene) -> None:
    """Another type than the topic's is 415, a type that no topic has is 400."""
    topic = scene.topic()
    scene.call("createTopic", json={"id": topic, "content-type": NDJSON})
    write(scene, topic, b"x\n", TEXT, 415)
    write(scene, topic, b"x\n", "image/png", 400)
    scene.call("readTopic", 415, path={"topic": topic}, headers={"Content-Type": TEXT})
    with read(scene, topic, NDJSON) as reading:
        write(scene, topic, b"1\n", "application/x-ndjson; charset=utf-8")
        scene.same(reading.read_line(), "1", "what was read")


@scenario("topics")
def no_type_means_the_topics_own(scene: Scene) -> None:
    """Requests without a type, or with `undefined`, use the topic's own."""
    for place, content_type in enumerate(TYPES):
        topic = scene.topic(f"own-{place}")
        scene.call("createTopic", json={"id": topic, "content-type": content_type})
        for unnamed in (None, "undefined"):
            with read(scene, topic, unnamed) as reading:
                scene.same(reading.exchange.media_type, content_type, "the type that is read without asking for one")
                write(scene, topic, BODIES[content_type], unnamed, 200, headers=END)
                scene.same(reading.read_all(), BODIES[content_type], "what was read")


@scenario("topics")
def first_named_type_is_the_topics(scene: Scene) -> None:
    """A topic that was only read, and without a type, has none yet, is read as bytes and listed as ndjson."""
    topic = scene.topic()
    with read(scene, topic, None) as reading:
        scene.same(reading.exchange.media_type, OCTETS, "the type of the reply before one was named")
        scene.same(_listed_type(scene, topic), NDJSON, "the type in the list before one was named")
        write(scene, topic, b"x\n", "image/png", 400)
        write(scene, topic, b"one\n", TEXT)
        scene.same(reading.read_line(), "one", "what was read")
        scene.same(_listed_type(scene, topic), TEXT, "the type in the list after that")
        write(scene, topic, b"1\n", NDJSON, 415)
        scene.call("readTopic", 415, path={"topic": topic}, headers={"Content-Type": NDJSON})
    with read(scene, scene.topic("default"), None):
        write(scene, scene.topic("default"), b"1\n", None)
        write(scene, scene.topic("default"), b"one\n", TEXT, 415)


def _listed_type(scene: Scene, topic: str) -> str | None:
    return next((item["contentType"] for item in scene.get("listTopics") if item["topic"] == topic), None)


@scenario("topics")
def first_use_makes_the_topic(scene: Scene) -> None:
    """Writing to, or reading from, a missing topic creates it, with the type of that request."""
    written, read_first = scene.topic("written"), scene.topic("read")
    write(scene, written, b"1\n", NDJSON)
    with read(scene, read_first, OCTETS):
        listed = {item["topic"]: item["contentType"] for item in scene.get("listTopics")}
        scene.same((listed.get(written), listed.get(read_first)), (NDJSON, OCTETS), "the types in the list")


@scenario("topics")
def what_nobody_reads_is_kept(scene: Scene) -> None:
    """Data written before the first reader is kept for that reader."""
    topic = scene.topic()
    lines = "".join(f"{number}\n" for number in range(100))
    write(scene, topic, lines.encode())
    write(scene, topic, b"last\n", headers=END, expect=200)
    with read(scene, topic) as reading:
        scene.same(reading.read_all(), f"{lines}last\n".encode(), "what was kept")


@scenario("topics")
def end_of_stream_ends_readers(scene: Scene) -> None:
    """A write with `x-end-stream: true` is 200 and ends its readers once they have it; the topic stays usable."""
    topic = scene.topic()
    with read(scene, topic) as first, read(scene, topic) as second:
        write(scene, topic, b"one\n")
        write(scene, topic, b"two\n", headers={"x-end-stream": "True"}, expect=200)
        scene.same(first.read_all(), b"one\ntwo\n", "what the first reader got")
        scene.same(second.read_all(), b"one\ntwo\n", "what the second reader got")
    with read(scene, topic) as third:
        write(scene, topic, b"again\n", headers={"x-end-stream": "undefined"})
        scene.same(third.read_line(), "again", "what a later reader got")
        scene.same(third.quiet(0.3), b"", "what else came")


@scenario("topics")
def empty_writes_are_writes(scene: Scene) -> None:
    """An empty body is answered, and adds nothing."""
    topic = scene.topic()
    write(scene, topic, b"")
    write(scene, topic, b"one\n")
    write(scene, topic, b"", headers=END, expect=200)
    with read(scene, topic) as reading:
        scene.same(reading.read_all(), b"one\n", "what was read")


@scenario("topics")
def deletion_ends_readers(scene: Scene) -> None:
    """When a topic is deleted, its readers get the end of the stream."""
    topic = scene.topic()
    with read(scene, topic) as reading:
        write(scene, topic, b"one\n")
        scene.same(reading.read_line(), "one", "what was read")
        scene.call("deleteTopic", path={"topic": topic})
        scene.same(reading.read_all(), b"", "after the deletion")


@scenario("topics")
def deletion_fails_writers(scene: Scene) -> None:
    """A writer to a topic that is deleted meanwhile gets 409, not a success."""
    topic = scene.topic()
    with scene.begin("writeTopic", path={"topic": topic}, content_type=TEXT) as writing:
        writing.send(b"one\n")
        with read(scene, topic) as reading:
            scene.same(reading.read_line(), "one", "what was read")
        scene.call("deleteTopic", path={"topic": topic})
        writing.send(b"two\n")
        writing.end()
        scene.same(writing.head(), 409, "status of the writer")
        writing.read_all()


@scenario("topics")
def every_topic_reader_gets_everything(scene: Scene) -> None:
    """Three readers each get the three thousand records of one writer, in order."""
    topic = scene.topic()
    records = [{"n": number, "pad": "x" * 20} for number in range(3000)]
    body = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    with read(scene, topic, NDJSON) as first, read(scene, topic, NDJSON) as second:
        sender = threading.Thread(target=write, args=(scene, topic, body, NDJSON, 200), kwargs={"headers": END})
        sender.start()
        got = [_whole(first), _whole(second)]
        sender.join(10)
    scene.check(got[0] == body, f"the first reader got {len(got[0])} of {len(body)} bytes, or others")
    scene.check(got[1] == body, f"the second reader got {len(got[1])} of {len(body)} bytes, or others")


def _whole(stream: Stream) -> bytes:
    return stream.read_all(15)


@scenario("topics")
def writers_do_not_cut_each_other(scene: Scene) -> None:
    """Records of two writers, sent in alternating pieces, stay whole, and those of each stay in order."""
    topic = scene.topic()
    with read(scene, topic, NDJSON) as reading:
        path = {"topic": topic}
        one = scene.begin("writeTopic", path=path, content_type=NDJSON)
        two = scene.begin("writeTopic", path=path, content_type=NDJSON)
        with one, two:
            for number in range(50):
                for name, writer in (("one", one), ("two", two)):
                    record = json.dumps({"from": name, "n": number}) + "\n"
                    writer.send(record[:9].encode())
                    writer.send(record[9:].encode())
            for writer in (one, two):
                writer.end()
                scene.same(writer.head(), 202, "status of a writer")
        lines = [reading.read_line() for _ in range(100)]
    try:
        records = [json.loads(line) for line in lines]
    except ValueError as error:
        scene.check(holds=False, otherwise=f"a record was cut: {error}")
        return
    for name in ("one", "two"):
        scene.same([item["n"] for item in records if item["from"] == name], list(range(50)), f"records of {name}")


@scenario("topics")
def a_full_topic_holds_its_writer(scene: Scene) -> None:
    """Without a reader, a topic accepts no more than the Hub keeps (back-pressure); then everything arrives."""
    topic = scene.topic()
    block = b"x" * 65_535 + b"\n"
    with scene.begin("writeTopic", path={"topic": topic}, content_type=TEXT) as writing:
        sent = 0
        try:
            while sent < 768:
                writing.send(block, timeout=1.0)
                sent += 1
        except TimedOut:
            pass
        scene.check(sent < 768, "the Hub took 48 MiB that nobody reads")
        scene.get("getVersion")
        with read(scene, topic) as reading:
            got = reading.read_exactly(sent * len(block), timeout=15)
        scene.check(got == block * sent, f"{len(got)} of {sent * len(block)} bytes arrived, or others")


@scenario("topics")
def a_reader_of_a_topic_may_come_back(scene: Scene) -> None:
    """Data written between two readers is kept for the second."""
    topic = scene.topic()
    with read(scene, topic) as reading:
        write(scene, topic, b"one\n")
        scene.same(reading.read_line(), "one", "first reading")
        reading.abort()
    scene.let_it_notice()
    write(scene, topic, b"two\n", headers=END, expect=200)
    with read(scene, topic) as reading:
        scene.same(reading.read_all(), b"two\n", "second reading")


@scenario("topics")
def offers_of_an_upgrade_change_nothing(scene: Scene) -> None:
    """A write that offers another protocol is accepted completely, with a length and in chunks, and so is a read."""
    topic = scene.topic()
    for place, chunked in enumerate((False, True)):
        body = b"offered %d\n" % place
        offer = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAMAAABkAAQAAP__"}
        write(scene, topic, body, headers=offer, chunked=chunked)
        with scene.open("readTopic", path={"topic": topic}, headers={"Content-Type": TEXT, **offer}) as reading:
            scene.same(reading.read_line(), body.decode().rstrip(), "what was written")


@scenario("topics")
def head_takes_nothing_of_a_topic(scene: Scene) -> None:
    """HEAD consumes nothing of a topic, and creates none."""
    topic, absent = scene.topic(), scene.topic("absent")
    write(scene, topic, b"kept\n")
    for name in (topic, absent):
        head = scene.call("readTopic", path={"topic": name}, headers={"Content-Type": TEXT}, method="HEAD")
        scene.same(head.reply_size, 0, "size of the reply to HEAD")
    with read(scene, topic) as reading:
        scene.same(reading.read_line(), "kept", "what was kept")
    scene.check(absent not in {item["topic"] for item in scene.get("listTopics")}, "HEAD has created a topic")


@scenario("topics")
def who_leaves_at_once_takes_nothing(scene: Scene) -> None:
    """Readers that disconnect before they have read anything leave the kept data for the next one."""
    topic = scene.topic()
    write(scene, topic, b"one\ntwo\n")
    for place in range(10):
        with scene.begin("readTopic", path={"topic": topic}, headers={"Content-Type": TEXT}, bare=True) as leaving:
            if place % 2:
                leaving.connection.wait_unread(scene.api.within(5.0))
            leaving.close()
    with read(scene, topic) as reading:
        scene.same([reading.read_line(), reading.read_line()], ["one", "two"], "what was kept")
