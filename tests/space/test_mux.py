"""Channels: everything arrives, in order; one that stalls holds up no other; who lies is disconnected, alone."""

from __future__ import annotations

import asyncio
import contextlib
import random
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scramjet_serving.mux import channel as channels
from scramjet_serving.mux import frames
from scramjet_serving.mux.mux import MOST_CHANNELS, THEIR_WINDOW, WINDOW, MuxClosed

from tests.space.mux_pairs import PATIENCE, End, Keeper, against, comes_true, pair

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

HIGH = 1 << 31


def run(test: Coroutine[Any, Any, None]) -> None:
    """Run a test in an event loop of its own."""
    asyncio.run(asyncio.wait_for(test, 4 * PATIENCE))


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes of which no part is like another."""
    return random.Random(seed).randbytes(size)  # noqa: S311 - no secret


async def send(sender: Keeper, data: bytes, step: int) -> None:
    """Write in pieces, no faster than the channel takes them."""
    for begin in range(0, len(data), step):
        sender.transport.write(data[begin : begin + step])
        await asyncio.wait_for(sender.writable.wait(), PATIENCE)


SIZES = st.lists(st.tuples(st.integers(0, 300_000), st.integers(1, 90_000)), min_size=1, max_size=5)


@given(SIZES, SIZES)
@settings(max_examples=20, deadline=None)
def test_everything_arrives_in_order_on_every_channel(out: list[tuple[int, int]], back: list[tuple[int, int]]) -> None:
    async def both_ways() -> None:
        async with pair() as (near, far):
            ours = [Keeper() for _ in out]
            for keeper in ours:
                near.mux.open(keeper)
            await far.until(lambda: len(far.accepted) == len(out))
            sent = [(ours[i], far.accepted[i], noise(size, i), step) for i, (size, step) in enumerate(out)]
            sent += [
                (far.accepted[i % len(out)], ours[i % len(out)], noise(size, 50 + i), step)
                for i, (size, step) in enumerate(back[: len(out)])
            ]
            await asyncio.gather(*(send(sender, data, step) for sender, _, data, step in sent))
            for _, receiver, data, _ in sent:
                assert await receiver.has(len(data)) == data
            for keeper in ours:
                keeper.transport.close()
            await asyncio.wait_for(asyncio.gather(*(keeper.lost for keeper in far.accepted)), PATIENCE)

    run(both_ways())


def test_a_channel_that_stalls_holds_up_no_other_and_keeps_no_more_than_its_window() -> None:
    async def stall() -> None:
        async with pair() as (near, far):
            stalled, lively = Keeper(), Keeper()
            near.mux.open(stalled), near.mux.open(lively)
            await far.until(lambda: len(far.accepted) == 2)
            far.accepted[0].transport.pause_reading()
            stalled.transport.write(noise(8 * WINDOW))
            assert not stalled.writable.is_set()
            data = noise(20 * WINDOW)
            await send(lively, data, 50_000)
            assert await far.accepted[1].has(len(data)) == data
            assert stalled.transport.get_write_buffer_size() == 8 * WINDOW - THEIR_WINDOW
            far.accepted[0].transport.resume_reading()
            assert await far.accepted[0].has(8 * WINDOW) == noise(8 * WINDOW)

    run(stall())


def test_what_was_written_before_closing_arrives_and_then_the_end() -> None:
    async def close() -> None:
        async with pair() as (near, far):
            keeper = Keeper()
            near.mux.open(keeper)
            keeper.transport.write(noise(3 * WINDOW))
            keeper.transport.close()
            await far.until(lambda: bool(far.accepted))
            assert await far.accepted[0].has(3 * WINDOW) == noise(3 * WINDOW)
            assert await asyncio.wait_for(far.accepted[0].lost, PATIENCE) is None
            assert far.accepted[0].eof.is_set()
            assert await asyncio.wait_for(keeper.lost, PATIENCE) is None
            await forgotten(near)
            await forgotten(far)

    run(close())


def test_who_is_read_by_nobody_any_more_can_still_end() -> None:
    async def abort() -> None:
        async with pair() as (near, far):
            keeper = Keeper()
            near.mux.open(keeper)
            await far.until(lambda: bool(far.accepted))
            keeper.transport.pause_reading()
            far.accepted[0].transport.write(noise(6 * WINDOW))
            far.accepted[0].transport.close()
            keeper.transport.abort()
            await asyncio.wait_for(far.accepted[0].lost, PATIENCE)
            await forgotten(near)
            await forgotten(far)

    run(abort())


def test_the_loss_of_the_connection_is_told_to_every_channel_and_nothing_can_be_opened_any_more() -> None:
    async def lose() -> None:
        async with pair() as (near, far):
            keepers = [Keeper() for _ in range(3)]
            for keeper in keepers:
                near.mux.open(keeper)
            await far.until(lambda: len(far.accepted) == 3)
            far.mux.close("Enough")
            for keeper in keepers:
                assert isinstance(await asyncio.wait_for(keeper.lost, PATIENCE), MuxClosed)
            with pytest.raises(MuxClosed):
                near.mux.open(Keeper())

    run(lose())


def test_a_protocol_that_fails_ends_its_channel_alone() -> None:
    class Failing(Keeper):
        def data_received(self, data: bytes) -> None:
            raise ValueError(data)

    async def fail() -> None:
        told: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        async with pair() as (near, far):
            failing, other = Failing(), Keeper()
            near.mux.open(failing), near.mux.open(other)
            await far.until(lambda: len(far.accepted) == 2)
            for keeper in far.accepted:
                keeper.transport.write(b"hello")
            await other.has(5)
            await asyncio.wait_for(failing.lost, PATIENCE)
            assert [type(context["exception"]) for context in told] == [ValueError]
            assert not near.lost

    run(fail())


def test_what_was_read_is_known_to_the_writer() -> None:
    async def deliver() -> None:
        async with pair() as (near, far):
            keeper = Keeper()
            channel = near.mux.open(keeper)
            channel.write(b"hello")
            await far.until(lambda: bool(far.accepted))
            await far.accepted[0].has(5)
            await comes_true(lambda: channel.delivered == 5)
            far.accepted[0].transport.pause_reading()
            channel.write(b"unread")
            far.accepted[0].transport.write(b"an answer, after which more would be known")
            await keeper.has(40)
            assert channel.delivered == 5

    run(deliver())


def test_numbers_are_used_again_after_the_last_one() -> None:
    async def wrap() -> None:
        async with pair() as (near, far):
            near.mux._next = frames.WRAP - 1
            keepers = [Keeper() for _ in range(3)]
            numbers = [near.mux.open(keeper).number for keeper in keepers]
            assert numbers == [frames.WRAP - 1, HIGH, HIGH + 1]
            await far.until(lambda: len(far.accepted) == 3)

    run(wrap())


LIES = {
    "more than the window": frames.data_head(0, THEIR_WINDOW + 1, THEIR_WINDOW + 1),
    "almost four gigabytes": frames.data_head(0, frames.WRAP - 1, frames.WRAP - 1),
    "miscounted": frames.data_head(0, 7, 5),
    "opened twice": frames.handshake(0, 5),
    "acknowledges what was not sent": frames.status(0, 10, 99, finished=False),
    "a frame without a type": struct.pack(">I", 0),
    "an unknown frame": struct.pack(">IBI", 5, 200, 0),
    "not frames at all": b"GET / HTTP/1.1\r\nHost: here\r\n\r\n",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_who_lies_is_disconnected_and_nothing_else_is_disturbed(lie: bytes) -> None:
    async def deceive() -> None:
        async with pair() as (near, far), against() as (victim, reader, writer):
            keeper = Keeper()
            near.mux.open(keeper)
            writer.write(frames.handshake(0, 100))
            await victim.until(lambda: bool(victim.accepted))
            writer.write(lie)
            await victim.until(lambda: bool(victim.lost))
            assert isinstance(await asyncio.wait_for(victim.accepted[0].lost, PATIENCE), MuxClosed)
            await asyncio.wait_for(reader.read(), PATIENCE)
            keeper.transport.write(b"still here")
            await far.until(lambda: bool(far.accepted))
            assert await far.accepted[0].has(10) == b"still here"

    run(deceive())


def test_too_many_channels_are_turned_away_and_then_the_one_who_goes_on() -> None:
    async def flood() -> None:
        async with against() as (victim, _, writer):
            for number in range(2 * MOST_CHANNELS):
                writer.write(frames.handshake(number, 10))
            await victim.until(lambda: len(victim.accepted) == MOST_CHANNELS)
            # One that ends makes room, and those that were turned away may be ended, too.
            writer.write(frames.end(0) + frames.end(2 * MOST_CHANNELS - 1))
            await asyncio.wait_for(victim.accepted[0].lost, PATIENCE)
            writer.write(frames.handshake(HIGH - 1, 10))
            await victim.until(lambda: len(victim.accepted) == MOST_CHANNELS + 1)
            assert not victim.lost
            writer.write(b"".join(frames.handshake(3 * MOST_CHANNELS + number, 10) for number in range(3)))
            await victim.until(lambda: bool(victim.lost))
            assert len(victim.accepted) == MOST_CHANNELS + 1

    run(flood())


def test_who_sends_and_never_reads_is_disconnected() -> None:
    async def ignore() -> None:
        async with against() as (victim, _, writer):
            cycle = b"".join(frames.handshake(number, 1) + frames.end(number) for number in range(500))
            while not victim.lost:
                writer.write(cycle)
                await asyncio.sleep(0)
                if writer.transport.is_closing():
                    await victim.until(lambda: bool(victim.lost))

    run(ignore())


def test_late_words_about_channels_that_are_gone_are_ignored() -> None:
    async def late() -> None:
        async with against() as (victim, _, writer):
            writer.write(frames.end(5) + frames.status(5, 1, 1, finished=True) + frames.data_head(5, 3, 3) + b"abc")
            writer.write(frames.handshake(0, 10) + frames.data_head(0, 2, 2) + b"hi")
            await victim.until(lambda: bool(victim.accepted))
            assert await victim.accepted[0].has(2) == b"hi"

    run(late())


def test_data_that_nobody_wants_is_dropped_only_so_far() -> None:
    async def pester() -> None:
        async with against() as (victim, reader, writer):
            writer.write(frames.handshake(0, 100))
            await victim.until(lambda: bool(victim.accepted))
            victim.accepted[0].transport.abort()
            await asyncio.wait_for(victim.accepted[0].lost, PATIENCE)
            reading = asyncio.create_task(reader.read())
            for count in range(1, (channels.DROPPED + 4 * THEIR_WINDOW) // 60_000):
                writer.write(frames.data_head(0, 60_000 * count, 60_000) + bytes(60_000))
                with contextlib.suppress(ConnectionError):
                    await writer.drain()
            await victim.until(lambda: bool(victim.lost))
            await asyncio.wait_for(reading, PATIENCE)

    run(pester())


async def forgotten(end: End) -> None:
    """Wait until no channel is known any more."""
    await comes_true(lambda: not end.mux.channels)
