"""Links: the streams that a Space opens at its Hubs, to read what they provide and to write what they consume."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

import orjson
from scramjet_serving.streams.record_mixer import Cut

from scramjet_space.hubs.hub import HubAway, HubConfused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from scramjet_serving.messages import RawHeaders
    from scramjet_serving.streams.broadcast import Reader

    from scramjet_space.hubs.hub import Hub
    from scramjet_space.journal import SpaceLog
    from scramjet_space.topics.actor import Actor

OK: Final = 200
REFUSED: Final = 300
# Seconds without data after which a write to a Hub is completed; the next data begins another one. A Hub takes one
# writer of a topic after the other, so an endless one would keep its own clients waiting.
QUIET: Final = 0.5


class Linked(Protocol):
    """What a link needs of its topic."""

    name: str

    @property
    def type(self) -> str:
        """Its content type."""

    async def write(self, provider: Actor, chunk: bytes) -> None:
        """Pass on what a provider wrote."""


class Links:
    """The streams at Hubs, one for each actor that needs one.

    Args:
        retire: Removes an actor whose stream has ended.
        log: The log of the Space.
    """

    def __init__(self, retire: Callable[..., object], log: SpaceLog) -> None:
        self._retire = retire
        self._log = log
        self._tasks: dict[Actor, asyncio.Task[None]] = {}

    def read(self, topic: Linked, actor: Actor) -> None:
        """Read from a provider's Hub; does nothing if that is under way."""
        if actor not in self._tasks:
            self._start(actor, self._read(topic, actor))

    def post(self, topic: Linked, actor: Actor) -> None:
        """Write to a consumer's Hub; does nothing if that is under way."""
        if actor not in self._tasks:
            self._start(actor, self._post(topic, actor))

    def close(self, actor: Actor) -> None:
        """End the stream of an actor, if it has one."""
        if (task := self._tasks.pop(actor, None)) is not None:
            actor.stream = False
            if task is not asyncio.current_task():
                task.cancel()

    def _start(self, actor: Actor, work: object) -> None:
        self._tasks[actor] = asyncio.get_running_loop().create_task(work)  # type: ignore[arg-type]  # a coroutine

    async def _read(self, topic: Linked, actor: Actor) -> None:
        hub = _hub_of(actor)
        try:
            reply = await hub.request("GET", _target(topic), _headers(topic))
            async with contextlib.aclosing(reply):
                if reply.status != OK:
                    self._refused(topic, hub, reply.status)
                    return
                actor.stream = True
                async for chunk in reply:
                    await topic.write(actor, chunk)
                await actor.finish()
        except (HubAway, HubConfused) as error:
            self._broke(topic, hub, error)
        finally:
            actor.abandon()
            if self._tasks.get(actor) is asyncio.current_task():
                self._retire(topic, actor)

    async def _post(self, topic: Linked, actor: Actor) -> None:
        hub = _hub_of(actor)
        assert actor.outlet is not None  # noqa: S101 - every consumer has one
        reader = actor.outlet.reader()
        try:
            while (first := await anext(reader, b"")) and await self._write(topic, hub, actor, reader, first):
                pass
        except (HubAway, HubConfused) as error:
            self._broke(topic, hub, error)
        finally:
            await reader.aclose()
            if self._tasks.get(actor) is asyncio.current_task():
                self._retire(topic, actor)

    async def _write(self, topic: Linked, hub: Hub, actor: Actor, reader: Reader, first: bytes) -> bool:
        """Write until there is nothing to write for a moment; return whether the Hub took it."""
        assert actor.outlet is not None  # noqa: S101 - every consumer has one
        headers = [*_headers(topic), (b"expect", b"100-continue")]
        body = _until_quiet(first, reader, actor.outlet.cut)
        actor.stream = True
        reply = await hub.request("POST", _target(topic), headers, body)
        async with contextlib.aclosing(reply):
            async for _ in reply:
                pass
        actor.stream = False
        if reply.status >= REFUSED:
            self._refused(topic, hub, reply.status)
        return reply.status < REFUSED

    def _refused(self, topic: Linked, hub: Hub, status: int) -> None:
        self._log.write("WARN", f"Hub {hub.id} answers {status} for topic {topic.name} ({topic.type})")

    def _broke(self, topic: Linked, hub: Hub, error: Exception) -> None:
        self._log.write("WARN", f"The stream of topic {topic.name} at Hub {hub.id} broke: {error}")


async def _until_quiet(first: bytes, reader: Reader, cut: Cut) -> AsyncGenerator[bytes]:
    """Return what is read until there is nothing for a moment, but never part of a record."""
    yield first
    chunk = first
    while True:
        whole = cut is Cut.ANYWHERE or chunk.endswith(b"\n")
        try:
            chunk = await asyncio.wait_for(anext(reader, b""), QUIET if whole or cut is Cut.LINES else None)
        except TimeoutError:
            return
        if not chunk:
            return
        yield chunk


def _hub_of(actor: Actor) -> Hub:
    assert actor.hub is not None  # noqa: S101 - only Hubs have links
    return actor.hub


def _target(topic: Linked) -> str:
    return f"/api/v1/topic/{quote(topic.name, safe='')}"


def _headers(topic: Linked) -> RawHeaders:
    return [(b"cpm", b"true"), (b"content-type", topic.type.encode("latin-1"))]


async def is_ours(hub: Hub) -> bool:
    """Return whether a Hub is of this project: then it keeps what a Space writes from what it reads."""
    try:
        reply = await hub.request("GET", "/api/v1/version")
        async with contextlib.aclosing(reply):
            body = b"".join([part async for part in reply])
        return bool(orjson.loads(body).get("build") == "embedded")
    except (HubAway, HubConfused, ValueError, AttributeError):
        return False
