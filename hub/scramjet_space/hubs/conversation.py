"""The conversation of a Space with a Hub in its tunnel: one line a message, both ways, as long as the tunnel lasts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

from scramjet_serving.mux.client import Away, request

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator

    from scramjet_serving.mux.channel import Channel
    from scramjet_serving.mux.mux import Mux

# How much of what a Hub says is kept while nobody listens.
HIGH_WATER: Final = 64 * 1024
# The channel of the messages with Hubs before 0.28; later ones get a request.
RAW_CHANNEL: Final = 0
PATH: Final = "/api/v1/platform"


class Conversation(Protocol):
    """What is said."""

    @property
    def channel(self) -> int:
        """The number of its channel; -1 as long as it has none."""

    def say(self, line: bytes) -> None:
        """Send a message."""

    def chunks(self) -> AsyncIterable[bytes]:
        """Return what the Hub says, for one listener.

        Raises:
            Away: The Hub has gone.
            Confused: It answered something else.
        """


class RequestConversation:
    """A request whose body and reply are the two directions, for Hubs since 0.28.

    Args:
        mux: The tunnel.
    """

    def __init__(self, mux: Mux) -> None:
        self._mux = mux
        self._said: asyncio.Queue[bytes] = asyncio.Queue()
        self.channel = -1

    def say(self, line: bytes) -> None:
        """Send a message."""
        self._said.put_nowait(line)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Return what the Hub says."""
        headers = [(b"content-type", b"application/x-ndjson")]
        reply = await request(self._open, "POST", PATH, headers, self._saying())
        try:
            if reply.status != 200:
                raise Away(f"The Hub answered {reply.status} to POST {PATH}")
            # What is said to the Hub has no end of its own.
            while chunk := await reply.read():
                yield chunk
        finally:
            await reply.aclose()

    async def _saying(self) -> AsyncIterator[bytes]:
        while True:
            yield await self._said.get()

    def _open(self, protocol: asyncio.Protocol) -> Channel:
        channel = self._mux.open(protocol)
        self.channel = channel.number
        return channel


class RawConversation(asyncio.Protocol):
    """A channel with a number of its own, for Hubs before 0.28.

    Args:
        mux: The tunnel.

    Raises:
        MuxClosed: The tunnel is lost.
    """

    channel = RAW_CHANNEL

    def __init__(self, mux: Mux) -> None:
        self._heard: list[bytes] = []
        self._size = 0
        self._over = False
        self._changed = asyncio.Event()
        self._transport: Channel = mux.open(self, number=RAW_CHANNEL)

    def say(self, line: bytes) -> None:
        """Send a message."""
        self._transport.write(line)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Return what the Hub says."""
        while True:
            while not self._heard and not self._over:
                self._changed.clear()
                await self._changed.wait()
            if not self._heard:
                return
            heard, self._heard, self._size = self._heard, [], 0
            self._transport.resume_reading()
            yield b"".join(heard)

    def data_received(self, data: bytes) -> None:
        """Keep what the Hub says, so far as it is kept."""
        self._heard.append(data)
        self._size += len(data)
        if self._size > HIGH_WATER:
            self._transport.pause_reading()
        self._changed.set()

    def connection_lost(self, _exc: Exception | None) -> None:
        """End."""
        self._over = True
        self._changed.set()
