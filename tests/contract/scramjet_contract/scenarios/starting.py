"""Starting Instances: the fields of a start, their effect in the Sequence, and rejected starts."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from scramjet_contract.packages import archive
from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.sequences import declare, upload

if TYPE_CHECKING:
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Scene


def start(scene: Scene, sequence: str, expect: int = 200, **request: Any) -> Exchange:
    """Send a start as given, recording the Instance if one was created."""
    exchange = scene.call("startSequence", expect, path={"id": sequence}, **request)
    if exchange.status == 200:
        scene.stock.ledger.add_instance(exchange.json()["id"])
    return exchange


@scenario("sequences", "instances")
def starts_with_whatever_clients_send(scene: Scene) -> None:
    """No body, an empty one, null, an empty object and unknown fields all start an Instance."""
    sequence = scene.sequence("hello")
    start(scene, sequence)
    start(scene, sequence, body=b"", content_type="application/json")
    start(scene, sequence, body=b"null", content_type="application/json")
    start(scene, sequence, json={})
    start(scene, sequence, json={"verb": "go", "config": 1})
    start(scene, sequence, body=b"{}", content_type="application/json; charset=UTF-8")


@scenario("sequences", "instances")
def start_reaches_the_sequence(scene: Scene) -> None:
    """appConfig and args arrive in the Sequence as they were sent, including unusual characters and depth."""
    config = {"a": {"b": [1, 2.5, None, True, "ü☃\u2028"]}, "": "", "long": "x" * 5000}
    args = [1, -2.5, "zwölf", None, False, {"k": [[]]}, []]
    with scene.running("settings", *args, appConfig=config) as instance:
        scene.same(json.loads(instance.text()), {"config": config, "args": args}, "what the Sequence was given")
        info = instance.info()
        scene.same((info.get("appConfig"), info.get("args")), (config, args), "what the Hub says it was given")


@scenario("sequences", "instances")
def starts_by_name(scene: Scene) -> None:
    """A Sequence can be started by its name; the Instance refers to the Sequence by id."""
    name = scene.names.name("by-name")
    key = scene.upload("bell", name)
    with scene.running("bell", sequence=name) as instance:
        info = instance.info()
        sequence = info["sequence"]
        scene.same(sequence["id"] if isinstance(sequence, dict) else sequence, key, "the Instance's Sequence")
        scene.check(instance.id in scene.get("listSequenceInstances", id=name), "not among the Sequence's Instances")
        scene.check(instance.id in scene.get("getSequence", id=name)["instances"], "not in the Sequence's `instances`")
        scene.check(instance.id in {item["id"] for item in scene.get("listInstances")}, "not in the list")
    scene.call("deleteSequence", path={"id": key}, json={}, headers={"x-seq-kill-inst": "true"})


@scenario("sequences", "instances")
def ids_are_unique(scene: Scene) -> None:
    """A start may choose the id; a second one with it is 409, an id that is no UUID is 422."""
    sequence = scene.sequence("bell")
    chosen = str(uuid.uuid5(uuid.NAMESPACE_URL, scene.names.name("chosen")))
    scene.same(start(scene, sequence, json={"instanceId": chosen}).json()["id"], chosen, "the id")
    start(scene, sequence, 409, json={"instanceId": chosen})
    start(scene, sequence, 422, json={"instanceId": "too-short"})
    start(scene, sequence, 422, json={"instanceId": "x" * 36})
    scene.stock.ledger.delete(scene.stock.home, {chosen})


@scenario("sequences", "instances")
def names_are_unique(scene: Scene) -> None:
    """A start may choose a name, by which the Instance can be addressed; a second one with it is 409."""
    sequence = scene.sequence("bell")
    name = scene.names.name("named")
    key = start(scene, sequence, json={"instanceName": name}).json()["id"]
    info = scene.get("getInstance", id=name)
    scene.same((info["id"], info.get("instanceName")), (key, name), "id and name")
    start(scene, sequence, 409, json={"instanceName": name})
    scene.call("killInstance", 202, path={"id": name}, json={"removeImmediately": True})
    scene.eventually(lambda: scene.call("getInstance", (200, 404), path={"id": name}).status == 404, "the name is free")
    start(scene, sequence, json={"instanceName": name})


@scenario("sequences", "instances")
def refused_starts_leave_nothing(scene: Scene) -> None:
    """After starts rejected with 409, 422 and 400, a Sequence has no more Instances than before."""
    sequence = scene.upload("bell")
    chosen = str(uuid.uuid5(uuid.NAMESPACE_URL, scene.names.name("only")))
    start(scene, sequence, json={"instanceId": chosen})
    for _ in range(3):
        start(scene, sequence, 409, json={"instanceId": chosen})
        start(scene, sequence, 422, json={"instanceId": "too-short"})
        start(scene, sequence, 400, json={"args": "x"})
    scene.same(scene.get("listSequenceInstances", id=sequence), [chosen], "its Instances")
    scene.stock.ledger.delete(scene.stock.home, {chosen})


@scenario("sequences", "instances")
def says_which_field_is_wrong(scene: Scene) -> None:
    """A start with a field of the wrong type is 400, and the error names the field; one that is not JSON is 400 too."""
    sequence = scene.sequence("hello")
    wrong = {
        "args": {"args": "x"},
        "appConfig": {"appConfig": []},
        "inputTopic": {"inputTopic": "not a topic"},
        "outputTopic": {"outputTopic": 7},
        "limits": {"limits": {"memory": "much"}},
    }
    for field, body in wrong.items():
        error = start(scene, sequence, 400, json=body).json()["error"]
        scene.check(field in json.dumps(error), f"the error does not name {field}: {error}")
    start(scene, sequence, 400, body=b"{", content_type="application/json")
    start(scene, sequence, 400, json=[])
    start(scene, sequence, 400, json="go")
    start(scene, scene.names.name("absent"), 404, json={})


@scenario("sequences", "instances")
def needs_its_main(scene: Scene) -> None:
    """A package without its `main` file is 400 at start, and the error names it."""
    manifest = {"name": scene.names.name("no-main"), "version": "1", "main": "absent.py"}
    key = upload(scene, archive({"package.json": manifest, "main.py": "x = 1\n"})).json()["id"]
    error = start(scene, key, 400, json={}).json()["error"]
    scene.check("absent.py" in json.dumps(error), f"the error does not name the file: {error}")
    scene.same(scene.get("listSequenceInstances", id=key), [], "Instances of what cannot start")


@scenario("sequences", "instances", "topics")
def json_bodies_are_limited(scene: Scene) -> None:
    """A JSON body that declares a terabyte is 413, for every operation."""
    headers = {"Content-Type": "application/json"}
    declare(scene, "startSequence", path={"id": scene.sequence("hello")}, headers=headers)
    declare(scene, "createTopic", headers=headers)
    with scene.running("bell") as instance:
        instance.wait("running")
        for operation in ("sendEvent", "stopInstance", "killInstance", "setMonitoringRate"):
            declare(scene, operation, path=instance.path, headers=headers)
        scene.check(instance.info()["status"] == "running", "a refused request did something")
