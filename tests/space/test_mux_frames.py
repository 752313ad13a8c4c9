"""Frames survive being cut anywhere; those that lie are found out."""

from __future__ import annotations

import contextlib
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scramjet_serving.mux import frames
from scramjet_serving.mux.frames import FrameError, FrameReader, Kind

NUMBERS = st.integers(0, frames.WRAP - 1)
FRAMES = st.one_of(
    st.tuples(st.just("end"), NUMBERS),
    st.tuples(st.just("handshake"), NUMBERS, NUMBERS),
    st.tuples(st.just("status"), NUMBERS, NUMBERS, NUMBERS, st.booleans()),
    st.tuples(st.just("data"), NUMBERS, NUMBERS, st.binary(max_size=300)),
    st.tuples(st.just("alive")),
)


class Notes:
    """Writes down what it gets; parts of one payload become one."""

    def __init__(self) -> None:
        self.all: list[tuple[Any, ...]] = []

    def control(self, kind: Kind, channel: int, first: int, second: int) -> None:
        self.all.append((kind, channel, first, second))

    def announced(self, channel: int, seq: int, size: int) -> None:
        self.all.append((Kind.DATA, channel, seq, size, b""))

    def payload(self, part: bytes) -> None:
        assert part
        *head, before = self.all[-1]
        self.all[-1] = (*head, before + part)


def written(frame: tuple[Any, ...]) -> bytes:
    """Write a frame."""
    match frame:
        case ("end", channel):
            return frames.end(channel)
        case ("handshake", channel, free):
            return frames.handshake(channel, free)
        case ("status", channel, free, seq, finished):
            return frames.status(channel, free, seq, finished=finished)
        case ("data", channel, seq, payload):
            return frames.data_head(channel, seq, len(payload)) + bytes(payload)
    return frames.KEEP_ALIVE


def expected(frame: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Say how a frame is to arrive."""
    match frame:
        case ("end", channel):
            return Kind.END, channel, 0, 0
        case ("handshake", channel, free):
            return Kind.HANDSHAKE, channel, free, 0
        case ("status", channel, free, seq, finished):
            return Kind.FINISHED_STATUS if finished else Kind.STATUS, channel, free, seq
        case ("data", channel, seq, payload):
            return Kind.DATA, channel, seq, len(payload), payload
    return None


@given(st.lists(FRAMES, max_size=20), st.data())
def test_frames_cut_anywhere_arrive_whole(sent: list[tuple[Any, ...]], data: st.DataObject) -> None:
    stream = b"".join(map(written, sent))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=30)))
    notes = Notes()
    reader = FrameReader(notes)
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        reader.feed(stream[begin:end])
    assert notes.all == [arrives for frame in sent if (arrives := expected(frame)) is not None]


@given(st.binary(max_size=2000))
def test_no_bytes_break_the_reader_in_another_way(noise: bytes) -> None:
    reader = FrameReader(Notes())
    with contextlib.suppress(FrameError):
        for byte in noise:
            reader.feed(bytes([byte]))


@pytest.mark.parametrize(
    "lie",
    [
        struct.pack(">I", 0),
        struct.pack(">I", frames.MOST_CONTROL + 1),
        struct.pack(">I", frames.WRAP - 1) + b"\1",
        struct.pack(">IBI", 5, 9, 1),
        struct.pack(">IBI", 5, Kind.HANDSHAKE, 1),
        struct.pack(">IBH", 3, Kind.END, 1),
        struct.pack(">IBII", 9, Kind.STATUS, 1, 5),
    ],
    ids=["empty", "long", "longest", "unknown", "short handshake", "short end", "short status"],
)
def test_a_frame_that_lies_is_refused_before_it_has_arrived(lie: bytes) -> None:
    with pytest.raises(FrameError):
        FrameReader(Notes()).feed(lie)


def test_data_beyond_the_fixed_part_of_a_handshake_is_ignored() -> None:
    notes = Notes()
    FrameReader(notes).feed(struct.pack(">IBII", 14, Kind.HANDSHAKE, 7, 100) + b"hello" + frames.end(7))
    assert [kind for kind, *_ in notes.all] == [Kind.HANDSHAKE, Kind.END]
