"""Hubs in a special state, if the caller has set some up: one at its limits, one that is shutting down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_contract.api import Api, Call
from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import OCTETS
from scramjet_contract.wire import Address

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene


def another_hub(scene: Scene, setting: str) -> Api:
    """Return the operations of another Hub of the same kind, with the same token."""
    address = Address.parse(scene.setting(setting), scene.api.address.policy)
    return Api(address, scene.settings.get("token", ""), scene.api.operations, scene.api.done, scene.api.deadline)


def expect(scene: Scene, hub: Api, status: int, **call: object) -> None:
    """Make a call to that Hub."""
    exchange = hub.call(Call(**call))  # type: ignore[arg-type]  # the fields of Call, passed on
    scene.same(exchange.status, status, f"status of {exchange.operation}")


@scenario("sequences", "instances", provokes=(507,))
def full_hub_says_so(scene: Scene) -> None:
    """Without room for a package or an Instance: 507 for upload, replacement and start, with the reason."""
    hub = another_hub(scene, "full_hub")
    package = scene.stock.package("hello")
    listed = hub.call(Call(operation="listSequences")).json()
    key = {"id": listed[0]["id"]}
    expect(scene, hub, 507, operation="uploadSequence", body=package, content_type=OCTETS)
    expect(scene, hub, 507, operation="replaceSequence", path=key, body=package, content_type=OCTETS)
    expect(scene, hub, 507, operation="startSequence", path=key, json={})


@scenario("topics", provokes=(507,))
def full_hub_takes_no_topic(scene: Scene) -> None:
    """Without room for a topic: 507 for every operation that would create one, with the reason."""
    hub = another_hub(scene, "full_hub")
    path = {"topic": scene.topic()}
    expect(scene, hub, 507, operation="createTopic", json={"id": scene.topic(), "content-type": "text/plain"})
    expect(scene, hub, 507, operation="writeTopic", path=path, body=b"line\n", content_type="text/plain")
    expect(scene, hub, 507, operation="readTopic", path=path)
    scene.same(hub.call(Call(operation="listTopics")).json(), [], "the list of topics")


@scenario("hub", "sequences", "instances", provokes=(503,))
def draining_hub_says_so(scene: Scene) -> None:
    """A Hub that is shutting down: 503 for health, upload, replacement and start; existing things can be read."""
    hub = another_hub(scene, "draining_hub")
    package = scene.stock.package("hello")
    listed = hub.call(Call(operation="listSequences")).json()
    key = {"id": next(item["id"] for item in listed if not item["instances"])}
    expect(scene, hub, 503, operation="getHealth")
    expect(scene, hub, 503, operation="uploadSequence", body=package, content_type=OCTETS)
    expect(scene, hub, 503, operation="replaceSequence", path=key, body=package, content_type=OCTETS)
    expect(scene, hub, 503, operation="startSequence", path=key, json={})
    expect(scene, hub, 200, operation="getSequence", path=key)
