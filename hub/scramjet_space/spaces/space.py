"""A Space: creates all its parts, and starts and stops them."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

import attrs
from scramjet_serving.errors import DomainError

from scramjet_space.access.keys import AccessKeys
from scramjet_space.hubs.by_url import UrlHub, keep_reaching
from scramjet_space.journal import SpaceLog
from scramjet_space.spaces.admission import Admission
from scramjet_space.spaces.audit import SpaceAudit
from scramjet_space.spaces.feeds import Feeds
from scramjet_space.spaces.registry import HubRegistry
from scramjet_space.store.packages import PackageStore
from scramjet_space.topics.exchange import TopicExchange

if TYPE_CHECKING:
    from scramjet_serving.log import ServiceLog

    from scramjet_space.access.secrets import Secrets
    from scramjet_space.config import PlatformConfig
    from scramjet_space.hubs.hub import Hub
    from scramjet_space.state.folder import DataFolder
    from scramjet_space.state.tables import State


@attrs.frozen
class Surroundings:
    """What a Space needs of its Platform.

    Attributes:
        config: The configuration.
        state: What survives a restart.
        folder: The data folder.
        secrets: Encrypts access keys.
        log: The log of the Platform.
    """

    config: PlatformConfig
    state: State
    folder: DataFolder
    secrets: Secrets
    log: ServiceLog


class Space:
    """One Space.

    Args:
        space_id: Its id.
        around: What it needs of its Platform.

    Attributes:
        id: Its id.
        started: When it was started, on the monotonic clock.
        closed: Whether it was stopped.
        log: Its log.
        hubs: Its Hubs.
        keys: Its access keys.
        admission: Decides which Hubs may join.
        store: Its packages.
        topics: Its topics.
        audit: Its audit trail.
    """

    def __init__(self, space_id: str, around: Surroundings) -> None:
        config, state = around.config, around.state
        self.id = space_id
        self.started = time.monotonic()
        self.closed = False
        self.log = SpaceLog(space_id, around.log, config.log_buffer)
        self.hubs = HubRegistry(space_id, state.hubs, config, self.log)
        self.keys = AccessKeys(space_id, state.keys, around.secrets, config.max_access_keys)
        self.admission = Admission(self.hubs, self.keys, config.native, self.log)
        self.store = PackageStore(
            space_id,
            state.packages,
            around.folder.packages / space_id,
            around.folder.work,
            most=config.max_package_size,
            limit=config.store_limit,
        )
        self.topics = TopicExchange(config.max_topics, config.topic_buffer, self.log)
        self.audit = SpaceAudit(space_id)
        self._places = config.hubs_by_url(space_id)
        self._connecting: list[asyncio.Task[None]] = []
        self._logs = Feeds("/api/v1/log", self.log.relay)
        self.hubs.on_joined += [self._logs.open, self.audit.joined, self.topics.joined]
        self.hubs.on_event.append(self.topics.heard)
        self.hubs.on_left += [self._logs.close, self.audit.left, self.topics.left]

    def start(self) -> None:
        """Start, and connect to the Hubs that the configuration names."""
        self.store.remove_strays()
        loop = asyncio.get_running_loop()
        for place in self._places:
            self.hubs.expect(place[0])
            self._connecting.append(loop.create_task(keep_reaching(partial(UrlHub, *place), self._join)))
        self.log.write("INFO", "Space starts", data={"id": self.id, "hubs": len(self.hubs.all())})

    def _join(self, hub: Hub) -> None:
        try:
            self.hubs.join(hub)
        except DomainError as error:
            hub.close(str(error))

    async def close(self, reason: str) -> None:
        """Disconnect its Hubs and end all of its streams.

        Args:
            reason: Why, for the log.
        """
        self.closed = True
        self.log.write("INFO", "Space stops", data={"id": self.id})
        for task in self._connecting:
            task.cancel()
        await asyncio.gather(*self._connecting, return_exceptions=True)
        await self.topics.close()
        await self.hubs.close(reason)
        self._logs.close_all()
        self.audit.close()
        self.log.close()
