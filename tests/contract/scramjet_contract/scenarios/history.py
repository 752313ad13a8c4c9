"""The history of Instances: complete, in order, and a stream that goes on where it was left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.fields import only_embedded, rejected

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

KEPT = "a history of Instances"


def history(scene: Scene, **query: Any) -> dict[str, Any]:
    """Return a page of the history."""
    page: dict[str, Any] = scene.call("listInstanceEvents", query=query).json()
    return page


@scenario("sequences", "instances")
def history_tells_the_life_of_an_instance(scene: Scene) -> None:
    """The history has a start once it is replied to, then each status, the kill, and the end with its reason."""
    only_embedded(scene, KEPT)
    key = scene.upload("bell")
    with scene.running("bell", sequence=key) as instance:
        first = history(scene, instance_ids=instance.id)["events"][0]
        scene.same((first["type"], first["metadata"].get("sequence")), ("created", key), "the first event")
        instance.wait("running")
        scene.call("killInstance", 202, path=instance.path, json={})
        kinds = [event["type"] for event in history(scene, instance_ids=instance.id)["events"]]
        scene.check("kill" in kinds, f"the kill was replied to, and is not in the history: {kinds}")
        terminated = instance.ended()["terminated"]
        events = scene.eventually(lambda: _until_end(scene, instance.id), "the end is in the history")
        scene.same(events[-1]["metadata"]["reason"], terminated["reason"], "the reason of the end")
        scene.same(events[-1]["metadata"]["exitcode"], terminated["exitcode"], "the exit code")
        statuses = [event["metadata"]["status"] for event in events if event["type"] == "status"]
        scene.same(statuses, ["starting", "running", "killing", "completed"], "the statuses")
        numbers = [int(event["id"]) for event in events]
        scene.same(numbers, sorted(set(numbers)), "the ids")
        _check_pages(scene, instance.id, events)


def _until_end(scene: Scene, instance: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = history(scene, instance_ids=instance)["events"]
    return events if events and events[-1]["type"] == "ended" else []


def _check_pages(scene: Scene, instance: str, events: list[dict[str, Any]]) -> None:
    page = history(scene, instance_ids=instance, limit=2, offset=1)
    scene.same((page["events"], page["has_next"]), (events[1:3], True), "a page in the middle")
    page = history(scene, instance_ids=instance, limit=2, order="desc")
    scene.same(page["events"], events[::-1][:2], "the newest first")
    page = history(scene, instance_ids=instance, types=["ended", "created"])
    scene.same((page["events"], page["has_next"]), ([events[0], events[-1]], False), "two types")
    page = history(scene, instance_ids=instance, ending_time=events[0]["when"])
    scene.check(events[-1] not in page["events"], "an event after the period is in it")


@scenario("sequences", "instances")
def history_tells_refused_starts(scene: Scene) -> None:
    """A start that is refused is in the history, with the reason."""
    only_embedded(scene, KEPT)
    key = scene.upload("bell")
    with scene.running("bell", sequence=key) as instance:
        body = {"instanceId": instance.id}
        error = scene.call("startSequence", 409, path={"id": key}, json=body).json()["error"]
        told = scene.eventually(
            lambda: history(scene, instance_ids=instance.id, types="start_refused")["events"], "the refusal is told"
        )
        scene.same([event["message"] for event in told], [error], "the refusal")


@scenario("sequences", "instances")
def a_watch_goes_on_after_its_cursor(scene: Scene) -> None:
    """A stream begins with its cursor, has each event once, and goes on from any cursor with what comes after it."""
    only_embedded(scene, KEPT)
    key = scene.upload("bell")
    with scene.open("watchInstanceEvents") as watch:
        mark = json.loads(watch.read_line())
        scene.same(mark["type"], "bookmark", "the first line of a stream without a cursor")
        with scene.running("bell", sequence=key) as instance:
            instance.wait("running")
            scene.call("killInstance", 202, path=instance.path, json={})
            events = scene.eventually(lambda: _until_end(scene, instance.id), "the end is in the history")
        _check_lines(scene, watch, instance.id, events)
    for cursor, wanted in ((mark["id"], events), (events[1]["id"], events[2:])):
        with scene.open("watchInstanceEvents", query={"cursor": cursor, "instance_ids": instance.id}) as again:
            _check_lines(scene, again, instance.id, wanted)
    gone = scene.call("watchInstanceEvents", 410, query={"cursor": "1"})
    scene.same(set(rejected(gone)), {"cursor"}, "fields of the error for a cursor from before the history")
    wrong = scene.call("watchInstanceEvents", 400, query={"cursor": "now", "types": "odd"})
    scene.same(set(rejected(wrong)), {"cursor", "types"}, "fields of the error")


def _check_lines(scene: Scene, watch: Any, instance: str, wanted: list[dict[str, Any]]) -> None:
    found: list[dict[str, Any]] = []
    while len(found) < len(wanted):
        event = json.loads(watch.read_line())
        if event.get("instance_id") == instance:
            found.append(event)
    scene.same(found, wanted, "the events in the stream")
