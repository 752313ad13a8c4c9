"""The link of a Hub to its Space: opens the tunnel, opens it again when it is lost, and talks through it."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Any, Final

import orjson
from scramjet_serving.access.authorization import Grant
from scramjet_serving.access.peer import PEER, Peer
from scramjet_serving.messages import StreamResponse
from scramjet_serving.mux.client import Away, Reply, request
from scramjet_serving.mux.forwarding import forward
from scramjet_serving.mux.lines import lines
from scramjet_serving.mux.mux import Mux

from scramjet_hub.joining.announcements import Announcer, Code
from scramjet_hub.joining.handshake import Door, Refused, connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scramjet_serving.log import ServiceLog
    from scramjet_serving.messages import RawHeaders, Request
    from scramjet_serving.mux.client import Body

    from scramjet_hub.config import HubConfig
    from scramjet_hub.joining.announcements import Known
    from scramjet_hub.topics.topic import Topic

# Our channels have numbers from here on: STHs and original Spaces count theirs from 0, Spaces of ours from 2**31.
FIRST_CHANNEL: Final = 1 << 30
# Seconds before the tunnel is opened again: at first, and at most. They double, and vary by half.
FIRST_DELAY: Final = 1.0
LAST_DELAY: Final = 60.0
# A tunnel that has lasted so many seconds was a good one: the delay begins at its first value again.
LASTING: Final = 30.0
# Seconds that streams through the tunnel have to end when the Hub stops.
GRACE: Final = 2.0
# What a Space says is short.
MOST_LINE: Final = 64 * 1024
HOST: Final = b"scramjet-space"
DROPPED: Final = {
    Code.KEY_REVOKED: "has revoked the access key of this Hub",
    Code.LIMIT_EXCEEDED: "has as many Hubs as it may have",
    Code.ID_DROP: "has disconnected this Hub on request",
}


class SpaceLink:
    """The link to a Space.

    Args:
        config: The options of the Hub.
        log: The Hub's log.
        known: What there is to tell.
        adopt: Makes an id that the Space gives the Hub its own.

    Raises:
        ValueError: The URL of the Space cannot be used.
    """

    def __init__(self, config: HubConfig, log: ServiceLog, known: Known, adopt: Callable[[str], object]) -> None:
        self._config = config
        self._log = log
        self._known = known
        self._adopt = adopt
        self._door = Door.of(config)
        self._id = config.id
        self._accept: Callable[[], asyncio.Protocol] | None = None
        self._task: asyncio.Task[None] | None = None
        self._mux: Mux | None = None
        self._announcer: Announcer | None = None
        self._dropped = ""

    @property
    def status(self) -> dict[str, Any]:
        """What `GET /status` tells."""
        return {"connected": self._mux is not None, "cpmId": self._config.space_id}

    @property
    def talks(self) -> bool:
        """Whether the Space has begun to talk; it does so once, before it passes on the first request of a client."""
        return self._announcer is not None

    def start(self, accept: Callable[[], asyncio.Protocol]) -> None:
        """Begin to join.

        Args:
            accept: Returns a protocol that serves a channel of the tunnel as the Hub serves a connection.
        """
        self._accept = accept
        self._task = asyncio.get_running_loop().create_task(self._run(accept))

    async def close(self) -> None:
        """Leave the Space, once what goes through the tunnel has ended."""
        if self._task is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while self._mux is not None and self._mux.channels > 1:  # noqa: ASYNC110 - there is no event
                    await asyncio.sleep(0.05)
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    def topic_used(self, topic: Topic, role: str) -> None:
        """Tell that a client of this Hub reads or writes a topic; see `Announcer`."""
        if self._announcer is not None:
            self._announcer.topic_used(topic, role)

    def talk(self, request: Request) -> StreamResponse:
        """Answer the request with which the Space begins to talk: both bodies go on as long as the tunnel."""
        self._announcer = announcer = Announcer(self._known)
        return StreamResponse(_Talk(announcer, self._listen(request)), content_type="application/x-ndjson")

    async def ask(self, method: str, target: str, headers: RawHeaders, body: Body) -> Reply:
        """Send a request to the Space, through the tunnel.

        Raises:
            Away: There is no tunnel now.
            Confused: The answer is not HTTP.
        """
        if self._mux is None:
            raise Away("This Hub is not connected to its Space")
        headers = [(b"host", HOST), *headers]
        return await request(self._mux.open, method, target, headers, body)

    async def pass_on(self, request: Request, target: bytes) -> StreamResponse:
        """Pass a request on to the Space.

        Args:
            request: The request.
            target: The path below the Space's API base, beginning with a slash.

        Raises:
            Away: There is no tunnel now.
            Confused: The answer is not HTTP.
        """
        return await forward(self.ask, request, b"/api/v1/cpm/" + self._config.space_id.encode() + b"/api/v1" + target)

    # Internal.

    async def _run(self, accept: Callable[[], asyncio.Protocol]) -> None:
        delay = FIRST_DELAY
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                reason = await self._stay(accept)
            except Refused as error:
                if error.status == 403:
                    self._give_up(f"refuses this Hub ({error}): check --space-key and --space-id")
                    return
                reason = str(error)
            except (OSError, TimeoutError) as error:
                reason = str(error) or "it does not answer"
            if self._dropped:
                self._give_up(self._dropped)
                return
            if asyncio.get_running_loop().time() - begun > LASTING:
                delay = FIRST_DELAY
            pause = delay * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
            delay = min(2 * delay, LAST_DELAY)
            self._log.write("WARN", f"{self._name()}: {reason}; trying again in {pause:.1f} s")
            await asyncio.sleep(pause)

    def _name(self) -> str:
        return f"The Space {self._config.space_id} at {self._door.authority}"

    def _give_up(self, what: str) -> None:
        self._log.write("ERROR", f"{self._name()} {what}; this Hub does not try again until it is restarted")

    async def _stay(self, accept: Callable[[], asyncio.Protocol]) -> str:
        """Open the tunnel, and return why it was lost."""
        transport, rest = await connect(self._door, self._config, self._id)
        lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        peer = Peer("space", self._config.space_id, Grant(b"", "manage", f"space {self._config.space_id}"))

        def on_lost(reason: str) -> None:
            if not lost.done():  # it is, if the link itself ends
                lost.set_result(reason)

        mux = Mux(accept, first=FIRST_CHANNEL, extra={PEER: peer}, on_lost=on_lost)
        transport.set_protocol(mux)
        mux.connection_made(transport)
        if rest:
            mux.data_received(rest)
        transport.resume_reading()
        self._mux = mux
        self._log.write("INFO", f"Joined {self._name()}", data={"id": self._id})
        try:
            return await lost
        finally:
            self._mux = self._announcer = None
            # Does nothing to one that is lost.
            mux.close("The Hub leaves its Space")

    async def _listen(self, request: Request) -> None:
        """Do what the Space says."""
        async for line in lines(request.chunks(), MOST_LINE):
            try:
                message = orjson.loads(line)
                self._obey(Code(message[0]), message[1] if len(message) > 1 else {})
            except (ValueError, TypeError, KeyError, IndexError):
                self._log.write("WARN", f"{self._name()} says something that this Hub does not know", data=line[:200])

    def _obey(self, code: Code, payload: Any) -> None:
        if code is Code.STH_ID:
            self._id = payload["id"]
            self._adopt(self._id)
            self._log.write("INFO", f"{self._name()} gave this Hub its id", data={"id": self._id})
        elif code in DROPPED:
            self._dropped = DROPPED[code]


class _Talk:
    """The reply to the Space: what the Hub tells, while it listens.

    Args:
        announcer: What it tells.
        listening: Reads what the Space says, to its end.
    """

    def __init__(self, announcer: Announcer, listening: Any) -> None:
        self._lines = announcer.lines()
        self._listening = asyncio.get_running_loop().create_task(listening)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._lines)

    async def aclose(self) -> None:
        """End both."""
        await self._lines.aclose()  # type: ignore[attr-defined]  # it is a generator
        self._listening.cancel()
        await asyncio.wait([self._listening])
