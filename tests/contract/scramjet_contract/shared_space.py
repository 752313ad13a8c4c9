"""What the scenarios of Platforms and MultiManagers share: the Space they work in, and calls that are about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.scene import NotHere

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

SERVERS = ("platform", "multi-manager")
"""The kinds of servers that have Spaces."""


def space_id(scene: Scene) -> str:
    """Return the id of the Space to work in: the run's own, or else the first one of the server.

    Raises:
        NotHere: The server has no Space.
    """
    if own := scene.settings.get("space"):
        return str(own)
    spaces = scene.get("listSpaces" if "listSpaces" in scene.api.operations else "listManagers")
    if not spaces:
        raise NotHere("the server has no Space; create one")
    return str(spaces[0]["id"])


def own_space(scene: Scene) -> str:
    """Return the id of a Space that belongs to the run, whose store and keys may be emptied.

    Raises:
        NotHere: The run has none.
    """
    return str(scene.setting("space"))


def at(scene: Scene, **path: str) -> dict[str, str]:
    """Return path parameters, together with that of the Space."""
    return {"space_id": space_id(scene), **path}


def hub_of(scene: Scene, space: str, *, number: int = 0) -> str:
    """Return the id of a connected Hub of a Space.

    Args:
        scene: The scenario.
        space: The Space.
        number: Which of those that are connected.

    Raises:
        NotHere: There are not so many.
    """
    listed = scene.get("listHubs", space_id=space)
    found = sorted(hub["id"] for hub in listed if hub["isConnectionActive"] and not scene.names.owns(hub["id"]))
    if len(found) <= number:
        raise NotHere(f"the Space {space} has {len(found)} connected Hubs, and this needs {number + 1}")
    return str(found[number])


def with_parameters(scene: Scene, operation: str, space: str) -> dict[str, Any]:
    """Return a complete request of an operation about things in a Space that do not exist."""
    described = scene.api.operations[operation]
    absent = {"space_id": space, "hub_id": "absent", "topic": "absent", "filename": "absent"}
    path = {name: value for name, value in absent.items() if "{" + name + "}" in described.path}
    request: dict[str, Any] = {"path": path}
    if described.accepts:
        request |= {"body": b"{}", "content_type": described.accepts[0]}
    return request
