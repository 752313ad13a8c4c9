"""A channel: a connection inside another one. It is an asyncio transport, so that any protocol can be put on it."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol

from scramjet_serving.mux import frames
from scramjet_serving.mux.frames import WRAP, FrameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The largest payload to write at once, so that other channels get their turn.
MOST_PAYLOAD: Final = 64 * 1024
# A protocol is told to stop writing above, and to go on below, so many bytes that wait to be sent.
HIGH_WATER: Final = 64 * 1024
LOW_WATER: Final = 16 * 1024
# The other side is told what was read at the latest after so many seconds; earlier after a quarter of its window.
TELLING: Final = 0.02
# How much more is read, and dropped, from a channel whose half we have ended, before the other side is left to wait.
DROPPED: Final = 16 * 1024 * 1024


class Link(Protocol):
    """What a channel needs of the connection that it is in."""

    loop: asyncio.AbstractEventLoop

    def room(self) -> bool:
        """Return whether a payload may be written now; if not, `queue` the channel."""

    def write(self, data: bytes) -> None:
        """Write a frame."""

    def write_payload(self, head: bytes, payload: bytes) -> None:
        """Write a payload and what comes before it."""

    def queue(self, channel: Channel) -> None:
        """Have `take_turn` called once there is room."""

    def forget(self, channel: Channel) -> None:
        """Both halves of the channel have ended."""


class Channel(asyncio.Transport):
    """One channel.

    A protocol that has a method `peer_closed` is told at once when the other side has closed the channel, even while
    reading is paused; others get `eof_received` when they have read everything.

    Args:
        link: The connection that it is in.
        number: Its number.
        window: How many bytes the other side may send before they are read.
        extra: Answers `get_extra_info`.

    Attributes:
        number: Its number.
    """

    def __init__(self, link: Link, number: int, window: int, extra: Mapping[str, Any]) -> None:
        super().__init__(extra)
        self.number = number
        self._link = link
        self._loop = link.loop
        self._window = window
        self._protocol: asyncio.Protocol | None = None
        self._high, self._low = HIGH_WATER, LOW_WATER
        # Received: all counts are of bytes since the channel was opened.
        self._arrived = 0
        self._read = 0
        self._dropped = 0
        self._told = 0  # what the other side knows of `_read`
        self._buffer: deque[bytes] = deque()
        self._paused = False
        self._delivery_due = False
        self._telling: asyncio.TimerHandle | None = None
        self._ended = False  # by the other side
        self._eof_told = False
        # Sent.
        self._sent = 0
        self._acknowledged = 0
        self._limit = 0
        self._their_window = 0
        self._waiting: deque[memoryview] = deque()
        self._waiting_size = 0
        self._writing_paused = False
        self._open = False
        self._closing = False
        self._closed = False  # our half
        self._lost = False

    def __repr__(self) -> str:
        return f"<Channel {self.number}{' closed' * self._closed}>"

    # Called by the connection.

    def opened(self, free: int) -> None:
        """Handle the other side's handshake.

        Raises:
            FrameError: There was one already.
        """
        if self._open:
            raise FrameError(f"Channel {self.number} was opened twice")
        self._open = True
        self._limit = self._their_window = free
        self.flush()

    def granted(self, free: int, seq: int) -> None:
        """Handle the other side's report about what it has got, and what it has room for.

        Raises:
            FrameError: It cannot have got that.
        """
        acknowledged = self._sent - (self._sent - seq) % WRAP
        if acknowledged < self._acknowledged:
            raise FrameError(f"Channel {self.number} acknowledges bytes that were not sent")
        self._acknowledged = acknowledged
        self._limit = acknowledged + free
        self.flush()

    def announced(self, seq: int, size: int) -> None:
        """Handle the announcement of a payload.

        Raises:
            FrameError: It is larger than the window, is miscounted, or comes before the handshake.
        """
        if not self._open:
            raise FrameError(f"Channel {self.number} sends data before its handshake")
        if self._arrived + size > self._told + self._window:
            raise FrameError(f"Channel {self.number} sends more than its window of {self._window} bytes")
        if (self._arrived + size) % WRAP != seq:
            raise FrameError(f"Channel {self.number} has miscounted its bytes")

    def payload(self, part: bytes) -> None:
        """Handle a part of a payload."""
        self._arrived += len(part)
        if self._lost or self._ended:
            # bpmux still sends what it held back when a stream is destroyed.
            self._drop(len(part))
        elif self._paused or self._buffer:
            self._buffer.append(part)
        else:
            self._hand_over(part)

    def ended(self) -> None:
        """Handle the end of the other side's half, which means that it wants nothing more of ours either."""
        if self._ended:
            return
        self._ended = True
        self._drop_waiting()
        if self._closed:
            self._link.forget(self)
            return
        if self._closing:
            self._end()
            return
        told = getattr(self._protocol, "peer_closed", None)
        if told is not None:
            told()
        self._schedule_delivery()

    def broken(self, error: Exception | None) -> None:
        """Handle the loss of the connection; nothing more can be sent."""
        self._closing = self._closed = self._ended = True
        self._drop_waiting()
        self._lose(error)

    # Called by the protocol, or by the code that opened the channel; see `asyncio.Transport`.

    @property
    def delivered(self) -> int:
        """How many of the written bytes the application on the other side has read."""
        return max(0, self._limit - self._their_window)

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Set what gets the data."""
        if not isinstance(protocol, asyncio.Protocol):
            raise TypeError("A channel delivers bytes, to an asyncio.Protocol")
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return what gets the data."""
        if self._protocol is None:
            raise RuntimeError("The channel has no protocol yet")
        return self._protocol

    def is_reading(self) -> bool:
        """Return whether data is delivered as it arrives."""
        return not self._paused and not self._closing

    def pause_reading(self) -> None:
        """Stop delivering data; beyond the window, it stays with the other side."""
        self._paused = True

    def resume_reading(self) -> None:
        """Deliver data again."""
        self._paused = False
        self._schedule_delivery()

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Send data, in order, when the other side has room for it."""
        if self._closing or self._ended or not data:
            return
        self._waiting.append(memoryview(bytes(data)))
        self._waiting_size += len(data)
        self.flush()
        if self._waiting_size > self._high and not self._writing_paused and self._protocol is not None:
            self._writing_paused = True
            self._protocol.pause_writing()

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview[Any]]) -> None:
        """Send several pieces of data as one."""
        self.write(b"".join(list_of_data))

    def can_write_eof(self) -> bool:
        """Return False: one half of a channel cannot end without the other."""
        return False

    def write_eof(self) -> None:
        """Fail; see `can_write_eof`."""
        raise NotImplementedError("A channel ends as a whole: close it")

    def get_write_buffer_size(self) -> int:
        """Return how many bytes wait to be sent."""
        return self._waiting_size

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """Return the low and the high limit of what waits to be sent."""
        return self._low, self._high

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set when the protocol is told to stop writing and to go on."""
        self._high = HIGH_WATER if high is None else high
        self._low = self._high // 4 if low is None else low

    def is_closing(self) -> bool:
        """Return whether the channel is closed, or about to be."""
        return self._closing

    def close(self) -> None:
        """Close the channel once everything is sent; nothing more is read."""
        self._closing = True
        if not self._waiting:
            self._end()

    def abort(self) -> None:
        """Close the channel at once."""
        self._closing = True
        self._drop_waiting()
        self._end(broken=True)

    def flush(self) -> None:
        """Send what waits, as far as there is room."""
        while self._can_send():
            if not self._link.room():
                self._link.queue(self)
                break
            self._send_payload()
        self._after_sending()

    def take_turn(self) -> None:
        """Send one payload and queue again, if there is more to send."""
        if self._can_send():
            self._send_payload()
        if self._can_send():
            self._link.queue(self)
        self._after_sending()

    # Internal.

    def _can_send(self) -> bool:
        return bool(self._waiting) and self._open and self._sent < self._limit

    def _send_payload(self) -> None:
        first = self._waiting[0]
        size = min(len(first), self._limit - self._sent, MOST_PAYLOAD)
        if size == len(first):
            self._waiting.popleft()
        else:
            self._waiting[0] = first[size:]
        self._waiting_size -= size
        self._sent += size
        payload = first.obj if size == len(first.obj) else bytes(first[:size])  # type: ignore[arg-type]  # it is bytes
        self._link.write_payload(frames.data_head(self.number, self._sent % WRAP, size), payload)  # type: ignore[arg-type]

    def _after_sending(self) -> None:
        if self._writing_paused and self._waiting_size <= self._low and self._protocol is not None:
            self._writing_paused = False
            self._protocol.resume_writing()
        if self._closing and not self._waiting:
            self._end()

    def _drop_waiting(self) -> None:
        self._waiting.clear()
        self._waiting_size = 0
        if self._writing_paused and not self._lost and self._protocol is not None:
            self._writing_paused = False
            self._protocol.resume_writing()

    def _end(self, *, broken: bool = False) -> None:
        """End our half; what the other side still sends is dropped.

        Args:
            broken: Say that something is missing. HTTP servers of Node go on writing to a socket that merely ends.
        """
        if self._closed:
            return
        self._closed = True
        self._link.write(frames.end(self.number, broken=broken and not self._ended))
        self._loop.call_soon(self._lose, None)
        if self._ended:
            self._link.forget(self)

    def _lose(self, error: Exception | None) -> None:
        if self._lost:
            return
        self._lost = True
        if self._telling is not None:
            self._telling.cancel()
        unread = sum(map(len, self._buffer))
        self._buffer.clear()
        if self._protocol is not None:
            self._guarded(self._protocol.connection_lost, error)
        self._drop(unread)

    def _drop(self, size: int) -> None:
        """Count data as read that has no reader, so that the other side can get to its end."""
        self._dropped += size
        if self._dropped <= DROPPED:
            self._consumed(size)

    def _schedule_delivery(self) -> None:
        if not self._delivery_due and (self._buffer or self._ended):
            self._delivery_due = True
            self._loop.call_soon(self._deliver)

    def _deliver(self) -> None:
        self._delivery_due = False
        while self._buffer and not self._paused and not self._lost:
            self._hand_over(self._buffer.popleft())
        if self._ended and not self._buffer and not self._eof_told and not self._lost and self._protocol is not None:
            self._eof_told = True
            if not self._guarded(self._protocol.eof_received):
                self.close()

    def _hand_over(self, part: bytes) -> None:
        if self._closing:
            self._drop(len(part))
        elif self._protocol is not None:
            self._guarded(self._protocol.data_received, part)
            self._consumed(len(part))

    def _guarded(self, callback: Any, *arguments: Any) -> Any:
        """Call the protocol; an error of its ends this channel, and no other."""
        try:
            return callback(*arguments)
        except Exception as error:  # noqa: BLE001 - as asyncio's transports do
            context = {"message": "A protocol failed on a channel", "exception": error, "transport": self}
            self._loop.call_exception_handler(context)
            self.abort()

    def _consumed(self, size: int) -> None:
        self._read += size
        unknown = self._read - self._told
        if unknown >= self._window // 4:
            self._tell()
        elif unknown and self._telling is None and not self._lost:
            self._telling = self._loop.call_later(TELLING, self._tell)

    def _tell(self) -> None:
        """Let the other side send as much as was read since it was last told."""
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        if self._ended or self._told == self._read:
            return
        self._told = self._read
        free = self._window - (self._arrived - self._read)
        self._link.write(frames.status(self.number, free, self._arrived % WRAP, finished=self._closed))
