"""The frames of BPMux: a length in four bytes, and so many bytes.

A control frame begins with its type and, except for `KEEP_ALIVE`, a channel. A `DATA` frame announces that the next
frame is a payload. All numbers are unsigned 32-bit, big-endian. Sequence numbers count the payload of one direction of
a channel, and wrap.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Final, Protocol

WRAP: Final = 1 << 32
# The largest control frame to accept; the longest of ours has 13 bytes, others may add data to a handshake.
MOST_CONTROL: Final = 4096
_LENGTH: Final = struct.Struct(">I")
_SHORT: Final = struct.Struct(">IBI")
_HANDSHAKE: Final = struct.Struct(">IBII")
_STATUS: Final = struct.Struct(">IBIII")
# A DATA frame, and the length of the payload that follows.
_DATA: Final = struct.Struct(">IBIII")


class Kind(IntEnum):
    """The type of a control frame."""

    END = 0
    HANDSHAKE = 1
    STATUS = 2
    FINISHED_STATUS = 3
    DATA = 4
    PRE_HANDSHAKE = 5
    ERROR_END = 6
    KEEP_ALIVE = 7


# How long the fixed part of each kind of frame is.
LEAST: Final = {
    Kind.END: 5,
    Kind.HANDSHAKE: 9,
    Kind.STATUS: 13,
    Kind.FINISHED_STATUS: 13,
    Kind.DATA: 9,
    Kind.PRE_HANDSHAKE: 9,
    Kind.ERROR_END: 5,
    Kind.KEEP_ALIVE: 1,
}


class FrameError(Exception):
    """The other side does not keep to the protocol; the text says how."""


class Frames(Protocol):
    """What gets the frames."""

    def control(self, kind: Kind, channel: int, first: int, second: int) -> None:
        """Handle a control frame other than `DATA` and `KEEP_ALIVE`; numbers that it does not have are 0."""

    def announced(self, channel: int, seq: int, size: int) -> None:
        """Handle the announcement of a payload, before any of it has arrived."""

    def payload(self, part: bytes) -> None:
        """Handle a part of the payload that was announced last; parts are never empty."""


class FrameReader:
    """Takes a stream of bytes apart; holds at most one control frame.

    Args:
        frames: Gets the frames. If one of its methods raises, the stream cannot be read any further.
    """

    __slots__ = ("_announced", "_frames", "_left", "_rest")

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._rest = b""
        self._left = 0  # of the payload
        self._announced: tuple[int, int] | None = None

    def feed(self, data: bytes) -> None:
        """Read more bytes.

        Raises:
            FrameError: A frame is malformed.
        """
        position = 0
        if self._left:
            position = self._take_payload(data, 0)
        elif self._rest:
            data, self._rest = self._rest + data, b""
        while position < len(data) and not self._left:
            end = self._take_frame(data, position)
            if end == position:
                self._rest = data[position:]
                return
            position = end
            if self._left:
                position = self._take_payload(data, position)

    def _take_payload(self, data: bytes, position: int) -> int:
        end = position + self._left
        part = data if position == 0 and end >= len(data) else data[position:end]
        self._left -= len(part)
        if part:
            self._frames.payload(part)
        return position + len(part)

    def _take_frame(self, data: bytes, position: int) -> int:
        """Take a control frame, or the length of a payload; return the position after it, or the same if incomplete."""
        if len(data) - position < _LENGTH.size:
            return position
        size: int = _LENGTH.unpack_from(data, position)[0]
        begin = position + _LENGTH.size
        if self._announced is not None:
            channel, seq = self._announced
            self._announced, self._left = None, size
            self._frames.announced(channel, seq, size)
            return begin
        if not 0 < size <= MOST_CONTROL:
            raise FrameError(f"A control frame has 1 to {MOST_CONTROL} bytes, this one says {size}")
        if len(data) - begin < size:
            return position
        self._take_control(data, begin, size)
        return begin + size

    def _take_control(self, data: bytes, begin: int, size: int) -> None:
        number = data[begin]
        if number not in LEAST:
            raise FrameError(f"There is no frame of the type {number}")
        kind = Kind(number)
        if size < LEAST[kind]:
            raise FrameError(f"A {kind.name} frame has at least {LEAST[kind]} bytes, this one has {size}")
        if kind is Kind.KEEP_ALIVE:
            return
        # What a frame has beyond its fixed part is data for applications that we do not know.
        numbers = [0, 0, 0]
        for index in range(min(3, (size - 1) // 4)):
            (numbers[index],) = _LENGTH.unpack_from(data, begin + 1 + 4 * index)
        if kind is Kind.DATA:
            self._announced = (numbers[0], numbers[1])
        else:
            self._frames.control(kind, *numbers)


def end(channel: int, *, broken: bool = False) -> bytes:
    """Return the frame that ends our half of a channel.

    Args:
        channel: Its number.
        broken: Whether something is missing.
    """
    return _SHORT.pack(5, Kind.ERROR_END if broken else Kind.END, channel)


def handshake(channel: int, free: int) -> bytes:
    """Return the frame that opens a channel, or accepts one.

    Args:
        channel: Its number.
        free: How many bytes may be sent before a `STATUS`.
    """
    return _HANDSHAKE.pack(9, Kind.HANDSHAKE, channel, free)


def status(channel: int, free: int, seq: int, *, finished: bool) -> bytes:
    """Return the frame that lets the other side send more.

    Args:
        channel: The number.
        free: How many bytes it may send after `seq`.
        seq: The sequence number of the last `DATA` frame that arrived.
        finished: Whether our half has ended.
    """
    return _STATUS.pack(13, Kind.FINISHED_STATUS if finished else Kind.STATUS, channel, free, seq)


def data_head(channel: int, seq: int, size: int) -> bytes:
    """Return what comes before a payload.

    Args:
        channel: The number.
        seq: The sequence number after the payload.
        size: The size of the payload.
    """
    return _DATA.pack(9, Kind.DATA, channel, seq, size)


KEEP_ALIVE: Final = b"\0\0\0\1\7"
