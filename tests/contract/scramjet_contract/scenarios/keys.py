"""Access keys of a Space: created, listed, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.joining import KEY_ID
from scramjet_contract.scenarios import scenario
from scramjet_contract.shared_space import own_space

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

PLATFORMS = ("platform",)
MANY = 50
"""More keys than any Space has."""


@scenario("platform", kinds=PLATFORMS, alone=True)
def a_key_is_shown_once(scene: Scene) -> None:
    """A key is long, shown when it is created and never again, and listed with when and what for."""
    path = {"space_id": own_space(scene)}
    created = scene.call("createAccessKey", path=path, json={"description": scene.name}).json()
    key = created["accessKey"]
    scene.check(len(key) >= 32, f"a key of {len(key)} characters")
    listed = scene.call("listAccessKeys", path=path)
    scene.check(key.encode() not in bytes(listed.reply_body), "the list shows the key")
    scene.check(scene.name in descriptions(listed.json()), "the key is not listed")
    scene.call("revokeAccessKeys", path=path, headers={"x-revoke": key})
    scene.check(scene.name not in descriptions(scene.get("listAccessKeys", **path)), "the revoked key is listed")


@scenario("platform", kinds=PLATFORMS, alone=True, provokes=(400, 404))
def a_key_is_revoked_by_any_of_its_names(scene: Scene) -> None:
    """A key is revoked by its time of creation, its id or itself, once; without a name it is 400."""
    path = {"space_id": own_space(scene)}
    for name in ("created", "id", "whole"):
        created = scene.call("createAccessKey", path=path, json={"description": name}).json()
        listed = scene.get("listAccessKeys", **path)["accessKeys"]
        told = next(key for key in listed if key["description"] == name)
        key = created["accessKey"]
        value = {"created": str(told["created"]), "id": key[:KEY_ID], "whole": key}[name]
        reply = scene.call("revokeAccessKeys", path=path, headers={"x-revoke": value}).json()
        scene.same(reply["keysRevoked"], 1, f"keys that were revoked by {name}")
        scene.call("revokeAccessKeys", 404, path=path, headers={"x-revoke": value})
    scene.call("revokeAccessKeys", 400, path=path)
    scene.call("createAccessKey", 400, path=path, json={"description": 1})
    scene.call("createAccessKey", 413, path=path, json={"description": "x" * 2 * 1024 * 1024}, timeout=30.0)


@scenario("platform", kinds=PLATFORMS, alone=True, provokes=(409,))
def keys_are_limited(scene: Scene) -> None:
    """A Space has a limited number of keys, 409 for one more; revoking all makes room."""
    path = {"space_id": own_space(scene)}
    for _ in range(MANY):
        exchange = scene.call("createAccessKey", (200, 409), path=path)
        if exchange.status == 409:
            break
    else:
        scene.check(False, f"a Space has {MANY} keys and takes more")
    count = len(scene.get("listAccessKeys", **path)["accessKeys"])
    headers = {"x-revoke-all": "true"}
    scene.same(
        scene.call("revokeAccessKeys", path=path, headers=headers).json()["keysRevoked"],
        count,
        "keys that were revoked",
    )
    scene.same(scene.get("listAccessKeys", **path)["accessKeys"], [], "keys that are left")
    scene.same(
        scene.call("revokeAccessKeys", path=path, headers=headers).json()["keysRevoked"], 0, "keys that were revoked"
    )


def descriptions(listed: dict[str, Any]) -> list[str]:
    """Return what the listed keys are for."""
    return [key["description"] for key in listed["accessKeys"]]
