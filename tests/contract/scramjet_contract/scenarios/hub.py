"""The Hub itself: version, status, log, audit stream, limits."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import yaml

from scramjet_contract.api import Call
from scramjet_contract.scenarios import scenario

if TYPE_CHECKING:
    from scramjet_contract.api import Stream
    from scramjet_contract.scene import Scene


@scenario("hub")
def says_who_it_is(scene: Scene) -> None:
    """The version names the program and the API version 1; it needs no token."""
    version = scene.get("getVersion")
    scene.same(version["apiVersion"], "v1", "apiVersion")
    scene.check(version["service"] and version["version"], f"service and version must not be empty: {version}")
    scene.call("getVersion", token=False)


@scenario("hub")
def says_how_it_is(scene: Scene) -> None:
    """Status and health report that the Hub is up; repeated requests give the same."""
    scene.check("cpm" in scene.get("getStatus"), "the status says nothing of the Space")
    scene.same(scene.get("getHealth")["healthy"], True, "health of a Hub that serves")
    scene.call("getHealth", token=False)


@scenario("hub")
def keeps_secrets(scene: Scene) -> None:
    """The public configuration contains no token."""
    text = json.dumps(scene.get("getConfig"))
    secrets = [scene.settings.get("token"), scene.settings.get("read_token")]
    scene.check(not any(secret and secret in text for secret in secrets), "the configuration has a token in it")


@scenario("hub")
def measures_its_load(scene: Scene) -> None:
    """The figures are plausible: there is memory, shares are from 0 to 100, no disk has more in use than its size."""
    load = scene.get("getLoad")
    scene.check(load["memFree"] > 0 and load["memUsed"] > 0, f"no memory free or used: {load}")
    scene.check(0 <= load["currentLoad"] <= 100, f"currentLoad is a percentage: {load['currentLoad']}")
    scene.check(load["fsSize"], "no file system")
    for disk in load["fsSize"]:
        scene.check(disk["used"] <= disk["size"], f"more used than there is: {disk}")
        scene.check(0 <= disk["use"] <= 100, f"use is a percentage: {disk}")


@scenario("hub")
def exposes_metrics(scene: Scene) -> None:
    """The metrics are OpenMetrics text: they have types, and end with the line `# EOF`."""
    scene.get("getVersion")
    text = scene.call("getMetrics").reply_body.decode()
    scene.check(text.endswith("# EOF\n"), "OpenMetrics ends with '# EOF'")
    scene.check("# TYPE" in text, "no metric has a type")


@scenario("hub")
def shows_its_description(scene: Scene) -> None:
    """The description names the operations that the server is asked for, as JSON and as YAML, and needs no token."""
    shown = json.loads(scene.call("getDescription", token=False).reply_body)
    scene.check("/version" in shown["paths"], "the description lacks GET /version")
    scene.check("/instance/{id}/output" in shown["paths"], "the description lacks GET /instance/{id}/output")
    text = scene.call("getDescriptionYaml", token=False).reply_body.decode()
    scene.same(yaml.safe_load(text), shown, "the description as YAML")


@scenario("hub", "sequences", "instances", "topics")
def lists_all_it_holds(scene: Scene) -> None:
    """A Sequence, an Instance and a topic appear among the entities exactly as in their own lists."""
    topic = scene.topic()
    scene.call("createTopic", json={"id": topic, "content-type": "text/plain"})
    with scene.running("bell") as instance:
        entities = scene.get("listEntities")
        sequence = scene.sequence("bell")
        scene.check(sequence in _ids(entities["sequences"]), "the Sequence is missing")
        scene.check(instance.id in _ids(entities["instances"]), "the Instance is missing")
        scene.check(topic in {item["topic"] for item in entities["topics"]}, "the topic is missing")


@scenario("hub", "sequences", "instances", "topics", alone=True)
def lists_are_complete(scene: Scene) -> None:
    """The newest item is in its list, and so are all older ones."""
    sequences, topics = {scene.upload("bell"), scene.upload("bell")}, {scene.topic("one"), scene.topic("two")}
    for topic in topics:
        scene.call("createTopic", json={"id": topic, "content-type": "text/plain"})
    with scene.running("bell") as one, scene.running("bell") as two:
        scene.check(sequences <= _ids(scene.get("listSequences")), "a Sequence is missing")
        scene.check({one.id, two.id} <= _ids(scene.get("listInstances")), "an Instance is missing")
        scene.check(topics <= {item["topic"] for item in scene.get("listTopics")}, "a topic is missing")


def _ids(items: list[dict[str, str]]) -> set[str]:
    return {item["id"] for item in items}


@scenario("hub", "sequences")
def log_replays_and_follows(scene: Scene) -> None:
    """The log replays recent entries and continues with new ones; a second reader gets the same again."""
    scene.upload()
    with scene.open("streamLog") as watch, contextlib.ExitStack() as readers:
        recent = _replayed(watch)
        scene.check(recent, "the log has nothing recent, although a Sequence was uploaded just now")
        # From here on, `watch` gets what is new, also what others write: as much of the oldest may be pushed out.
        first = readers.enter_context(scene.open("streamLog"))
        seen = _replayed(first, recent[-1])
        scene.check(seen, "a second reader gets nothing of what the first got")
        second = readers.enter_context(scene.open("streamLog"))
        again = _replayed(second, seen[-1])
        scene.upload()
        scene.check(first.read_line() and second.read_line(), "the log ended")
        _same_again(scene, seen, again, new=_replayed(watch, again[-1] if again else b""))


def _replayed(stream: Stream, until: bytes = b"") -> list[bytes]:
    """Return the complete lines up to this one, or until nothing arrives for a moment."""
    came = stream.read_some()
    for _ in range(50 if until else 15):
        more = stream.quiet(0.3)
        came += more
        if until in came if until else not more:
            break
    # The rest of the last line must not be taken for a line later.
    while not came.endswith(b"\n") and (more := stream.read_exactly(1)):
        came += more
    return came.splitlines(keepends=True)


def _same_again(scene: Scene, seen: list[bytes], again: list[bytes], new: list[bytes]) -> None:
    """Check that two readers got the same, apart from the oldest lines, which new lines push out of a full log.

    Args:
        scene: The scene.
        seen: What the first reader got.
        again: What the second reader got.
        new: What was written between the two, at least.
    """
    scene.check(again, "a second reader gets nothing of what the first got")
    # Lines may be equal, so each possible start of the second reader's lines is tried.
    written = seen + _after(seen[-1], new)
    places = [place for place, line in enumerate(written) if line == again[0] and _goes_on(written[place:], again)]
    scene.check(places, "a second reader gets other lines than the first, or in another order")
    dropped = written[: places[0]]
    pushed_out = len(dropped) <= len(new) or _size(dropped) <= _size(new) + max(map(len, seen))
    scene.check(pushed_out, f"a second reader does not get the first {len(dropped)} lines again")


def _after(line: bytes, lines: list[bytes]) -> list[bytes]:
    """Return the lines after the last one that equals this one; all if none does."""
    places = [place for place, other in enumerate(lines, 1) if other == line]
    return lines[places[-1] :] if places else lines


def _goes_on(seen: list[bytes], again: list[bytes]) -> bool:
    both = min(len(seen), len(again))
    return seen[:both] == again[:both]


def _size(lines: list[bytes]) -> int:
    return sum(map(len, lines))


@scenario("hub", "sequences")
def audit_tells_of_operations(scene: Scene) -> None:
    """The audit stream reports an upload and the Sequence that it created."""
    with scene.open("streamAudit") as audit:
        sequence = scene.upload()
        # Other clients may be active, and their operations are reported, too.
        while sequence not in (line := audit.read_line()):
            scene.check(line, "the audit stream ended without naming the new Sequence")


@scenario("hub")
def ignores_what_it_does_not_know(scene: Scene) -> None:
    """Unknown query parameters and headers change nothing."""
    plain = scene.get("getVersion")
    odd = scene.call("getVersion", query={"json": "true", "parse": "json"}, headers={"X-Odd": "1"})
    scene.same(odd.json(), plain, "the version with an odd query")
    scene.call("listSequences", query={"most": "-1"}, headers={"Accept-Language": "tlh"})


@scenario("hub")
def stays_with_its_connection(scene: Scene) -> None:
    """A request is answered even if its sender closes its half of the connection."""
    with scene.api.begin(Call(operation="getVersion")) as stream:
        stream.end()
        stream.connection.half_close()
        scene.same(stream.head(), 200, "status after a half-close")
        scene.check(stream.read_all(), "no body after a half-close")
