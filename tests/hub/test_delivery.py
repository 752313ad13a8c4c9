"""Delivery: the part of a reply that has reached its client, by the acknowledgements of TCP."""

from __future__ import annotations

import socket
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scramjet_serving.delivery import STRIDE, Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not known what has been confirmed")

# Sizes around those at which the frame of a chunk gets longer, and at which it is looked what has been confirmed.
SIZES = st.sampled_from([1, 15, 16, 17, 255, 256, 257, 4095, 4096, STRIDE - 1, STRIDE, STRIDE + 1])


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def framed(chunk: bytes, *, chunked: bool) -> bytes:
    return b"%x\r\n%s\r\n" % (len(chunk), chunk) if chunked else chunk


def deliver(client: socket.socket, hub: socket.socket, wire: bytes) -> None:
    """Send so much that the client's system has confirmed all of it."""
    while wire:
        hub.sendall(wire[:1024])
        left = len(wire[:1024])
        while left:
            left -= len(client.recv(left))
        wire = wire[1024:]


def wait_until_confirmed(delivery: Delivery, size: int) -> None:
    until = time.monotonic() + 30
    while delivery.received() < size:
        assert time.monotonic() < until
        time.sleep(0.001)


@given(
    sizes=st.lists(SIZES, min_size=1, max_size=12),
    cut=st.floats(0, 1),
    chunked=st.booleans(),
    kept=st.sampled_from([0, 0, 1, 300, STRIDE, 3 * STRIDE]),
    holding=st.sampled_from([b"", b"next"]),
)
def test_tells_what_was_not_received(
    listener: socket.socket, sizes: list[int], cut: float, chunked: bool, kept: int, holding: bytes
) -> None:
    chunks = [bytes([number]) * size for number, size in enumerate(sizes)]
    wire = b"".join(framed(chunk, chunked=chunked) for chunk in chunks)
    sent = round(cut * len(wire))
    buffered = 0
    with socket.create_connection(listener.getsockname()) as client, listener.accept()[0] as hub:
        hub.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        delivery = Delivery(hub, lambda: buffered, kept, chunked=chunked)
        written = 0
        for chunk in chunks:
            size = len(framed(chunk, chunked=chunked))
            # What was not handed to the system waits in the transport.
            deliver(client, hub, wire[min(written, sent) : min(written + size, sent)])
            written += size
            buffered = max(0, written - sent)
            delivery.written(chunk, size)
        delivery.holding = holding
        wait_until_confirmed(delivery, sent)
        undelivered = delivery.undelivered(said_goodbye=True)
    assert (undelivered.chunks, undelivered.received) == expected(chunks, sent, holding, chunked=chunked)


def expected(chunks: list[bytes], sent: int, holding: bytes, *, chunked: bool) -> tuple[list[bytes], int]:
    """Take the wire apart: the chunks that were not received whole, and how much of the first one was."""
    position = 0
    for number, chunk in enumerate(chunks):
        begin = position + (len(b"%x\r\n" % len(chunk)) if chunked else 0)
        if begin + len(chunk) > sent:
            return [*chunks[number:], *([holding] if holding else [])], max(0, sent - begin)
        position += len(framed(chunk, chunked=chunked))
    return ([holding], 0) if holding else ([], 0)


def test_holds_nothing_that_was_confirmed(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()) as client, listener.accept()[0] as hub:
        hub.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        delivery = Delivery(hub, lambda: 0, 0, chunked=True)
        for number in range(1000):
            chunk = bytes([number % 256]) * 1024
            deliver(client, hub, framed(chunk, chunked=True))
            wait_until_confirmed(delivery, (number + 1) * 1031)
            delivery.written(chunk, 1031)
            assert sum(map(len, delivery._on_the_way)) <= STRIDE + 1024
