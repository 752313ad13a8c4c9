"""Spaces: what they tell of themselves, their lists, their streams, and who may use them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scramjet_contract.api import Call
from scramjet_contract.scenarios import scenario
from scramjet_contract.shared_space import SERVERS, at, space_id, with_parameters

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

PAGED = ("listHubs", "listAllSpaceSequences", "listSpaceInstances")
ABSENT = "contract-no-such-space"
HEARTBEAT = 13020


@scenario("space", "platform", "multi-manager", kinds=SERVERS)
def a_space_tells_of_itself(scene: Scene) -> None:
    """Version, configuration, health, load and entities of a Space are there, and the Space is in its server's list."""
    path = at(scene)
    scene.same(scene.get("getSpaceVersion", **path)["apiVersion"], "v1", "the version of the API")
    secret = json.dumps(scene.get("getSpaceConfig", **path)).lower()
    scene.check("secretkey" not in secret or "****" in secret, "the configuration shows a secret")
    scene.check(scene.get("getSpaceHealth", **path)["uptime"] >= 0, "the uptime is negative")
    scene.get("getSpaceLoad", **path)
    scene.get("listSpaceEntities", **path)
    lists = [name for name in ("listSpaces", "listManagers") if name in scene.api.operations]
    for name in lists:
        listed = [space["id"] for space in scene.get(name)]
        scene.check(path["space_id"] in listed, f"{name} does not list the Space")


@scenario("space", "store", "platform", "multi-manager", kinds=SERVERS, provokes=(404,))
def an_unknown_space_is_404(scene: Scene) -> None:
    """Every operation of a Space that does not exist is 404."""
    for operation in scene.api.operations.values():
        if "{space_id}" in operation.path:
            request = with_parameters(scene, operation.id, ABSENT)
            if operation.id == "revokeAccessKeys":
                request["headers"] = {"x-revoke-all": "true"}
            if operation.id == "disconnectHubs":
                request["body"] = b'{"limit": 10000}'
            scene.call(operation.id, 404, **request)


@scenario("space", kinds=SERVERS)
def pages_out_of_range_fall_back(scene: Scene) -> None:
    """A page that is out of range, or no number, is answered as the first one and never refused."""
    path = at(scene)
    for operation in PAGED:
        for query in ({"limit": "0"}, {"limit": "101"}, {"offset": "-1"}, {"limit": "many"}, {"offset": "x"}, {}):
            scene.call(operation, path=path, query=query)
        beyond = scene.call(operation, path=path, query={"offset": "1000000"}).json()
        scene.same(beyond, [], f"{operation} far beyond its end")
        wrong = scene.call(operation, path=path, query={"offset": "1000000", "limit": "0"}).json()
        scene.same(len(wrong), len(scene.get(operation, **path)), f"entries of {operation} out of range")


@scenario("space", kinds=SERVERS)
def loads_come_again_and_again(scene: Scene) -> None:
    """The stream of loads has one load after the other, a line each."""
    with scene.open("streamSpaceLoad", path=at(scene)) as stream:
        for _ in range(2):
            scene.check(json.loads(stream.read_line())["memFree"] > 0, "a load without free memory")


@scenario("space", kinds=SERVERS)
def the_log_of_a_space_begins_with_what_was(scene: Scene) -> None:
    """The log of a Space replays the recent lines; those of Hubs begin with the Hub's id, its own are JSON."""
    path = at(scene)
    with scene.open("streamSpaceLog", path=path) as stream:
        line = stream.read_line()
        hub, colon, rest = line.partition(": ")
        text = line if line.startswith("{") else rest
        scene.check(text is line or (colon and hub), f"a line of neither the Space nor a Hub: {line[:100]}")
        scene.check("msg" in json.loads(text), "a line without msg")


@scenario("space", "hub", kinds=SERVERS)
def audit_tells_whose_record_it_is(scene: Scene) -> None:
    """A Space's audit trail has heartbeats; the merged trail of its server names the Space."""
    space = space_id(scene)
    for operation, path in (("streamSpaceAudit", {"space_id": space}), ("streamAudit", {})):
        if operation not in scene.api.operations:
            continue
        with scene.open(operation, path=path) as stream:

            def beats(stream: object = stream, operation: str = operation) -> bool:
                record = json.loads(stream.read_line())  # type: ignore[attr-defined]
                mine = operation == "streamSpaceAudit" or record.get("mId") == space
                return record.get("opCode") == HEARTBEAT and mine

            scene.eventually(beats, f"a heartbeat of the Space in {operation}")


@scenario("hub", "space", "store", "platform", "multi-manager", kinds=SERVERS, provokes=(403,))
def without_a_token_all_is_forbidden(scene: Scene) -> None:
    """Without a token, or with a wrong one, everything is 403 and `Forbidden`, also what does not exist."""
    scene.setting("token")
    for operation in scene.api.operations.values():
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic d3Jvbmc6"}):
            request = with_parameters(scene, operation.id, ABSENT) | {"headers": headers, "token": False}
            exchange = scene.call(operation.id, 403, **request)
            scene.same(exchange.json(), {"message": "Forbidden"}, f"{operation.id} with {headers or 'no token'}")


@scenario("space", "store", "platform", "multi-manager", kinds=SERVERS, provokes=(403,))
def a_reading_token_changes_nothing_in_a_space(scene: Scene) -> None:
    """With a token that may only read, every operation but `GET` is 403."""
    headers = {"Authorization": f"Bearer {scene.setting('read_token')}"}
    for operation in scene.api.operations.values():
        if operation.method != "GET":
            request = with_parameters(scene, operation.id, space_id(scene))
            scene.call(operation.id, 403, **request, headers=headers, token=False)
    scene.call("listHubs", path=at(scene), headers=headers, token=False)


@scenario("hub", kinds=SERVERS)
def the_server_answers_for_itself(scene: Scene) -> None:
    """Version, and at a MultiManager health, load and log of the server itself."""
    scene.same(scene.get("getVersion")["apiVersion"], "v1", "the version of the API")
    for operation in ("getHealth", "getLoad"):
        if operation in scene.api.operations:
            scene.get(operation)
    if "streamLog" in scene.api.operations:
        with scene.api.open(Call(operation="streamLog")) as stream:
            scene.check("msg" in json.loads(stream.read_line()), "a line of the log without msg")
