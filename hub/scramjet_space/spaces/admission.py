"""Decides which Hubs may join a Space: with an access key, or from a network that needs none."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Final

from scramjet_serving.errors import Full, StorageFailed

from scramjet_space.hubs.hub import HubAway

if TYPE_CHECKING:
    from collections.abc import Collection

    from scramjet_space.access.keys import AccessKeys
    from scramjet_space.hubs.joining import Joining
    from scramjet_space.journal import SpaceLog
    from scramjet_space.spaces.registry import HubRegistry

# Makes a Hub give up for good.
FORBIDDEN: Final = 403
# Makes a Hub try again later.
LATER: Final = 409
# How long, in seconds, a Hub that comes back waits for its own earlier connection to end.
OVERLAP: Final = 0.1


class Refused(Exception):  # noqa: N818 - states a condition
    """The Hub may not join.

    Args:
        status: The status for the Hub.
        reason: Why, as a sentence.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Admission:
    """Admits Hubs to one Space.

    Args:
        hubs: The Hubs of the Space.
        keys: The access keys of the Space.
        native: The networks whose Hubs need no key.
        log: The log of the Space.
    """

    def __init__(
        self,
        hubs: HubRegistry,
        keys: AccessKeys,
        native: Collection[ipaddress.IPv4Network | ipaddress.IPv6Network],
        log: SpaceLog,
    ) -> None:
        self._hubs = hubs
        self._keys = keys
        self._native = native
        self._log = log
        self._arriving: set[str] = set()

    async def decide(self, joining: Joining) -> None:
        """Let a Hub join, or refuse it."""
        try:
            key_id = await self._proven(joining)
            hub_id = await self._free_id(joining, key_id)
        except Refused as refused:
            self._refuse(joining, refused)
            return
        self._arriving.add(hub_id)
        try:
            hub = await joining.accept(hub_id, key_id=key_id)
            self._hubs.join(hub)
        except HubAway as error:
            self._log.write("INFO", f"A Hub has gone before it joined: {error}", data={"id": hub_id})
        finally:
            self._arriving.discard(hub_id)

    def _refuse(self, joining: Joining, refused: Refused) -> None:
        self._log.write("WARN", "A Hub was refused", data={"from": joining.address, "reason": refused.reason})
        joining.refuse(refused.status, refused.reason)

    async def _proven(self, joining: Joining) -> str:
        """Return the id of the access key that a Hub has proved; empty for one that needs none.

        Raises:
            Refused: It has proved none, and needs one.
        """
        if not joining.key_id:
            if not self._is_native(joining.address):
                raise Refused(FORBIDDEN, "A Hub needs an access key to join this Space")
            return ""
        try:
            key = self._keys.secret(joining.key_id)
        except StorageFailed as error:
            raise Refused(LATER, str(error)) from error
        # A key may be revoked while its proof is checked.
        if key is None or not await joining.proves(key) or self._keys.secret(joining.key_id) is None:
            raise Refused(FORBIDDEN, "The access key is not one of this Space")
        return joining.key_id

    def _is_native(self, address: str) -> bool:
        host = address.rpartition(":")[0].strip("[]") or address
        try:
            found = ipaddress.ip_address(host)
        except ValueError:
            return False
        return any(found in network for network in self._native)

    async def _free_id(self, joining: Joining, key_id: str) -> str:
        """Return the id that a Hub may have.

        Raises:
            Refused: The id that it claims is another's.
        """
        hub_id = joining.hub_id or self._hubs.new_id()
        owner = self._hubs.owner(hub_id)
        if owner not in ("", key_id) and self._keys.secret(owner) is not None:
            raise Refused(FORBIDDEN, f"The id {hub_id} is that of a Hub with another access key")
        if self._is_taken(hub_id):
            await asyncio.sleep(OVERLAP)
        if self._is_taken(hub_id):
            raise Refused(LATER, f"Hub {hub_id} is connected already")
        try:
            self._hubs.check_room(hub_id)
        except Full as error:
            raise Refused(LATER, str(error)) from error
        return hub_id

    def _is_taken(self, hub_id: str) -> bool:
        return hub_id in self._arriving or self._hubs.is_connected(hub_id)
