"""The protocol of a connection that carries channels, opened by either side."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.mux import frames
from scramjet_serving.mux.channel import Channel
from scramjet_serving.mux.frames import FrameError, FrameReader, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

# How many bytes the other side may send on a channel before they are read: on channels that we open, and on its own.
WINDOW: Final = 256 * 1024
THEIR_WINDOW: Final = 64 * 1024
# How many channels the other side may have open; then further ones are ended at once, and so many of those may wait
# for the other side to end them, too.
MOST_CHANNELS: Final = 1024
# Numbers of our channels begin here, where the other side's do not: Hubs and Spaces count theirs from 0.
HIGH_NUMBERS: Final = 1 << 31
# Payloads are written until so many bytes wait to be sent; control frames always, up to the other limit, which only
# somebody can reach who sends and does not read.
HIGH_WATER: Final = 256 * 1024
MOST_WAITING: Final = 4 * 1024 * 1024
# Seconds between the bytes that keep the connection alive through proxies, as bpmux sends them.
KEEP_ALIVE: Final = 30.0


class MuxClosed(ConnectionError):  # noqa: N818 - states a condition
    """The connection is closed, or lost; the text says why."""


class Mux(asyncio.Protocol):
    """One connection, and its channels.

    Args:
        accept: Returns a protocol for each channel that the other side opens.
        first: The number of our first channel.
        extra: What `get_extra_info` of every channel tells, besides what the connection's own tells.
        on_lost: Called once when the connection is lost, with the reason as a sentence.

    Attributes:
        loop: The event loop.
        lost: Why there is no connection any more; empty as long as there is one.
    """

    def __init__(
        self,
        accept: Callable[[], asyncio.Protocol],
        *,
        first: int = HIGH_NUMBERS,
        extra: Mapping[str, Any] | None = None,
        on_lost: Callable[[str], object] = lambda _reason: None,
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.lost = ""
        self._accept = accept
        self._next = first
        self._first = first
        self._extra = dict(extra or {})
        self._on_lost = on_lost
        self._transport: asyncio.Transport | None = None
        self._reader = FrameReader(self)
        self._channels: dict[int, Channel] = {}
        self._theirs: set[int] = set()
        self._turned_away: set[int] = set()
        self._receiving: Channel | None = None
        self._paused = False
        self._queue: dict[Channel, None] = {}
        self._pumping = False
        self._keep_alive: asyncio.TimerHandle | None = None

    @property
    def channels(self) -> int:
        """How many channels are open."""
        return len(self._channels)

    def open(self, protocol: asyncio.Protocol, window: int = WINDOW, number: int | None = None) -> Channel:
        """Open a channel; what is written to it waits until the other side has accepted it.

        Args:
            protocol: Gets what arrives.
            window: How many bytes the other side may send before they are read.
            number: The number of the channel, where the other side expects a certain one.

        Raises:
            MuxClosed: The connection is lost, or the number is in use.
        """
        if self._transport is None or self.lost:
            raise MuxClosed(self.lost or "There is no connection yet")
        if number in self._channels:
            raise MuxClosed(f"Channel {number} is in use")
        channel = self._add(self._free_number() if number is None else number, window)
        self.write(frames.handshake(channel.number, window))
        channel.set_protocol(protocol)
        protocol.connection_made(channel)
        return channel

    def abort_channels(self, spared: Collection[int] = ()) -> None:
        """Close all channels at once, of both sides, but not the connection.

        Args:
            spared: The numbers of channels to leave open.
        """
        for channel in [each for each in self._channels.values() if each.number not in spared]:
            channel.abort()

    def close(self, reason: str) -> None:
        """Close the connection and all channels, at once.

        Args:
            reason: A sentence.
        """
        transport = self._transport
        self._end(reason)
        if transport is not None:
            transport.close()

    # Called by asyncio.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        self._transport = transport
        for name in ("peername", "sockname", "sslcontext"):
            self._extra.setdefault(name, transport.get_extra_info(name))
        transport.set_write_buffer_limits(high=HIGH_WATER)
        self._keep_alive = self.loop.call_later(KEEP_ALIVE, self._send_keep_alive)

    def data_received(self, data: bytes) -> None:
        """Take frames apart; who does not keep to the protocol is disconnected."""
        if self.lost:
            return
        try:
            self._reader.feed(data)
        except FrameError as error:
            self._abort(f"{error}")

    def eof_received(self) -> None:
        """Nothing: the connection is closed, as it cannot be used in one direction."""

    def connection_lost(self, exc: Exception | None) -> None:
        """End: all channels are lost."""
        self._end(f"The connection was lost: {exc}" if exc else "The other side has closed the connection")

    def pause_writing(self) -> None:
        """Hold payloads back."""
        self._paused = True

    def resume_writing(self) -> None:
        """Send what was held back."""
        self._paused = False
        self._pump()

    # Called by the reader of frames.

    def control(self, kind: Kind, channel: int, first: int, second: int) -> None:
        """Handle a control frame."""
        known = self._channels.get(channel)
        if kind is Kind.HANDSHAKE:
            self._shake_hands(known, channel, first)
        elif kind in (Kind.END, Kind.ERROR_END) and channel in self._turned_away:
            self._turned_away.discard(channel)
        elif known is None:
            return  # a late word about a channel that is gone
        elif kind is Kind.END:
            known.ended()
        elif kind is Kind.ERROR_END:
            known.ended()
            known.abort()
        elif kind is not Kind.PRE_HANDSHAKE:  # the handshake that follows says the same
            known.granted(first, second)

    def announced(self, channel: int, seq: int, size: int) -> None:
        """Handle the announcement of a payload."""
        self._receiving = self._channels.get(channel)
        if self._receiving is not None:
            self._receiving.announced(seq, size)

    def payload(self, part: bytes) -> None:
        """Handle a part of a payload."""
        if self._receiving is not None:
            self._receiving.payload(part)

    # Called by channels.

    def room(self) -> bool:
        """Return whether a payload may be written now."""
        return not self._paused and self._transport is not None and self._waiting() <= HIGH_WATER

    def write(self, data: bytes) -> None:
        """Write a frame."""
        if self._transport is None or self.lost:
            return
        self._transport.write(data)
        if self._waiting() > MOST_WAITING:
            self._abort("The other side sends and does not read")

    def write_payload(self, head: bytes, payload: bytes) -> None:
        """Write a payload and what comes before it."""
        if self._transport is not None:
            self._transport.writelines((head, payload))

    def queue(self, channel: Channel) -> None:
        """Let a channel take its turn once there is room."""
        self._queue[channel] = None
        if not self._paused and not self._pumping:
            # The loop has not tried yet to send what was written in this turn.
            self._pumping = True
            self.loop.call_soon(self._pump)

    def forget(self, channel: Channel) -> None:
        """Forget a channel whose halves have both ended."""
        self._channels.pop(channel.number, None)
        self._theirs.discard(channel.number)
        self._queue.pop(channel, None)

    # Internal.

    def _waiting(self) -> int:
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def _add(self, number: int, window: int) -> Channel:
        channel = self._channels[number] = Channel(self, number, window, self._extra)
        return channel

    def _free_number(self) -> int:
        while self._next in self._channels:
            self._step()
        number = self._next
        self._step()
        return number

    def _step(self) -> None:
        # Half of all numbers are ours, from the first one on.
        self._next = self._first if self._next + 1 >= min(self._first + HIGH_NUMBERS, frames.WRAP) else self._next + 1

    def _shake_hands(self, known: Channel | None, number: int, free: int) -> None:
        if known is not None:
            known.opened(free)
            return
        if number in self._turned_away:
            raise FrameError(f"Channel {number} was opened twice")
        if len(self._theirs) >= MOST_CHANNELS:
            self._turn_away(number)
            return
        channel = self._add(number, THEIR_WINDOW)
        self._theirs.add(number)
        self.write(frames.handshake(number, THEIR_WINDOW))
        protocol = self._accept()
        channel.set_protocol(protocol)
        protocol.connection_made(channel)
        channel.opened(free)

    def _turn_away(self, number: int) -> None:
        if len(self._turned_away) >= MOST_CHANNELS:
            raise FrameError(f"More than {MOST_CHANNELS} channels were opened at once")
        self._turned_away.add(number)
        self.write(frames.handshake(number, 0) + frames.end(number))

    def _pump(self) -> None:
        """Let waiting channels send, in turns, one payload each."""
        self._pumping = True
        while self._queue and self.room():
            channel = next(iter(self._queue))
            del self._queue[channel]
            channel.take_turn()
        self._pumping = bool(self._queue) and not self._paused and not self.lost
        if self._pumping:
            self.loop.call_soon(self._pump)

    def _send_keep_alive(self) -> None:
        self.write(frames.KEEP_ALIVE)
        self._keep_alive = self.loop.call_later(KEEP_ALIVE, self._send_keep_alive)

    def _abort(self, reason: str) -> None:
        transport = self._transport
        self._end(reason)
        if transport is not None:
            transport.abort()

    def _end(self, reason: str) -> None:
        if self.lost:
            return
        self.lost = reason
        self._queue.clear()
        if self._keep_alive is not None:
            self._keep_alive.cancel()
        for channel in list(self._channels.values()):
            with contextlib.suppress(Exception):
                channel.broken(MuxClosed(reason))
        self._channels.clear()
        self._on_lost(reason)
