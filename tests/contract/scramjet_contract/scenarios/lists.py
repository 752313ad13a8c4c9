"""Lists: an existing thing is listed once, as it is shown by itself; a missing one is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene


def by(field: str, items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Index items by the given field."""
    return {item[field]: item for item in items}


@scenario("sequences", "instances")
def a_sequence_lists_its_own_instances(scene: Scene) -> None:
    """The Instances of a Sequence are exactly those started from it: all of them, and none of another Sequence."""
    one, other = scene.upload("bell"), scene.upload("bell")
    with (
        scene.running("bell", sequence=one) as first,
        scene.running("bell", sequence=other) as stranger,
        scene.running("bell", sequence=one) as second,
    ):
        for key, wanted in ((one, {first.id, second.id}), (other, {stranger.id})):
            scene.same(set(scene.get("listSequenceInstances", id=key)), wanted, f"Instances of {key}")
            scene.same(set(scene.get("getSequence", id=key)["instances"]), wanted, f"`instances` of {key}")
            listed = by("id", scene.get("listSequences"))[key]
            scene.same(set(listed["instances"]), wanted, f"`instances` of {key} in the list of Sequences")
        listed = by("id", scene.get("listInstances"))
        for instance, key in ((first, one), (second, one), (stranger, other)):
            scene.same(_sequence_of(listed[instance.id]), key, "the Sequence of an Instance in the list")


def _sequence_of(item: dict[str, Any]) -> Any:
    sequence = item["sequence"]
    return sequence["id"] if isinstance(sequence, dict) else sequence


@scenario("sequences", "instances")
def lists_show_things_as_they_are(scene: Scene) -> None:
    """A list shows a Sequence or an Instance as it is shown by itself."""
    key = scene.upload("bell", scene.names.name("listed"))
    scene.same(by("id", scene.get("listSequences"))[key], scene.get("getSequence", id=key), "the Sequence in the list")
    with scene.running("bell", sequence=key) as instance:
        instance.wait("running")
        alone = instance.info()
        listed = by("id", scene.get("listInstances"))[instance.id]
        for field in (
            "id",
            "instanceName",
            "status",
            "created",
            "started",
            "args",
            "appConfig",
            "requires",
            "provides",
        ):
            scene.same(listed.get(field), alone.get(field), f"`{field}` of the Instance in the list")


@scenario("hub", "sequences", "instances", "topics", alone=True)
def entities_are_as_their_own_lists(scene: Scene) -> None:
    """The entities are exactly the Sequences, Instances and topics of their own lists."""
    topic = scene.topic()
    scene.call("createTopic", json={"id": topic, "content-type": "text/plain"})
    with scene.running("bell", sequence=scene.upload("bell")) as instance:
        instance.wait("running")
        parts = {"sequences": ("listSequences", "id"), "instances": ("listInstances", "id")}
        parts["topics"] = ("listTopics", "topic")
        for part, (operation, field) in parts.items():
            # Other clients may use the Hub: what existed before and after must exist in between.
            before = by(field, scene.get(operation))
            among = by(field, scene.get("listEntities")[part])
            after = by(field, scene.get(operation))
            lost = {key for key in before if key in after} - set(among)
            scene.same(lost, set(), f"{part} that are missing among the entities")
            scene.same(set(among) - set(before) - set(after), set(), f"{part} that are among the entities only")
        scene.same(by("id", scene.get("listEntities")["instances"])[instance.id]["id"], instance.id, "its id")


@scenario("sequences", "instances", "topics")
def what_is_gone_is_in_no_list(scene: Scene) -> None:
    """Deleted Sequences and topics and removed Instances are in no list; nothing is listed before its creation."""
    key, topic = scene.upload("bell"), scene.topic()
    scene.check(topic not in by("topic", scene.get("listTopics")), "a topic is listed that nobody has made")
    scene.same(scene.get("listSequenceInstances", id=key), [], "Instances of a Sequence that was never started")
    scene.call("createTopic", json={"id": topic, "content-type": "text/plain"})
    with scene.running("bell", sequence=key) as instance:
        instance.wait("running")
        scene.call("killInstance", 202, path=instance.path, json={"removeImmediately": True})
        scene.eventually(lambda: not scene.get("listSequenceInstances", id=key), "the Sequence lists it no longer")
        scene.eventually(lambda: instance.id not in by("id", scene.get("listInstances")), "no list has the Instance")
    scene.same(scene.get("getSequence", id=key)["instances"], [], "`instances` after the removal")
    scene.call("deleteSequence", path={"id": key}, json={})
    scene.call("deleteTopic", path={"topic": topic}, json={})
    scene.check(key not in by("id", scene.get("listSequences")), "the deleted Sequence is still listed")
    scene.check(topic not in by("topic", scene.get("listTopics")), "the deleted topic is still listed")


@scenario("sequences")
def only_packages_that_were_taken_are_listed(scene: Scene) -> None:
    """A rejected upload and a replacement add nothing to the list; every other upload adds one Sequence."""
    name = scene.names.name("only-once")
    key = scene.upload("hello", name)
    package = scene.stock.package("settings")
    octets = "application/octet-stream"
    scene.call("uploadSequence", 405, body=package, content_type=octets, headers={"x-name": name})
    scene.call("replaceSequence", path={"id": key}, body=package, content_type=octets)
    named = [item["id"] for item in scene.get("listSequences") if item.get("name") == name]
    scene.same(named, [key], "Sequences with a name that was given once")
