"""The Hubs of a Space: who is connected, who was, and what they tell."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Final

import attrs
from scramjet_serving.errors import Full, InUse, Invalid, NotFound, Taken

from scramjet_space.hubs import events
from scramjet_space.hubs.hub import DropCode
from scramjet_space.spaces.entry import HubEntry
from scramjet_space.state.records import HubRecord, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_space.config import PlatformConfig
    from scramjet_space.hubs.hub import Hub
    from scramjet_space.journal import SpaceLog
    from scramjet_space.state.tables import Table

REASONS: Final = {
    DropCode.KEY_REVOKED: "key_revoked",
    DropCode.LIMIT_EXCEEDED: "limit_exceeded",
    DropCode.ID_DROP: "id_drop",
}
LOST: Final = "disconnected"


class HubRegistry:
    """The Hubs of one Space.

    Args:
        space: The id of the Space.
        table: What is kept of the Hubs of all Spaces.
        config: Has the limits.
        log: The log of the Space.

    Attributes:
        on_joined: Called with each Hub that has connected.
        on_left: Called with each Hub that has disconnected.
        on_event: Called with what a Hub tells, after it was taken over.
    """

    def __init__(self, space: str, table: Table[HubRecord], config: PlatformConfig, log: SpaceLog) -> None:
        self._space = space
        self._table = table
        self._config = config
        self._log = log
        self._following: dict[Hub, asyncio.Task[None]] = {}
        self.on_joined: list[Callable[[Hub], object]] = []
        self.on_left: list[Callable[[Hub], object]] = []
        self.on_event: list[Callable[[Hub, events.HubEvent], object]] = []
        self._entries: dict[str, HubEntry] = {}
        for record in table.all():
            if record.space == space:
                self._entries[record.id] = self._entry(restored(record))

    def _entry(self, record: HubRecord) -> HubEntry:
        return HubEntry(record, self._config.max_hub_items)

    def all(self) -> list[HubEntry]:
        """Return all Hubs, in the order in which they first joined."""
        return list(self._entries.values())

    def connected(self) -> list[HubEntry]:
        """Return the Hubs that are connected."""
        return [entry for entry in self._entries.values() if entry.hub is not None]

    def get(self, hub_id: str) -> HubEntry:
        """Return a Hub.

        Raises:
            NotFound: There is none with this id.
        """
        entry = self._entries.get(hub_id)
        if entry is None:
            raise NotFound(f"Hub {hub_id} not found")
        return entry

    def is_healthy(self, entry: HubEntry) -> bool:
        """Return whether a Hub is connected and was heard lately."""
        return entry.is_healthy(asyncio.get_running_loop().time(), self._config.unhealthy_timeout)

    def announce(self, hub_id: str, description: str, tags: list[str]) -> HubRecord:
        """List a Hub that will join.

        Args:
            hub_id: Its id; empty for a new one.
            description: What it is for.
            tags: Its tags.

        Raises:
            Taken: There is a Hub with this id.
            Full: There are too many.
        """
        hub_id = hub_id or self.new_id()
        if hub_id in self._entries:
            raise Taken(f"There is a Hub {hub_id}")
        self.check_room(hub_id)
        record = HubRecord(
            space=self._space, id=hub_id, created=now(), self_hosted=True, description=description, tags=tuple(tags)
        )
        self._keep(self._entry(record))
        return record

    def expect(self, hub_id: str) -> None:
        """List a Hub that is reached by URL, if it is not listed yet."""
        if hub_id not in self._entries:
            self._keep(self._entry(HubRecord(space=self._space, id=hub_id, created=now())))

    def check_room(self, hub_id: str) -> None:
        """Check that a Hub may be listed.

        Raises:
            Full: It is new, and there are too many.
        """
        if hub_id not in self._entries and len(self._entries) >= self._config.max_hubs:
            raise Full(f"The Space has {len(self._entries)} Hubs and takes no more; delete some")

    def new_id(self) -> str:
        """Return an id that no Hub has."""
        while (hub_id := f"sth-{secrets.token_hex(6)}") in self._entries:
            pass
        return hub_id

    def owner(self, hub_id: str) -> str:
        """Return the id of the access key that a Hub last joined with; empty if it had none, or is unknown."""
        entry = self._entries.get(hub_id)
        return entry.record.key_id if entry is not None else ""

    def is_connected(self, hub_id: str) -> bool:
        """Return whether a Hub is connected."""
        entry = self._entries.get(hub_id)
        return entry is not None and entry.hub is not None

    def join(self, hub: Hub) -> None:
        """Take in a Hub that has connected, and follow what it tells.

        Raises:
            Taken: A Hub with its id is connected.
            Full: There are too many.
        """
        if self.is_connected(hub.id):
            raise Taken(f"Hub {hub.id} is connected already")
        self.check_room(hub.id)
        entry = self._entries.get(hub.id) or self._entry(HubRecord(space=self._space, id=hub.id, created=now()))
        entry.record = attrs.evolve(
            entry.record,
            connected=now(),
            self_hosted=hub.self_hosted,
            description=hub.description or entry.record.description,
            tags=tuple(hub.tags) or entry.record.tags,
            reason="",
            key_id=hub.key_id,
        )
        entry.hub, entry.heard = hub, asyncio.get_running_loop().time()
        self._keep(entry)
        self._following[hub] = asyncio.get_running_loop().create_task(self._follow(entry, hub))

    async def _follow(self, entry: HubEntry, hub: Hub) -> None:
        self._log.write("INFO", "Hub connected", data={"id": hub.id})
        for joined in self.on_joined:
            joined(hub)
        try:
            async for event in hub.events:
                self._take(entry, hub, event)
        except Full as error:
            self._log.write("ERROR", f"{error}, and is disconnected")
            hub.close(str(error))
        except Exception as error:  # noqa: BLE001 - a Hub that tells nonsense is sent away; others are not disturbed
            self._log.write("ERROR", f"Hub {hub.id} tells what cannot be understood, and is disconnected: {error!r}")
            hub.close("It told what cannot be understood")
        self._leave(entry, hub, await asyncio.shield(hub.closed))

    def _take(self, entry: HubEntry, hub: Hub, event: events.HubEvent) -> None:
        if isinstance(event, events.LoadReported):
            entry.heard = asyncio.get_running_loop().time()
        if entry.hub is not hub:
            return
        entry.take(event)
        for tell in self.on_event:
            tell(hub, event)

    def _leave(self, entry: HubEntry, hub: Hub, reason: str) -> None:
        self._following.pop(hub, None)
        self._log.write("INFO", "Hub disconnected", data={"id": hub.id, "reason": reason})
        if entry.hub is hub:
            self._part(entry)
        for left in self.on_left:
            left(hub)

    def _part(self, entry: HubEntry, reason: str = LOST) -> None:
        """Show a Hub as not connected."""
        entry.hub = None
        entry.forget()
        entry.record = attrs.evolve(entry.record, disconnected=now(), reason=reason)
        if self._entries.get(entry.id) is entry:
            self._keep(entry)

    def _keep(self, entry: HubEntry) -> None:
        self._entries[entry.id] = entry
        self._table.put(entry.record)

    def check_droppable(self, entry: HubEntry) -> Hub:
        """Return the connection of a Hub that may be dropped.

        Raises:
            Invalid: It did not join with an access key.
            InUse: It is not connected.
        """
        if not entry.record.self_hosted:
            raise Invalid(f"Hub {entry.id} is not self-hosted")
        if entry.hub is None:
            raise InUse(f"Hub {entry.id} is not connected")
        return entry.hub

    def drop(self, entry: HubEntry, code: DropCode) -> str:
        """Drop a self-hosted Hub: it is told why, and does not reconnect by itself.

        Returns:
            The reason, in the form of the API.

        Raises:
            Invalid: It did not join with an access key.
            InUse: It is not connected.
        """
        hub, reason = self.check_droppable(entry), REASONS[code]
        self._part(entry, reason)
        hub.drop(code)
        return reason

    def drop_joined_with(self, key_ids: set[str]) -> list[HubEntry]:
        """Drop the Hubs that joined with one of these access keys, because it was revoked."""
        dropped = [entry for entry in self.connected() if entry.hub is not None and entry.hub.key_id in key_ids]
        for entry in dropped:
            self.drop(entry, DropCode.KEY_REVOKED)
        return dropped

    def delete(self, hub_id: str, *, force: bool) -> None:
        """Remove a Hub from the list.

        Args:
            hub_id: Its id.
            force: Whether to drop it first, if it is connected.

        Raises:
            NotFound: There is no such Hub.
            Invalid: It did not join with an access key.
            InUse: It is connected.
        """
        entry = self.get(hub_id)
        if not entry.record.self_hosted:
            raise Invalid(f"Hub {hub_id} is not self-hosted")
        if entry.hub is not None:
            if not force:
                raise InUse(f"Hub {hub_id} is connected; disconnect it first, or send x-force: true")
            self.drop(entry, DropCode.ID_DROP)
        del self._entries[hub_id]
        self._table.remove(entry.record.key)

    async def close(self, reason: str) -> None:
        """Disconnect all Hubs, which may reconnect."""
        following = list(self._following.items())
        for hub, _ in following:
            hub.close(reason)
        await asyncio.gather(*(task for _, task in following), return_exceptions=True)


def restored(record: HubRecord) -> HubRecord:
    """Return the record of a Hub after a restart: one that was connected then is not any more."""
    if record.connected is None or record.reason:
        return record
    return attrs.evolve(record, reason=LOST, disconnected=now())
