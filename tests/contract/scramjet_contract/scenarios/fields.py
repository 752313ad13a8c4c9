"""Errors that name the rejected fields of a request: parameters, and members of a JSON body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import NotHere

if TYPE_CHECKING:
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Scene


def only_embedded(scene: Scene, what: str) -> None:
    """Leave the scenario on Hubs that are not of this project.

    Args:
        scene: The scenario.
        what: What only the embedded Hub has.

    Raises:
        NotHere: It is another Hub.
    """
    if scene.profile.only != "embedded":
        raise NotHere(f"only the embedded Hub has {what}")


def rejected(exchange: Exchange) -> dict[str, str]:
    """Return the descriptions of the fields that an error names, by field."""
    return {item["field"]: item["description"] for item in exchange.json().get("fields", [])}


@scenario("sequences", "topics")
def errors_name_every_wrong_field(scene: Scene) -> None:
    """A 400 names each wrong member of the body by its JSON pointer, a missing one too, and says why."""
    only_embedded(scene, "`fields` in its errors")
    sequence = scene.upload("hello")
    bodies: list[tuple[Any, set[str]]] = [
        ({"args": "x"}, {"/args"}),
        ({"args": "x", "limits": {"memory": "much"}, "appConfig": 1}, {"/args", "/limits/memory", "/appConfig"}),
        ([], {"body"}),
    ]
    for body, wanted in bodies:
        found = rejected(scene.call("startSequence", 400, path={"id": sequence}, json=body))
        scene.same(set(found), wanted, f"fields of the error for {body}")
        scene.check(all(found.values()), f"a field without a description: {found}")
    missing = rejected(scene.call("createTopic", 400, json={"content-type": "text/plain"}))
    scene.same(set(missing), {"/id"}, "fields of the error for a topic without an id")
    broken = scene.call("startSequence", 400, path={"id": sequence}, body=b"{", content_type="application/json")
    scene.same(set(rejected(broken)), {"body"}, "fields of the error for a body that is not JSON")


@scenario("sequences", "topics")
def errors_name_every_wrong_parameter(scene: Scene) -> None:
    """A 400 names each wrong parameter, of the path and of the headers."""
    only_embedded(scene, "`fields` in its errors")
    deleted = scene.call("deleteSequence", 400, path={"id": "none"}, json={}, headers={"x-seq-kill-inst": "perhaps"})
    scene.same(set(rejected(deleted)), {"x-seq-kill-inst"}, "fields of the error for a header")
    both = {"path": {"topic": "no blanks please"}, "headers": {"content-type": "image/png"}}
    scene.same(set(rejected(scene.call("readTopic", 400, **both))), {"topic", "content-type"}, "fields of the error")
    topic = scene.topic()
    scene.call("createTopic", json={"id": topic, "content-type": "text/plain"})
    taken = scene.call("createTopic", 400, json={"id": topic, "content-type": "text/plain"})
    scene.same(set(rejected(taken)), {"/id"}, "fields of the error for a topic that is there")
