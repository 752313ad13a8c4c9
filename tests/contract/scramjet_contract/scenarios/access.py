"""Tokens: what each kind of token permits on a Hub that requires one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Call
from scramjet_contract.scenarios import scenario

if TYPE_CHECKING:
    from scramjet_contract.description import Operation
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Scene

OPEN = {"getVersion", "getHealth", "getDescription", "getDescriptionYaml"}
ALL = ("hub", "sequences", "instances", "topics")


@scenario(*ALL, provokes=(401,))
def asks_for_a_token(scene: Scene) -> None:
    """All operations but version, health and description answer 401 without a good token, and have no effect."""
    scene.setting("token")
    for operation in chosen(scene):
        if operation.id not in OPEN:
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic d3Jvbmc6"}):
                exchange = try_it(scene, operation, headers)
                scene.same(exchange.status, 401, f"{operation.id} with {headers or 'no token'}")


@scenario(*ALL, provokes=(403,))
def reading_token_reads_only(scene: Scene) -> None:
    """With a read-only token, operations that change something are 403, and so is creating a topic by reading it."""
    headers = {"Authorization": f"Bearer {scene.setting('read_token')}"}
    for operation in chosen(scene):
        exchange = try_it(scene, operation, headers)
        if operation.id == "readTopic":
            scene.same(exchange.status, 403, "readTopic of a topic that is not there, with a reading token")
            listed = {item["topic"] for item in scene.get("listTopics")}
            scene.check(not any(name.endswith("absent") for name in listed), "a reading token has created a topic")
        elif operation.method == "GET" and 101 not in operation.replies:
            scene.check(exchange.status not in (401, 403), f"{operation.id}: {exchange.status} for a reading token")
        else:
            scene.same(exchange.status, 403, f"{operation.id} with a reading token")


def chosen(scene: Scene) -> list[Operation]:
    """Return the operations whose tag is to be checked."""
    return [operation for operation in scene.api.operations.values() if operation.tag in scene.settings["tags"]]


def try_it(scene: Scene, operation: Operation, headers: dict[str, str]) -> Exchange:
    """Call an operation on something that does not exist; only the head of the reply matters."""
    names = {"id": "absent", "topic": "absent", "name": "any"}
    path = {
        name: scene.names.name(value) if name != "name" else value
        for name, value in names.items()
        if "{" + name + "}" in operation.path
    }
    request: dict[str, Any] = {}
    if operation.accepts:
        request = {"body": b"{}", "content_type": operation.accepts[0]}
    call = Call(operation=operation.id, path=path, headers=headers, token=False, **request)
    with scene.api.open(call) as stream:
        if not operation.streams_down or stream.exchange.status != 200:
            stream.read_all()
        return stream.exchange


@scenario("topics", provokes=(403,))
def reading_token_reads_topics(scene: Scene) -> None:
    """A read-only token reads an existing topic."""
    headers = {"Authorization": f"Bearer {scene.setting('read_token')}", "Content-Type": "text/plain"}
    path = {"topic": scene.topic()}
    scene.call("writeTopic", 202, path=path, body=b"line\n", content_type="text/plain")
    with scene.open("readTopic", path=path, headers=headers, token=False) as reading:
        scene.same(reading.read_line(), "line", "what was read")
