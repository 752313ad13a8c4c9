"""Events to and from an Instance: the last one, the next one, a stream of one name and of all names."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Call
from scramjet_contract.scenarios import scenario
from scramjet_contract.wire import TimedOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.api import Stream
    from scramjet_contract.scene import Running, Scene

MESSAGES: tuple[Any, ...] = ({"a": [1]}, "text", 1, 0, "", False, [], None)
"""Includes messages that a careless Hub takes for missing ones."""


@contextlib.contextmanager
def bell(scene: Scene) -> Iterator[Running]:
    """Start an Instance that answers events, and wait until it is ready."""
    with scene.running("bell") as instance:
        # Waits for its output, not for the event `ready`: another scenario checks how events are delivered.
        with instance.read() as output:
            scene.same(output.read_line(), "ready", "first output")
        yield instance


@scenario("instances")
def an_event_is_told_as_json(scene: Scene) -> None:
    """The last event of a name is returned as its message, in JSON."""
    with bell(scene) as instance:
        scene.same(scene.get("getLastEvent", id=instance.id, name="ready"), True, "the event `ready`")


@scenario("instances")
def events_are_answered(scene: Scene) -> None:
    """An event reaches the Sequence, and its answer returns with the same message, of any JSON type."""
    with bell(scene) as instance, events(scene, instance, "pong") as pongs:
        for message in MESSAGES:
            instance.send_event("ping", message)
            scene.same(instance.next_record(pongs), message, f"the answer to {message!r}")


@scenario("instances")
def last_event_is_kept(scene: Scene) -> None:
    """The last event of a name can be read at any time, also if its message is 0, empty or false."""
    with bell(scene) as instance, events(scene, instance, "pong") as pongs:
        for message in MESSAGES:
            instance.send_event("ping", message)
            instance.next_record(pongs)
            scene.same(scene.get("getLastEvent", id=instance.id, name="pong"), message, "the last event")
            scene.same(scene.get("getLastEvent", id=instance.id, name="pong"), message, "the last event, again")


@scenario("instances")
def last_event_waits_for_the_first(scene: Scene) -> None:
    """A request for an event that has not occurred yet is answered when it occurs."""
    with bell(scene) as instance:
        path = {"id": instance.id, "name": "pong"}
        with _asking(scene, "getLastEvent", path) as asked:
            instance.send_event("ping", "first")
            scene.same(asked.head(), 200, "status")
            scene.same(json.loads(asked.read_all()), "first", "the event")


def _asking(scene: Scene, operation: str, path: dict[str, str]) -> Stream:
    stream = scene.api.begin(Call(operation=operation, path=path))
    stream.end()
    return stream


@scenario("instances")
def next_event_is_the_next(scene: Scene) -> None:
    """`once` returns the next event, of one name or of any, never an earlier one."""
    with bell(scene) as instance:
        instance.send_event("ping", "old")
        scene.same(scene.get("getLastEvent", id=instance.id, name="pong"), "old", "the last event")
        named = _asking(scene, "getNextNamedEvent", {"id": instance.id, "name": "pong"})
        unnamed = _asking(scene, "getNextEvent", {"id": instance.id})
        with named, unnamed:
            _answer_until(instance, [named, unnamed])
            scene.same(json.loads(named.read_all()), "new", "the next `pong`")
            event = json.loads(unnamed.read_all())
            scene.same((event["eventName"], event.get("message")), ("pong", "new"), "the next event")


def _answer_until(instance: Running, waiting: list[Stream]) -> None:
    """Send the same event until all waiting requests are answered: their registration by the Hub is not observable."""
    for _ in range(40):
        instance.send_event("ping", "new")
        with contextlib.suppress(TimedOut):
            for stream in waiting:
                stream.head(timeout=0.2)
            return


@scenario("instances")
def events_keep_their_order(scene: Scene) -> None:
    """Of five hundred events of one Instance none is lost, duplicated or out of order, on both kinds of stream."""
    with bell(scene) as instance, events(scene, instance, "tick") as ticks, events(scene, instance) as everything:
        instance.send_event("burst", 500)
        scene.same([instance.next_record(ticks) for _ in range(500)], list(range(500)), "events of one name")
        records = _ticks(instance, everything)
        scene.same([record["message"] for record in records], list(range(500)), "events of any name")


def _ticks(instance: Running, stream: Stream) -> list[Any]:
    records: list[dict[str, Any]] = []
    while len(records) < 500:
        record = instance.next_record(stream)
        if record["eventName"] == "tick":
            records.append(record)
    return records


def events(scene: Scene, instance: Running, name: str = "") -> Stream:
    """Follow the events of an Instance, of one name or of all names."""
    if name:
        return scene.open("streamNamedEvents", path={"id": instance.id, "name": name})
    return scene.open("streamEvents", path=instance.path)


@scenario("instances")
def events_are_told_apart(scene: Scene) -> None:
    """The stream of one event name contains no events of another name or of another Instance."""
    with bell(scene) as mine, bell(scene) as other, events(scene, mine, "pong") as pongs:
        other.send_event("ping", "of the other")
        mine.send_event("other", "of another name")
        scene.same(scene.get("getLastEvent", id=mine.id, name="reply"), "of another name", "the other event")
        scene.same(scene.get("getLastEvent", id=other.id, name="pong"), "of the other", "the other's event")
        mine.send_event("ping", "mine")
        scene.same(mine.next_record(pongs), "mine", "the first event of that name")
        with events(scene, mine, "pong") as later:
            mine.send_event("ping", "later")
            scene.same(mine.next_record(later), "later", "the first event for who follows since later")


@scenario("instances")
def streams_of_events_end_with_the_instance(scene: Scene) -> None:
    """When the Instance ends, its event streams end."""
    with bell(scene) as instance, events(scene, instance) as everything, events(scene, instance, "pong") as pongs:
        scene.call("killInstance", 202, path=instance.path)
        everything.read_all()
        scene.same(pongs.read_all(), b"", "events of one name after the end")


@scenario("instances")
def who_waits_for_an_event_hears_of_the_end(scene: Scene) -> None:
    """A request that waits for the next event of an Instance is answered when the Instance ends."""
    with bell(scene) as instance, _asking(scene, "getNextNamedEvent", {"id": instance.id, "name": "never"}) as asked:
        scene.call("killInstance", 202, path=instance.path)
        status = asked.head()
        scene.check(400 <= status < 500, f"expected a 4xx, got {status}")
        asked.read_all()


@scenario("instances")
def event_forms(scene: Scene) -> None:
    """As an object and as the runner's message, with a message, without one, and with unknown fields."""
    with bell(scene) as instance, events(scene, instance, "pong") as pongs:
        good: tuple[Any, ...] = (
            [5001, {"eventName": "ping", "message": 1}],
            {"eventName": "ping", "message": 1, "more": 2},
        )
        for body in good:
            scene.call("sendEvent", path=instance.path, json=body, query={"json": "true", "parse": "json"})
            scene.same(instance.next_record(pongs), 1, f"the answer to {body}")
        scene.call("sendEvent", path=instance.path, json=[5001, {"eventName": "ping", "messagee": 1}])
        instance.next_record(pongs)


@scenario("instances")
def bad_events_are_refused(scene: Scene) -> None:
    """No name, a name of another type, another code, not JSON, an empty body: 400, and the Instance keeps running."""
    with bell(scene) as instance:
        for body in ({}, {"eventName": 5}, {"eventName": ""}, [4001, {"eventName": "x"}], [], [5001], "x", None):
            scene.call("sendEvent", 400, path=instance.path, json=body)
        scene.call("sendEvent", 400, path=instance.path, body=b"{", content_type="application/json")
        scene.call("sendEvent", 400, path=instance.path)
        instance.send_event("ping", "well")
        scene.same(scene.get("getLastEvent", id=instance.id, name="pong"), "well", "the answer afterwards")
