"""The topics of a Space: everything that a provider writes goes to every consumer, except back to the provider's Hub.

Guarantees:

- The records of one provider stay in order, and no record is cut by one of another provider.
- The slowest consumer sets the pace. A little is kept for the first consumer while there is none.
- What a Hub provides never returns to that Hub. A Hub of this project keeps what the Space brings it apart from what it
  provides; of another Hub, which does not, a topic is only read or only written, whichever it asked for first.
- A topic has the type of its first actor. It exists while it has actors, or keeps something for the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Full

from scramjet_space.hubs import events
from scramjet_space.hubs.by_url import UrlHub
from scramjet_space.topics.actor import Actor, Outlet
from scramjet_space.topics.links import Links, is_ours

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from scramjet_space.hubs.hub import Hub
    from scramjet_space.journal import SpaceLog
    from scramjet_space.topics.actor import Role

DEFAULT_TYPE: Final = "application/x-ndjson"


class SpaceTopic:
    """One topic.

    Args:
        name: Its name.
        content_type: Its type; may be empty.
        limit: How many bytes may wait for each consumer.
    """

    def __init__(self, name: str, content_type: str, limit: int) -> None:
        self.name = name
        self.content_type = content_type
        self.actors: list[Actor] = []
        self._limit = limit
        self._unread: Outlet | None = None

    @property
    def type(self) -> str:
        """Its type, or the default."""
        return self.content_type or DEFAULT_TYPE

    @property
    def is_over(self) -> bool:
        """Whether nobody takes part in it and nothing is kept."""
        return not self.actors and (self._unread is None or not self._unread.waiting)

    def info(self) -> dict[str, Any]:
        """Return it in the form of `GET /topics`."""
        return {
            "name": self.name,
            "contentType": self.content_type,
            "actors": [actor.info() for actor in self.actors],
        }

    def find(self, hub: Hub, role: Role) -> Actor | None:
        """Return the actor of a Hub in a role."""
        return next((actor for actor in self.actors if actor.hub is hub and actor.role == role), None)

    def add(self, role: Role, hub: Hub | None = None) -> Actor:
        """Add an actor."""
        actor = Actor(role, hub, self._outlet(hub) if role == "consumer" else None)
        self.actors.append(actor)
        return actor

    def _outlet(self, hub: Hub | None) -> Outlet:
        unread = self._unread
        if unread is None or (hub is not None and hub.id in unread.origins):
            return Outlet(self._limit, self.type)
        self._unread = None
        return unread

    def retire(self, actor: Actor) -> None:
        """Remove an actor."""
        if actor.retired:
            return
        actor.retired = True
        actor.stream = False
        self.actors.remove(actor)
        if actor.outlet is not None:
            actor.outlet.close()

    def has_consumer_for(self, provider: Actor) -> bool:
        """Return whether somebody reads what a provider writes."""
        return bool(self._outlets(provider))

    async def write(self, provider: Actor, chunk: bytes) -> None:
        """Pass on what a provider wrote, waiting for the slowest consumer."""
        outlets = self._outlets(provider)
        if not outlets:
            if self._unread is None:
                self._unread = Outlet(self._limit, self.type)
            outlets = [self._unread]
        await provider.write(chunk, outlets)

    def _outlets(self, provider: Actor) -> list[Outlet]:
        return [
            actor.outlet
            for actor in self.actors
            if actor.outlet is not None and (provider.hub is None or actor.hub is not provider.hub)
        ]


class TopicExchange:
    """The topics of one Space.

    Args:
        most: The maximum number of topics.
        limit: How many bytes may wait for each consumer of a topic.
        log: The log of the Space.
    """

    def __init__(self, most: int, limit: int, log: SpaceLog) -> None:
        self._most = most
        self._limit = limit
        self._log = log
        self._topics: dict[str, SpaceTopic] = {}
        self._links = Links(self.retire, log)
        self._probes: dict[Hub, asyncio.Task[None]] = {}
        self._ours: dict[Hub, bool] = {}
        self._undecided: dict[Hub, list[events.TopicChanged]] = {}

    def all(self) -> list[SpaceTopic]:
        """Return all topics, the oldest first."""
        return list(self._topics.values())

    def open(self, name: str, content_type: str = "") -> SpaceTopic:
        """Return the topic of this name; creates it if necessary.

        Raises:
            Full: There are too many.
        """
        topic = self._topics.get(name)
        if topic is None:
            if len(self._topics) >= self._most:
                raise Full(f"The Space has {len(self._topics)} topics and keeps no more")
            topic = self._topics[name] = SpaceTopic(name, content_type, self._limit)
        elif not topic.actors and topic.is_over:
            topic.content_type = content_type
        return topic

    def retire(self, topic: SpaceTopic, actor: Actor) -> None:
        """Remove an actor of a topic, and the topic if it was the last."""
        topic.retire(actor)
        self._links.close(actor)
        if topic.is_over:
            if self._topics.get(topic.name) is topic:
                del self._topics[topic.name]
        else:
            self._connect(topic)

    def _connect(self, topic: SpaceTopic) -> None:
        """Open the streams of Hubs that are needed, and close those that are not."""
        for actor in list(topic.actors):
            if actor.hub is None:
                continue
            if actor.role == "consumer":
                self._links.post(topic, actor)
            elif topic.has_consumer_for(actor):
                self._links.read(topic, actor)
            else:
                self._links.close(actor)

    async def write(self, topic: SpaceTopic, chunks: AsyncIterator[bytes]) -> None:
        """Pass on what a client of the Space writes.

        Raises:
            Exception: What reading `chunks` raises; then an incomplete record is dropped.
        """
        actor = topic.add("provider")
        try:
            async for chunk in chunks:
                await topic.write(actor, chunk)
            await actor.finish()
        finally:
            actor.abandon()
            self.retire(topic, actor)

    def read(self, topic: SpaceTopic) -> AsyncGenerator[bytes]:
        """Return what is written to a topic from now on, for a client of the Space; must be closed."""
        actor = topic.add("consumer")
        self._connect(topic)
        return self._read(topic, actor)

    async def _read(self, topic: SpaceTopic, actor: Actor) -> AsyncGenerator[bytes]:
        assert actor.outlet is not None  # noqa: S101 - every consumer has one
        try:
            async with contextlib.aclosing(actor.outlet.reader()) as reader:
                async for chunk in reader:
                    yield chunk
        finally:
            self.retire(topic, actor)

    # Called by the registry of Hubs.

    def joined(self, hub: Hub) -> None:
        """Find out of what kind a Hub is."""
        self._probes[hub] = asyncio.get_running_loop().create_task(self._probe(hub))

    async def _probe(self, hub: Hub) -> None:
        self._ours[hub] = await is_ours(hub)
        for event in self._undecided.pop(hub, []):
            self.heard(hub, event)

    def heard(self, hub: Hub, event: events.HubEvent) -> None:
        """Take over what a Hub tells about topics."""
        if not isinstance(event, events.TopicChanged):
            return
        if event.removed:
            self._remove(hub, event.name)
            return
        try:
            topic = self.open(event.name, event.content_type)
        except Full as error:
            self._log.write("WARN", f"{error}; topic {event.name} of Hub {hub.id} stays its own")
            return
        if not topic.content_type:
            topic.content_type = event.content_type
        if isinstance(hub, UrlHub):
            self._heard_of_use(topic, hub, event)
        elif topic.find(hub, event.role) is None and self._may_add(topic, hub, event):
            topic.add(event.role, hub)
            self._connect(topic)

    def _heard_of_use(self, topic: SpaceTopic, hub: UrlHub, event: events.TopicChanged) -> None:
        """Take over that there is a topic on a Hub whose lists do not tell who writes and reads it."""
        if hub not in self._ours:
            self._wait_for_probe(hub, event)
            return
        roles: tuple[Role, ...] = ("provider", "consumer") if self._ours[hub] else (event.role,)
        for role in roles:
            if topic.find(hub, role) is None:
                topic.add(role, hub)
        self._connect(topic)

    def _wait_for_probe(self, hub: Hub, event: events.TopicChanged) -> None:
        if len(waiting := self._undecided.setdefault(hub, [])) < self._most:
            waiting.append(event)

    def _may_add(self, topic: SpaceTopic, hub: Hub, event: events.TopicChanged) -> bool:
        """Return whether a Hub may take another role, without getting back what it provides."""
        if all(actor.hub is not hub for actor in topic.actors) or self._ours.get(hub):
            return True
        if hub in self._ours:
            told = {"hub": hub.id, "topic": topic.name}
            self._log.write("WARN", "A Hub would get back what it writes to a topic; one way is left out", data=told)
        else:
            self._wait_for_probe(hub, event)
        return False

    def _remove(self, hub: Hub, name: str) -> None:
        topic = self._topics.get(name)
        for actor in [actor for actor in (topic.actors if topic else []) if actor.hub is hub]:
            assert topic is not None  # noqa: S101 - it has this actor
            self.retire(topic, actor)

    def left(self, hub: Hub) -> None:
        """Retire all actors of a Hub that has gone."""
        if (probe := self._probes.pop(hub, None)) is not None:
            probe.cancel()
        self._ours.pop(hub, None)
        self._undecided.pop(hub, None)
        for topic in self.all():
            self._remove(hub, topic.name)

    async def close(self) -> None:
        """End all readers and writers."""
        for topic in self.all():
            for actor in list(topic.actors):
                topic.retire(actor)
                self._links.close(actor)
        self._topics.clear()
        await asyncio.sleep(0)
