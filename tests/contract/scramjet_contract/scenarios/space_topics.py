"""Topics of a Space: what clients of the Space write and read, and what crosses from one Hub to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import NDJSON, OCTETS, TEXT
from scramjet_contract.shared_space import SERVERS, at

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

LINES = b"".join(b"line %d\n" % number for number in range(200))


def actors(scene: Scene, path: dict[str, str]) -> list[dict[str, Any]]:
    """Return who takes part in a topic; nobody if it is not listed."""
    listed = scene.get("listSpaceTopics", space_id=path["space_id"])
    return [actor for topic in listed if topic["name"] == path["topic"] for actor in topic["actors"]]


def until_read(scene: Scene, path: dict[str, str]) -> list[dict[str, Any]]:
    """Wait until a topic has an actor; return the actors."""
    found: list[dict[str, Any]] = scene.eventually(lambda: actors(scene, path), "a reader among the actors")
    return found


@scenario("space", kinds=SERVERS)
def what_is_written_in_a_space_is_read(scene: Scene) -> None:
    """A reader gets every byte, in order, as octets; each write is 202 without a body, and 200 with `x-end-stream`."""
    path = at(scene, topic=scene.topic())
    with scene.open("readSpaceTopic", path=path) as reading:
        scene.same(reading.exchange.media_type, OCTETS, "the type of the reply")
        until_read(scene, path)
        for headers, status in (({}, 202), ({"x-end-stream": "false"}, 202), ({"x-end-stream": "true"}, 200)):
            wrote = scene.call("writeSpaceTopic", status, path=path, body=LINES, content_type=TEXT, headers=headers)
            scene.same(bytes(wrote.reply_body), b"", "the body of the reply to a write")
            scene.same(reading.read_exactly(len(LINES)), LINES, "what was read")
        # A writer that ends, also with the header, ends nobody.
        scene.same(reading.quiet(0.3), b"", "what came without a writer")


@scenario("space", kinds=SERVERS)
def every_reader_of_a_space_gets_everything(scene: Scene) -> None:
    """Two readers of a topic of a Space both get all that is written while they read."""
    path = at(scene, topic=scene.topic())
    with scene.open("readSpaceTopic", path=path) as one, scene.open("readSpaceTopic", path=path) as two:
        scene.eventually(lambda: len(actors(scene, path)) == 2, "both readers among the actors")
        scene.call("writeSpaceTopic", 202, path=path, body=LINES, content_type=TEXT)
        for reading in (one, two):
            scene.same(reading.read_exactly(len(LINES)), LINES, "what was read")


@scenario("space", kinds=SERVERS)
def topics_of_a_space_take_any_type(scene: Scene) -> None:
    """A Space takes every type of data, and no type of a reader keeps it from reading."""
    for kind in (NDJSON, "text/x-ndjson", TEXT, OCTETS, "application/json", "application/x-contract"):
        path = at(scene, topic=scene.topic(kind.replace("/", "-").replace(".", "-")))
        with scene.open("readSpaceTopic", path=path, headers={"Content-Type": "text/html"}) as reading:
            until_read(scene, path)
            scene.call("writeSpaceTopic", 202, path=path, body=b'{"a":1}\n', content_type=kind)
            scene.same(reading.read_exactly(8), b'{"a":1}\n', f"what was read of {kind}")


@scenario("space", kinds=SERVERS, provokes=(400,))
def names_of_space_topics_are_checked(scene: Scene) -> None:
    """A name that no topic can have is 400."""
    for name in ("with blank", "a.b", "x" * 256):
        path = at(scene, topic=name)
        scene.call("readSpaceTopic", 400, path=path)
        scene.call("writeSpaceTopic", 400, path=path, body=b"x", content_type=TEXT)


@scenario("space", kinds=SERVERS)
def actors_of_a_space_topic_go(scene: Scene) -> None:
    """A client of the Space is an actor of type `api` as long as it reads, and the topic goes with the last one."""
    path = at(scene, topic=scene.topic())
    with scene.open("readSpaceTopic", path=path):
        found = until_read(scene, path)
        scene.same([(actor["role"], actor["type"]) for actor in found], [("consumer", "api")], "the actors")
        scene.check("hostId" not in found[0], "a client of the Space has the id of a Hub")
    scene.eventually(lambda: not actors(scene, path), "the topic goes with its last actor")
