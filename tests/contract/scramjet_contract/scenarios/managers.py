"""MultiManagers: Spaces that are started and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_contract.scenarios import scenario

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

MANAGERS = ("multi-manager",)


def listed(scene: Scene) -> list[str]:
    """Return the ids of all Spaces."""
    return [space["id"] for space in scene.get("listManagers")]


@scenario("multi-manager", kinds=MANAGERS, alone=True, provokes=(202, 404, 409))
def a_space_is_started_and_stopped(scene: Scene) -> None:
    """A started Space is listed, counted and served, its id is taken; a stopped one is gone."""
    before = scene.get("getMultiManagerInfo")["managersCount"]
    name = scene.names.name("started")[-50:]
    scene.same(scene.call("startManager", 202, json={"manager": {"id": name}}).json()["id"], name, "its id")
    scene.check(name in listed(scene), "the started Space is not listed")
    scene.same(scene.get("getMultiManagerInfo")["managersCount"], before + 1, "the number of Spaces")
    scene.get("getSpaceVersion", space_id=name)
    scene.call("startManager", 409, json={"manager": {"id": name}})
    scene.same(scene.call("stopManager", path={"space_id": name}, json={}).json()["id"], name, "the id of what stopped")
    scene.check(name not in listed(scene), "the stopped Space is listed")
    scene.call("getSpaceVersion", 404, path={"space_id": name})
    scene.call("stopManager", 404, path={"space_id": name}, json={})


@scenario("multi-manager", kinds=MANAGERS, provokes=(400, 413))
def new_spaces_are_checked(scene: Scene) -> None:
    """A Space without an id gets one; an id with dots or slashes is 400."""
    made = scene.call("startManager", 202).json()["id"]
    scene.call("stopManager", path={"space_id": made}, json={})
    for name in ("a.b", "a/b", "x" * 51, ""):
        scene.call("startManager", 400, json={"manager": {"id": name}})
    scene.call("startManager", 400, body=b"{", content_type="application/json")
    scene.call("startManager", 413, json={"manager": {"id": "x" * 2 * 1024 * 1024}}, timeout=30.0)
