"""Hubs of a Space: announced, joining, listed, passed on to, disconnected and deleted."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Call
from scramjet_contract.joining import KEY_ID, joined
from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import NotHere
from scramjet_contract.shared_space import SERVERS, at, own_space, space_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.scene import Scene

PLATFORMS = ("platform",)
PRIVATE = ("topics", "sequences", "instances")
LARGE = 2 * 1024 * 1024


def announced(scene: Scene, label: str = "announced") -> dict[str, str]:
    """Announce a Hub; return the path to it."""
    path = at(scene, hub_id=scene.names.name(f"{scene.name[:16]}-{label}")[-50:])
    scene.call("registerHub", 202, path={"space_id": path["space_id"]}, json={"id": path["hub_id"], "tags": ["a"]})
    return path


def info(scene: Scene, path: dict[str, str]) -> dict[str, Any]:
    """Return what the Space says of one Hub."""
    found: dict[str, Any] = scene.get("getHubInfo", **path)
    return found


@contextlib.contextmanager
def key_of(scene: Scene) -> Iterator[tuple[str, str]]:
    """Return the Space and an access key for it, which is revoked at the end."""
    space = own_space(scene)
    if scene.api.address.scheme == "https":
        raise NotHere("joining is tried without TLS only")
    created = scene.call("createAccessKey", path={"space_id": space}, json={"description": scene.name}).json()
    try:
        yield space, created["accessKey"]
    finally:
        key = created["accessKey"][:KEY_ID]
        scene.call("revokeAccessKeys", (200, 404), path={"space_id": space}, headers={"x-revoke": key})


@scenario("space", kinds=SERVERS, provokes=(202, 409))
def an_announced_hub_is_listed(scene: Scene) -> None:
    """An announced Hub is listed as not connected, until it is deleted; its id can be announced once."""
    path = announced(scene)
    space = {"space_id": path["space_id"]}
    one = info(scene, path)
    scene.same((one["isConnectionActive"], one["healthy"], one["tags"]), (False, False, ["a"]), "what is told of it")
    scene.check(not set(PRIVATE) & set(one), "one Hub is told with its topics, Sequences or Instances")
    listed = [hub for hub in scene.get("listHubs", **space) if hub["id"] == path["hub_id"]]
    scene.check(listed and set(PRIVATE) <= set(listed[0]), "the list tells no topics, Sequences or Instances of it")
    scene.check(path["hub_id"] in scene.get("listSpaceEntities", **space)["hubs"], "it is not among the entities")
    scene.call("registerHub", 409, path=space, json={"id": path["hub_id"]})
    scene.call("disconnectHubs", 409, path=space, json={"id": path["hub_id"]})
    scene.call("deleteHub", 202, path=path, json={})
    scene.call("getHubInfo", 404, path=path)
    scene.call("deleteHub", 404, path=path, json={})


@scenario("space", kinds=SERVERS, provokes=(400, 413))
def announcements_are_checked(scene: Scene) -> None:
    """An id with dots, slashes or more than 50 characters is 400, and so is a body of another shape."""
    path = at(scene)
    for body in ({"id": "a.b"}, {"id": "a/b"}, {"id": "x" * 51}, {"id": ""}, {"tags": "x"}, {"description": 1}):
        scene.call("registerHub", 400, path=path, json=body)
    scene.call("registerHub", 400, path=path, body=b"{", content_type="application/json")
    for operation in ("registerHub", "disconnectHubs"):
        scene.call(operation, 413, path=path, json={"id": "x" * LARGE}, timeout=30.0)


@scenario("space", kinds=SERVERS, provokes=(400, 404))
def disconnecting_names_a_hub(scene: Scene) -> None:
    """Disconnecting needs a Hub that is there: an empty body is 400, an unknown id or key 404."""
    path = at(scene)
    scene.call("disconnectHubs", 400, path=path, json={})
    scene.call("disconnectHubs", 400, path=path, json={"limit": -1})
    scene.call("disconnectHubs", 404, path=path, json={"id": scene.names.name("absent")})
    scene.call("disconnectHubs", 404, path=path, json={"accessKey": "nosuchkey0123456"})
    reply = scene.call("disconnectHubs", 202, path=path, json={"limit": 10000}).json()
    scene.same((reply["managerId"], reply["disconnected"]), (path["space_id"], []), "the reply to a limit not reached")


@scenario("space", "platform", kinds=PLATFORMS, seconds=40.0, provokes=(409,))
def a_hub_joins_and_leaves(scene: Scene) -> None:
    """A Hub joins with an access key and is listed as connected and self-hosted, until its connection is closed."""
    with key_of(scene) as (space, key):
        path = {"space_id": space, "hub_id": scene.names.name("joins")[-50:]}
        with joined(scene.api.address.url, space, path["hub_id"], key) as hub:
            scene.same(hub.status, 202, "the reply to a Hub that joins")
            one = until_connected(scene, path)
            scene.same((one["selfHosted"], one["tags"]), (True, ["contract"]), "what is told of it")
            scene.call("deleteHub", 409, path=path, json={})
        gone = until_away(scene, path)
        scene.same(gone.get("disconnectReason"), "disconnected", "the reason")
        with joined(scene.api.address.url, space, path["hub_id"], key) as hub:
            scene.same(hub.status, 202, "the reply to a Hub that joins again")
            until_connected(scene, path)
            scene.call("deleteHub", 202, path=path, json={}, headers={"x-force": "true"})
            scene.check(hub.is_closed(10.0), "the connection of a deleted Hub stays open")
        scene.call("getHubInfo", 404, path=path)


@scenario("space", "platform", kinds=PLATFORMS, seconds=40.0)
def a_hub_is_disconnected_on_request(scene: Scene) -> None:
    """Each field of a request disconnects Hubs that joined with a key, and gives its own reason."""
    with key_of(scene) as (space, key):
        for label, body, reason in (
            ("id", lambda hub: {"id": hub}, "id_drop"),
            ("key", lambda _: {"accessKey": key[:KEY_ID]}, "key_revoked"),
        ):
            path = {"space_id": space, "hub_id": scene.names.name(f"drop-{label}")[-50:]}
            with joined(scene.api.address.url, space, path["hub_id"], key) as hub:
                until_connected(scene, path)
                reply = scene.call("disconnectHubs", 202, path={"space_id": space}, json=body(path["hub_id"])).json()
                scene.same(reply["disconnected"], [{"sthId": path["hub_id"], "reason": reason}], "who is disconnected")
                scene.check(hub.is_closed(10.0), f"the connection stays open after {reason}")
            gone = until_away(scene, path)
            scene.same(gone.get("disconnectReason"), reason, "the reason")
            scene.call("deleteHub", 202, path=path, json={})


@scenario("space", "platform", kinds=PLATFORMS, seconds=40.0)
def a_revoked_key_disconnects_its_hubs(scene: Scene) -> None:
    """Revoking a key closes the connections of its Hubs at once, and the key opens nothing any more."""
    with key_of(scene) as (space, key):
        path = {"space_id": space, "hub_id": scene.names.name("revoked")[-50:]}
        with joined(scene.api.address.url, space, path["hub_id"], key) as hub:
            until_connected(scene, path)
            scene.call("revokeAccessKeys", path={"space_id": space}, headers={"x-revoke": key[:KEY_ID]})
            scene.check(hub.is_closed(10.0), "the connection stays open after its key was revoked")
        gone = until_away(scene, path)
        scene.same(gone.get("disconnectReason"), "key_revoked", "the reason")
        with joined(scene.api.address.url, space, path["hub_id"], key) as again:
            scene.same(again.status, 403, "the reply to a revoked key")
        scene.call("deleteHub", 202, path=path, json={})


@scenario("space", "platform", kinds=PLATFORMS, seconds=40.0)
def who_may_not_join_is_told_so(scene: Scene) -> None:
    """A wrong key is 403, an unknown Space 404, an id that is connected 409."""
    with key_of(scene) as (space, key):
        url, name = scene.api.address.url, scene.names.name("refused")[-50:]
        wrong = key[:KEY_ID] + "x" * (len(key) - KEY_ID)
        for where, proof, status in ((space, wrong, 403), (space, "y" * 32, 403), ("contract-no-such-space", key, 404)):
            with joined(url, where, name, proof) as refused:
                scene.same(refused.status, status, f"the reply to a Hub that may not join {where}")
        with joined(url, space, name, key) as first:
            scene.same(first.status, 202, "the reply to the first")
            with joined(url, space, name, key) as second:
                scene.same(second.status, 409, "the reply to a second Hub with the id of the first")
            scene.check(connected(scene, {"space_id": space, "hub_id": name}), "the first is not connected any more")
        until_away(scene, {"space_id": space, "hub_id": name})
        scene.call("deleteHub", 202, path={"space_id": space, "hub_id": name}, json={})


@scenario("space", kinds=SERVERS)
def a_hub_that_is_away_is_not_passed_on_to(scene: Scene) -> None:
    """A request for an unknown Hub is 404, for one that is not connected 503; both come at once."""
    path = announced(scene, "away")
    for hub, status in ((path["hub_id"], 503), (scene.names.name("absent"), 404)):
        behind = scene.api.behind(f"/{road(scene)}/{space_id(scene)}/api/v1/sth/{hub}/api/v1")
        for operation in ("getVersion", "streamAudit"):
            if operation in behind.operations:
                got = behind.call(Call(operation=operation)).status
                scene.same(got, status, f"the status of {operation} for the Hub {hub}")
    scene.call("deleteHub", 202, path=path, json={})


def connected(scene: Scene, path: dict[str, str]) -> dict[str, Any]:
    """Return what is told of a Hub if it is connected, nothing otherwise."""
    return _if(scene, path, active=True)


def away(scene: Scene, path: dict[str, str]) -> dict[str, Any]:
    """Return what is told of a Hub if it is not connected, nothing otherwise."""
    return _if(scene, path, active=False)


def until_connected(scene: Scene, path: dict[str, str]) -> dict[str, Any]:
    """Wait until a Hub is listed as connected; return what is told of it."""
    found: dict[str, Any] = scene.eventually(lambda: connected(scene, path), "it is listed as connected")
    return found


def until_away(scene: Scene, path: dict[str, str]) -> dict[str, Any]:
    """Wait until a Hub is listed as not connected; return what is told of it."""
    found: dict[str, Any] = scene.eventually(lambda: away(scene, path), "it is listed as not connected")
    return found


def _if(scene: Scene, path: dict[str, str], *, active: bool) -> dict[str, Any]:
    exchange = scene.call("getHubInfo", (200, 404), path=path)
    found: dict[str, Any] = json.loads(bytes(exchange.reply_body))
    return found if exchange.status == 200 and found["isConnectionActive"] is active else {}


def road(scene: Scene) -> str:
    """Return the first segment of the paths of Spaces."""
    return scene.api.operations["listHubs"].path.split("/")[1]
