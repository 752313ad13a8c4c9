"""Hubs reached by their URL, for those that cannot join by themselves: what they have is asked for again and again."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson
from scramjet_serving.mux.client import Away, Confused, request

from scramjet_space.hubs.events import InstancesReported, LoadReported, SequencesReported, TopicChanged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scramjet_serving.messages import RawHeaders
    from scramjet_serving.mux.client import Body, Reply

    from scramjet_space.hubs.events import HubEvent
    from scramjet_space.hubs.hub import DropCode

# Seconds between two rounds of questions, and for the answer to each: a Hub that hangs is away.
INTERVAL: Final = 5.0
PATIENCE: Final = 20.0
# Seconds for a connection.
CONNECTING: Final = 10.0
# The size limit of an answer to our own questions.
MOST: Final = 64 * 1024 * 1024
BASE: Final = "/api/v1"
PORTS: Final = {"http": 80, "https": 443}


class UrlHub:
    """A Hub that is asked at its URL; see `Hub`.

    Args:
        hub_id: Its id in the Space.
        url: Its API base, such as `http://HOST:PORT/api/v1`.
        token: The token that it needs; empty for none.

    Raises:
        ValueError: The URL cannot be used; the text says why.

    Attributes:
        id: Its id.
        self_hosted: False: it has not joined by itself.
        key_id: Empty.
        description: Empty.
        tags: Empty.
        closed: Done when it is away, with the reason.
    """

    self_hosted = False
    key_id = ""
    description = ""

    def __init__(self, hub_id: str, url: str, token: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.query or parts.fragment or parts.username:
            raise ValueError(f"{url!r} is not the URL of a Hub, such as http://HOST:PORT{BASE}")
        self.id = hub_id
        self.tags: list[str] = []
        self.closed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._host, self._port = parts.hostname, parts.port or PORTS[parts.scheme]
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._authority = parts.netloc
        self._prefix = parts.path.rstrip("/").removesuffix(BASE)
        self._token = token
        self._open: set[asyncio.BaseTransport] = set()
        self._topics: dict[str, dict[str, Any]] = {}

    async def request(self, method: str, target: str, headers: RawHeaders | None = None, body: Body = None) -> Reply:
        """Send a request; see `Hub`."""
        if self.closed.done():
            raise Away(self.closed.result())
        ours = [(b"host", self._authority.encode("idna" if not self._authority.isascii() else "ascii"))]
        if self._token:
            ours.append((b"authorization", f"Bearer {self._token}".encode()))
        return await request(self._connect, method, self._prefix + target, [*ours, *(headers or [])], body)

    @property
    def events(self) -> AsyncIterator[HubEvent]:
        """What the Hub has, asked for every few seconds; ends when it is away."""
        return self._events()

    def drop(self, code: DropCode) -> None:
        """Close all connections to the Hub, which is not told."""
        self.close(f"The Hub was dropped ({code.name.lower()})")

    def close(self, reason: str) -> None:
        """Close all connections to the Hub."""
        if not self.closed.done():
            self.closed.set_result(reason)
        for transport in list(self._open):
            transport.abort()  # type: ignore[attr-defined]  # TCP and TLS have it
        self._open.clear()

    async def version(self) -> str:
        """Return the version of the Hub; a way to find out whether it is there.

        Raises:
            Away: It is not.
            Confused: It is no Hub.
        """
        told = await self._ask("/version")
        if not isinstance(told, dict) or "version" not in told:
            raise Confused("It answers, but is no Hub")
        return str(told["version"])

    async def _connect(self, protocol: asyncio.Protocol) -> asyncio.Transport:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(CONNECTING):
            transport, _ = await loop.create_connection(lambda: protocol, self._host, self._port, ssl=self._tls)
        self._open = {each for each in self._open if not each.is_closing()} | {transport}
        return transport

    async def _events(self) -> AsyncIterator[HubEvent]:
        reason = "The Hub is not asked any more"
        try:
            while not self.closed.done():
                for event in await self._look():
                    yield event
                await asyncio.wait([self.closed], timeout=INTERVAL)
        except (Away, Confused) as error:
            reason = str(error)
        finally:
            self.close(reason)

    async def _look(self) -> list[HubEvent]:
        """Ask for all there is."""
        load, sequences, instances, topics = await asyncio.gather(
            self._ask("/load-check"), self._ask("/sequences"), self._ask("/instances"), self._ask("/topics")
        )
        return [
            LoadReported(load if isinstance(load, dict) else {}),
            SequencesReported(_listed(sequences, "id")),
            InstancesReported(_listed(instances, "id")),
            *self._changed(_listed(topics, "topicName", "topic", "name")),
        ]

    def _changed(self, topics: list[dict[str, Any]]) -> list[HubEvent]:
        found = {str(topic.get("topicName") or topic.get("topic") or topic.get("name")): topic for topic in topics}
        gone = [TopicChanged(name, True, "", "consumer") for name in self._topics if name not in found]
        new = [
            TopicChanged(
                name,
                False,
                str(topic.get("contentType") or ""),
                "provider" if topic.get("localProvider") else "consumer",
            )
            for name, topic in found.items()
            if self._topics.get(name) != topic
        ]
        self._topics = found
        return [*gone, *new]

    async def _ask(self, path: str) -> Any:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer(path)
        except TimeoutError as error:
            raise Away(f"The Hub has not answered in {PATIENCE:.0f} s") from error

    async def _answer(self, path: str) -> Any:
        reply = await self.request("GET", BASE + path, [(b"accept", b"application/json")])
        body = b""
        try:
            async for part in reply:
                body += part
                if len(body) > MOST:
                    raise Confused(f"The Hub's answer to GET {path} is longer than {MOST} bytes")
        finally:
            await reply.aclose()
        # Old Hubs have no topics.
        if reply.status == 404:
            return []
        if reply.status != 200:
            raise Away(f"The Hub answered {reply.status} to GET {path}")
        try:
            return orjson.loads(body)
        except ValueError as error:
            raise Confused(f"The Hub's answer to GET {path} is not JSON") from error


async def keep_reaching(make: Callable[[], UrlHub], joined: Callable[[UrlHub], object]) -> None:
    """Tell about a Hub each time that it can be reached, until this is cancelled.

    Args:
        make: Makes a Hub that is asked.
        joined: Gets each Hub that has answered; it has to read its `events`, which end when it is away.
    """
    while True:
        hub = make()
        with contextlib.suppress(Away, Confused):
            await hub.version()
            joined(hub)
            await asyncio.shield(hub.closed)
        hub.close("The Hub is away")
        await asyncio.sleep(INTERVAL)


def _listed(answer: Any, *names: str) -> list[dict[str, Any]]:
    items = answer if isinstance(answer, list) else []
    return [item for item in items if isinstance(item, dict) and any(isinstance(item.get(name), str) for name in names)]
