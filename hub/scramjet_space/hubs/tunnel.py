"""Hubs that open a tunnel to their Space (CONNECT), and so work behind NAT: STH, and our own."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

import orjson
from scramjet_serving.access import cnonce
from scramjet_serving.access.authorization import Grant
from scramjet_serving.access.peer import PEER, Peer
from scramjet_serving.mux.client import Away, Confused, request
from scramjet_serving.mux.lines import TooLong, lines
from scramjet_serving.mux.mux import Mux, MuxClosed

from scramjet_space.hubs import messages
from scramjet_space.hubs.conversation import RawConversation, RequestConversation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.http1.tunnel import Connect, ConnectHandler
    from scramjet_serving.messages import RawHeaders
    from scramjet_serving.mux.client import Body, Reply

    from scramjet_space.hubs.conversation import Conversation
    from scramjet_space.hubs.events import HubEvent
    from scramjet_space.hubs.hub import DropCode
    from scramjet_space.hubs.joining import Doorkeeper

# Seconds between accepting a Hub and the first byte in its tunnel: what comes together with the reply, STH loses.
PAUSE: Final = 0.1
# Seconds between telling a Hub that it is dropped and closing its connection.
FAREWELL: Final = 1.0
# Bad messages of one Hub that are ignored; after that, it is disconnected.
MOST_BAD: Final = 10
HUB_ID: Final = re.compile(r"(?!\.\.?$)[A-Za-z0-9._-]{1,128}", re.ASCII)
# `/api/v1/{org}/{space}/`, since 0.34; the organisation is mostly empty.
TARGET: Final = re.compile(r"/api/v1/([^/?]*)/([^/?]+)/?", re.ASCII)
LONGEST_DESCRIPTION: Final = 1000
MOST_TAGS: Final = 100
LONGEST_TAG: Final = 100
# The first version that gets its messages in a request; those before it have a channel for them.
REQUESTS_SINCE: Final = (0, 28)


class TunnelHub:
    """A Hub at the other end of a tunnel.

    Args:
        hub_id: Its id.
        assigned: Whether it has to be told its id.
        joining: Its request to join.
        key_id: The id of the access key that it proved; empty without.

    Attributes:
        id: Its id.
        self_hosted: Whether it joined with an access key.
        key_id: The id of its access key; empty without.
        description: What it says about itself.
        tags: Its tags.
        closed: Done when it is gone, with the reason.
    """

    def __init__(self, hub_id: str, joining: TunnelJoining, *, assigned: bool, key_id: str) -> None:
        self.id = hub_id
        self.key_id = key_id
        self.self_hosted = bool(key_id)
        self.description = joining.description
        self.tags = joining.tags
        loop = asyncio.get_running_loop()
        self.closed: asyncio.Future[str] = loop.create_future()
        self._assigned = assigned
        self._speaks_raw = joining.speaks_raw
        peer = Peer(hub_id, joining.space, Grant(b"", "manage", hub_id))
        self._mux = Mux(joining.connect.server, extra={PEER: peer}, on_lost=self._on_lost)
        self._conversation: Conversation | None = None
        self._dropped = ""
        self._ready: asyncio.Future[None] = loop.create_future()
        self._farewell: asyncio.TimerHandle | None = None

    @property
    def protocol(self) -> Mux:
        """What gets the connection."""
        return self._mux

    async def begin(self) -> None:
        """Begin to talk; return when the Hub can be asked."""
        await asyncio.sleep(PAUSE)
        if not self._ready.done():
            self._ready.set_result(None)

    async def request(self, method: str, target: str, headers: RawHeaders | None = None, body: Body = None) -> Reply:
        """Send a request; see `Hub`."""
        if self._dropped:
            raise Away(self._dropped)
        if not self._ready.done():
            # Who asks may be cancelled, but others wait for the same.
            await asyncio.shield(self._ready)
        return await request(self._mux.open, method, target, headers, body)

    @property
    def events(self) -> AsyncIterator[HubEvent]:
        """What the Hub tells; see `Hub`."""
        return self._events()

    def drop(self, code: DropCode) -> None:
        """Drop the Hub; see `Hub`."""
        if self._dropped or self.closed.done():
            return
        self._dropped = f"The Hub was dropped ({code.name.lower()})"
        spoken = self._conversation
        self._mux.abort_channels([spoken.channel] if spoken is not None else [])
        if spoken is not None:
            spoken.say(messages.drop(code))
        self._farewell = asyncio.get_running_loop().call_later(FAREWELL, self._mux.close, self._dropped)

    def close(self, reason: str) -> None:
        """Close the connection; see `Hub`."""
        self._mux.close(reason)

    async def _events(self) -> AsyncIterator[HubEvent]:
        reason = "The Hub has ended its messages"
        try:
            async for event in self._listen():
                yield event
        except (Away, Confused, MuxClosed, TooLong) as error:
            reason = str(error)
        finally:
            # Without its messages, nothing is known of a Hub: it has to come again. One that is dropped still reads.
            if not self._dropped:
                self._mux.close(reason)

    async def _listen(self) -> AsyncIterator[HubEvent]:
        await asyncio.shield(self._ready)
        raw = self._speaks_raw if self._speaks_raw is not None else await self._find_out()
        self._conversation = spoken = RawConversation(self._mux) if raw else RequestConversation(self._mux)
        if self._assigned:
            spoken.say(messages.assign(self.id))
        bad = 0
        async for line in lines(spoken.chunks()):
            try:
                event = messages.parse(line)
            except messages.BadMessage as error:
                bad += 1
                if bad > MOST_BAD:
                    raise Confused(str(error)) from error
                continue
            if event is not None:
                yield event

    async def _find_out(self) -> bool:
        """Return whether the Hub is one that takes its messages on a channel: its request to join does not tell."""
        reply = await request(self._mux.open, "GET", "/api/v1/version")
        body = b"".join([part async for part in reply])
        with contextlib.suppress(ValueError, TypeError, KeyError):
            major, minor = orjson.loads(body)["version"].split(".")[:2]
            return (int(major), int(minor)) < REQUESTS_SINCE
        return False

    def _on_lost(self, reason: str) -> None:
        if self._farewell is not None:
            self._farewell.cancel()
        if not self._ready.done():
            self._ready.set_result(None)
        if not self.closed.done():
            self.closed.set_result(self._dropped or reason)


class TunnelJoining:
    """A Hub's request to join by a tunnel; see `Joining`.

    Args:
        connect: The request.

    Raises:
        ValueError: Its head is malformed; the text says how.
    """

    def __init__(self, connect: Connect) -> None:
        self.connect = connect
        headers = connect.headers
        found = TARGET.fullmatch(connect.target)
        self.org = found[1] if found else headers.get("x-org-id", "")
        self.space = found[2] if found else headers.get("x-manager-id", "")
        self.hub_id = headers.get("x-sth-id", "").strip()
        if self.hub_id and not HUB_ID.fullmatch(self.hub_id):
            raise ValueError(f"The id {self.hub_id[:100]!r} has other characters than letters, digits and ._-")
        self.description = _readable(headers.get("x-sth-description", ""))[:LONGEST_DESCRIPTION]
        self.tags = _tags(headers.get("x-sth-tags", ""))
        self._proof = cnonce.from_header(headers.get("authorization", ""))
        if headers.get("authorization") and not self._proof:
            raise ValueError("The proof of an access key (Authorization: Digest cnonce=...) is malformed")
        self.key_id = cnonce.key_id(self._proof)
        self.address = connect.address

    @property
    def speaks_raw(self) -> bool | None:
        """Whether the Hub is one that takes its messages on a channel; None if its request does not tell."""
        if self.connect.target != "/":
            return False
        return True if "x-manager-id" not in self.connect.headers else None

    async def proves(self, key: str) -> bool:
        """Return whether the Hub has an access key; see `Joining`."""
        return bool(self._proof) and await asyncio.to_thread(cnonce.proves, self._proof, key)

    async def accept(self, hub_id: str, *, key_id: str = "") -> TunnelHub:
        """Let the Hub in; see `Joining`."""
        hub = TunnelHub(hub_id, self, assigned=not self.hub_id, key_id=key_id)
        if not self.connect.accept(hub.protocol):
            raise Away("The Hub has gone before it was let in")
        await hub.begin()
        return hub

    def refuse(self, status: int, reason: str) -> None:
        """Send the Hub away; see `Joining`."""
        self.connect.refuse(status, reason)


def entrance(doorkeeper: Doorkeeper) -> ConnectHandler:
    """Return what a server does with requests to connect: Hubs that want to join are shown to the doorkeeper."""

    async def receive(connect: Connect) -> None:
        try:
            joining = TunnelJoining(connect)
        except ValueError as error:
            connect.refuse(400, str(error))
            return
        await doorkeeper(joining)

    return receive


def _readable(text: str) -> str:
    """Return a header's text, which Hubs send in UTF-8, without characters that mess up logs."""
    with contextlib.suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    return "".join(letter for letter in text if letter.isprintable())


def _tags(text: str) -> list[str]:
    try:
        tags: Any = orjson.loads(_readable(text)) if text else []
    except ValueError:
        tags = _readable(text).split(",")
    if not isinstance(tags, list):
        return []
    return [tag.strip()[:LONGEST_TAG] for tag in tags if isinstance(tag, str) and tag.strip()][:MOST_TAGS]
