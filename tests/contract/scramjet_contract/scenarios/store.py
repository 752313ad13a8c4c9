"""The store of a Space: packages under names and under ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import OCTETS, TEXT
from scramjet_contract.shared_space import SERVERS, at, own_space

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene


def items(scene: Scene, path: dict[str, str]) -> list[dict[str, Any]]:
    """Return the items of the store."""
    found: list[dict[str, Any]] = scene.get("listStoreItems", space_id=path["space_id"])
    return found


@scenario("store", "space", kinds=SERVERS, provokes=(202,))
def a_package_is_stored_under_its_name(scene: Scene) -> None:
    """A package is listed with an id of its own, read back byte for byte, replaced under its name, and deleted."""
    path = at(scene, filename=scene.names.name("named.tar.gz"))
    package = scene.stock.package("hello")
    item = scene.call("putStoreItem", 202, path=path, body=package, content_type=OCTETS).json()
    scene.same((item["_filename"], item["_fileId"]), (path["filename"], item["id"]), "the item")
    scene.check(item["id"] != path["filename"], "the item has its name as its id")
    scene.same(item["packageSize"], len(package), "the size of the package")
    scene.same(bytes(scene.call("getStoreItem", path=path).reply_body), package, "what was read back")
    listed = scene.get("listAllSpaceSequences", space_id=path["space_id"])
    stored = [entry for entry in listed if entry["id"] == item["id"]]
    scene.same([entry["location"] for entry in stored], ["store"], "the place of the package among all Sequences")
    other = scene.stock.package("bell")
    scene.call("putStoreItem", 202, path=path, body=other, content_type=OCTETS, chunked=True)
    scene.same(bytes(scene.call("getStoreItem", path=path).reply_body), other, "what replaced it")
    named = [entry for entry in items(scene, path) if entry["_filename"] == path["filename"]]
    scene.same(len(named), 1, "items with this name")
    gone = scene.call("deleteStoreItem", 202, path=path, json={}).json()
    scene.same(gone["id"], path["filename"], "the reply to the deletion")
    scene.call("getStoreItem", 404, path=path)
    scene.call("deleteStoreItem", 404, path=path, json={})


@scenario("store", kinds=SERVERS, provokes=(202,))
def a_package_without_a_name_has_its_id(scene: Scene) -> None:
    """A package without a name is stored as `{id}.tar.gz`, and can be deleted by its id."""
    path = at(scene)
    package = scene.stock.package("hello")
    item = scene.call("addStoreItem", 202, path=path, body=package, content_type=OCTETS).json()
    scene.same(item["_filename"], f"{item['id']}.tar.gz", "the name of the file")
    read = scene.call("getStoreItem", path={**path, "filename": item["_filename"]})
    scene.same(bytes(read.reply_body), package, "what was read back")
    scene.check(item["id"] in [entry["id"] for entry in items(scene, path)], "the item is not listed")
    scene.call("deleteStoreItem", 202, path={**path, "filename": item["id"]}, json={})
    scene.call("getStoreItem", 404, path={**path, "filename": item["_filename"]})


@scenario("store", kinds=SERVERS, provokes=(415, 422))
def what_is_no_package_is_not_stored(scene: Scene) -> None:
    """Another type is 415, what is no package 422; neither is listed."""
    named = at(scene, filename=scene.names.name("refused.tar.gz"))
    before = [item["id"] for item in items(scene, named)]
    for operation, path in (("putStoreItem", named), ("addStoreItem", at(scene))):
        scene.call(operation, 415, path=path, body=scene.stock.package("hello"), content_type=TEXT)
        scene.call(operation, 422, path=path, body=b"no package", content_type=OCTETS)
    scene.call("getStoreItem", 404, path=named)
    scene.check({item["id"] for item in items(scene, named)} <= {*before, *mine(scene)}, "something was stored")


def mine(scene: Scene) -> set[str]:
    """Return ids of items that other scenarios of this run may have stored meanwhile."""
    listed = items(scene, at(scene))
    return {item["id"] for item in listed if scene.names.owns(item.get("name")) or scene.names.owns(item["_filename"])}


@scenario("store", kinds=SERVERS, provokes=(400,))
def names_in_the_store_are_checked(scene: Scene) -> None:
    """A file name with a slash, or one that leads elsewhere, is 400."""
    for name in ("../elsewhere", "a/b", ".hidden"):
        path = at(scene, filename=name)
        scene.call("putStoreItem", 400, path=path, body=scene.stock.package("hello"), content_type=OCTETS)
        scene.call("getStoreItem", 400, path=path)
        scene.call("deleteStoreItem", 400, path=path, json={})


@scenario("store", kinds=SERVERS, alone=True, provokes=(202,))
def clearing_leaves_nothing(scene: Scene) -> None:
    """Clearing the store deletes every package of the Space."""
    path = {"space_id": own_space(scene)}
    names = [scene.names.name(f"cleared-{number}.tar.gz") for number in range(2)]
    for name in names:
        body = scene.stock.package("hello")
        scene.call("putStoreItem", 202, path={**path, "filename": name}, body=body, content_type=OCTETS)
    scene.call("clearStore", 202, path=path, json={})
    scene.same(items(scene, path), [], "what is left")
    for name in names:
        scene.call("getStoreItem", 404, path={**path, "filename": name})
