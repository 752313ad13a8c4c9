"""Records everything that a run creates on a Platform or a MultiManager, and deletes it again, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scramjet_contract.api import Call
from scramjet_contract.ledger import LOOKING, SWEEPING, Ledger, reply_to
from scramjet_contract.listed import UNREADABLE, key_of, names_of, things
from scramjet_contract.wire import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.api import Api
    from scramjet_contract.listed import Thing

LISTING = {"hub": "listSequences", "platform": "listSpaces", "multi-manager": "listManagers"}
"""Operations that need the token, by the kind of server."""


@attrs.define
class SpaceLedger(Ledger):
    """The record of what a run created in Spaces. Thread-safe.

    Attributes:
        spaces: The ids of the Spaces that the run works in.
        started: The ids of Spaces that the run started.
        made: The ids of Hubs that the run announced without naming them.
    """

    spaces: tuple[str, ...] = ()
    started: set[str] = attrs.field(factory=set)
    made: set[str] = attrs.field(factory=set)

    def owns(self, key: object) -> bool:
        """Return whether an id or a name is one of ours."""
        return super().owns(key) or key in self.made

    def sweep(self, api: Api) -> list[str]:
        """Delete everything of ours: packages, Hubs that were announced or joined, access keys, Spaces.

        Args:
            api: The server.

        Returns:
            What is known to be left, by kind and id or name.
        """
        hurried = api.until(Deadline(SWEEPING))
        for space in self.spaces:
            for item in self._mine(hurried, "listStoreItems", space):
                self._remove(hurried, "deleteStoreItem", space, filename=str(item.get("_filename")))
            for hub in self._mine(hurried, "listHubs", space):
                self._remove(hurried, "deleteHub", space, hub_id=str(hub["id"]))
        for space in self.started | {key for key in self._spaces(hurried) if self.owns(key)}:
            reply_to(hurried, Call(operation="stopManager", path={"space_id": space}, json={}))
        return self._left(api.until(Deadline(LOOKING)))

    def delete(self, api: Api, keys: set[str]) -> None:
        """Delete nothing before the end."""

    def _left(self, api: Api) -> list[str]:
        self.looked = bool(self._spaces(api)) or not self.spaces
        return [
            *(f"{kind} {key_of(item)}" for kind, item in self._everything(api)),
            *(f"Space {key}" for key in self._spaces(api) if self.owns(key) or key in self.started),
        ]

    def _everything(self, api: Api) -> Iterator[tuple[str, Thing]]:
        for space in self.spaces:
            for kind, operation in (("package", "listStoreItems"), ("Hub", "listHubs")):
                yield from ((kind, item) for item in self._mine(api, operation, space))

    def _mine(self, api: Api, operation: str, space: str) -> list[Thing]:
        return [item for item in in_space(api, operation, space) if any(map(self.owns, _names(item)))]

    def _spaces(self, api: Api) -> list[str]:
        return list(spaces_of(api, ""))

    @staticmethod
    def _remove(api: Api, operation: str, space: str, **path: str) -> None:
        headers = {"x-force": "true"} if operation == "deleteHub" else {}
        reply_to(api, Call(operation=operation, path={"space_id": space, **path}, json={}, headers=headers))


def spaces_of(api: Api, chosen: str) -> tuple[str, ...]:
    """Return the ids of the Spaces to work in: the chosen one, or else all that are listed."""
    if chosen:
        return (chosen,)
    listing = next(name for name in ("listSpaces", "listManagers") if name in api.operations)
    return tuple(filter(None, map(key_of, things(api, listing) or [])))


def names_in(api: Api, spaces: tuple[str, ...]) -> frozenset[str]:
    """Return the names of packages and Hubs that are in some Spaces now, and those of all Spaces."""
    listed = [
        item for space in spaces for name in ("listStoreItems", "listHubs") for item in in_space(api, name, space)
    ]
    return frozenset(name for item in listed for name in _names(item)) | frozenset(spaces_of(api, ""))


def in_space(api: Api, operation: str, space: str) -> list[Thing]:
    """Return the objects in a list of a Space; none if it cannot be read."""
    try:
        listed = api.call(Call(operation=operation, path={"space_id": space})).json()
    except UNREADABLE:
        return []
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _names(item: Thing) -> Iterator[str]:
    yield from names_of(item)
    for key in ("id", "_filename"):
        if isinstance(item.get(key), str):
            yield item[key]
