"""A Hub as a Space sees it, however it is connected: by a tunnel that it opened (`tunnel`), or by URL (`by_url`)."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from scramjet_serving.mux.client import Away, Confused

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator

    from scramjet_serving.messages import RawHeaders
    from scramjet_serving.mux.client import Body

    from scramjet_space.hubs.events import HubEvent

# The Hub is not connected, or the connection broke before the end of the exchange; answer 503 if nothing was sent.
HubAway = Away
# The Hub answered something that is not HTTP/1.1; answer 502.
HubConfused = Confused


class DropCode(IntEnum):
    """Why a Space drops a Hub; the Hub is told, and does not reconnect."""

    KEY_REVOKED = 9001
    LIMIT_EXCEEDED = 9002
    ID_DROP = 9003


class HubReply(Protocol):
    """The reply of a Hub: its head, and a body that is read from the Hub as it is iterated.

    An async iterator of the body's parts. Close it (`aclose`) unless it was read to its end; that also ends the
    request, if its body was still being sent.

    Attributes:
        status: The status; never 1xx.
        headers: The headers as sent, in order, with names in lower case.
        trailers: The trailers, once the body was read to its end.
    """

    status: int
    headers: RawHeaders
    trailers: RawHeaders

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def __anext__(self) -> bytes:
        """Return the next part.

        Raises:
            HubAway: The connection broke before the end of the body.
            HubConfused: The body is not framed as HTTP/1.1 requires.
        """

    async def aclose(self) -> None:
        """Stop the exchange. May be called at any time, also twice."""


class Hub(Protocol):
    """A Hub that is connected, or was: a Hub that comes back is another object.

    Attributes:
        id: Its id.
        self_hosted: Whether it joined with an access key; others cannot be dropped or deleted.
        key_id: The first 16 characters of its access key; empty without.
        description: What it says about itself; may be empty.
        tags: Its tags.
        closed: Done when it is gone for good, with the reason as a sentence. Never fails.
    """

    id: str
    self_hosted: bool
    key_id: str
    description: str
    tags: list[str]
    closed: asyncio.Future[str]

    @property
    def events(self) -> AsyncIterator[HubEvent]:
        """What the Hub tells about itself, for one reader; ends when it is gone.

        Read it all the time: while it is not read, the Hub's messages wait in the Hub. After each connect it tells all
        of its Sequences, Instances and topics.
        """

    async def request(self, method: str, target: str, headers: RawHeaders | None = None, body: Body = None) -> HubReply:
        """Send a request and return the reply as soon as its head is there; the request body may still be under way.

        There is no time limit. The body of a request is read from its source no faster than the Hub takes it. With
        `expect: 100-continue` among the headers, it is read only once the Hub asks for it, and never if the Hub
        refuses the request without.

        Args:
            method: The method.
            target: Path and query, beginning with `/api/v1/`.
            headers: Names in lower case. `host`, and the framing of `body`, are added unless they are there; a body
                of unknown length is chunked. Hop-by-hop headers must not be among them.
            body: The body. A stream is closed (`aclose`, if it has that) when it is not needed any more.

        Raises:
            HubAway: The Hub is not connected, or went before it answered.
            HubConfused: The Hub answered something else than HTTP/1.1.
            ClientDisconnected: Whatever reading `body` raised before the reply began is passed on unchanged.
        """

    def drop(self, code: DropCode) -> None:
        """Tell the Hub that it is dropped, and close the connection a second later; `closed` is then done.

        Requests under way are ended at once, streams too.
        """

    def close(self, reason: str) -> None:
        """Close the connection at once, as when the server stops; the Hub will reconnect."""
