"""Streams: what goes in comes out, to whom it should, and never without bound."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scramjet_serving.streams.broadcast import Broadcast, Reader, StreamBroken, StreamEnded


async def read_all(reader: Reader) -> bytes:
    return b"".join([chunk async for chunk in reader])


async def settle() -> None:
    """Let everything go as far as it can without further input."""
    for _ in range(10):
        await asyncio.sleep(0)


def run(coroutine: object) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 10))  # type: ignore[arg-type]  # only ever given coroutines


def test_what_was_kept_goes_to_the_first_reader() -> None:
    async def scenario() -> None:
        stream = Broadcast(1000)
        await stream.write(b"early ")
        first, second = stream.read(), stream.read()
        await stream.write(b"late")
        stream.end()
        assert await read_all(first) == b"early late"
        assert await read_all(second) == b"late"

    run(scenario())


def test_the_rest_stays_readable_after_the_end() -> None:
    async def scenario() -> None:
        stream = Broadcast(1_000_000)
        await stream.write(b"x" * 100_000)
        await stream.write(b"y" * 100_000)
        stream.end()
        reader = stream.read()
        assert await anext(reader) == b"x" * 100_000
        await reader.aclose()
        assert await read_all(stream.read()) == b"y" * 100_000
        assert await read_all(stream.read()) == b""

    run(scenario())


def test_what_the_last_reader_left_is_for_the_next_one() -> None:
    async def scenario() -> None:
        stream = Broadcast(10_000_000)
        reader, other = stream.read(), stream.read()
        for letter in b"abc":
            await stream.write(bytes([letter]) * 70_000)
        await other.aclose()
        assert await anext(reader) == b"a" * 70_000
        await reader.aclose()
        await stream.write(b"d")
        stream.end()
        assert await read_all(stream.read()) == b"b" * 70_000 + b"c" * 70_000 + b"d"

    run(scenario())


def test_a_writer_waits_when_nobody_reads() -> None:
    async def scenario() -> None:
        stream = Broadcast(10)
        await stream.write(b"0123456789")
        writing = asyncio.create_task(stream.write(b"more"))
        await settle()
        assert not writing.done()
        reader = stream.read()
        assert await anext(reader) == b"0123456789"
        await writing
        assert await anext(reader) == b"more"

    run(scenario())


def test_the_slowest_reader_sets_the_pace() -> None:
    async def scenario() -> None:
        stream = Broadcast(10)
        quick, slow = stream.read(), stream.read()
        await stream.write(b"0123456789")
        assert await anext(quick) == b"0123456789"
        writing = asyncio.create_task(stream.write(b"more"))
        await settle()
        assert not writing.done()
        await slow.aclose()
        await writing
        assert await anext(quick) == b"more"

    run(scenario())


def test_writing_after_the_end_fails_also_for_those_who_wait() -> None:
    async def scenario() -> None:
        stream = Broadcast(1)
        await stream.write(b"x")
        writing = asyncio.create_task(stream.write(b"y"))
        await settle()
        stream.end()
        with pytest.raises(StreamEnded):
            await writing
        with pytest.raises(StreamEnded):
            await stream.write(b"z")
        assert await read_all(stream.read()) == b"x"

    run(scenario())


def test_a_cancelled_writer_leaves_nothing_behind() -> None:
    async def scenario() -> None:
        stream = Broadcast(1)
        await stream.write(b"x")
        writing = asyncio.create_task(stream.write(b"y"))
        await settle()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        reader = stream.read()
        assert await anext(reader) == b"x"
        await stream.write(b"z")
        stream.end()
        assert await read_all(reader) == b"z"

    run(scenario())


def test_a_broken_stream_is_not_taken_for_a_complete_one() -> None:
    async def scenario() -> None:
        stream = Broadcast(100)
        reader = stream.read()
        await stream.write(b"half")
        stream.end(OSError("it broke"))
        assert await anext(reader) == b"half"
        with pytest.raises(StreamBroken, match="it broke"):
            await anext(reader)

    run(scenario())


def test_a_cut_ends_those_who_read_and_nobody_else() -> None:
    async def scenario() -> None:
        stream = Broadcast(100)
        reader = stream.read()
        await stream.write(b"one")
        stream.cut()
        await stream.write(b"two")
        stream.cut()
        await stream.write(b"three")
        assert await read_all(reader) == b"one"
        assert await read_all(stream.read()) == b"two"
        assert await anext(stream.read()) == b"three"

    run(scenario())


def test_a_cut_with_nothing_to_cut_is_none() -> None:
    async def scenario() -> None:
        stream = Broadcast(100)
        for _ in range(1000):
            stream.cut()
        reader = stream.read()
        await stream.write(b"x")
        assert await anext(reader) == b"x"

    run(scenario())


def test_many_small_chunks_are_given_as_few() -> None:
    async def scenario() -> None:
        stream = Broadcast(1_000_000)
        reader = stream.read()
        for _ in range(10_000):
            await stream.write(b"0123456789")
        assert len(await anext(reader)) >= 64 * 1024

    run(scenario())


chunks = st.binary(min_size=1, max_size=50) | st.integers(1, 3).map(lambda n: bytes([n]) * n * 40_000)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), chunks),
        st.tuples(st.just("join"), st.just(b"")),
        st.tuples(st.just("take"), st.integers(0, 5).map(lambda n: bytes([n]))),
        st.tuples(st.just("leave"), st.integers(0, 5).map(lambda n: bytes([n]))),
    ),
    max_size=60,
)


class Model:
    """What each reader should get, worked out the slow way."""

    def __init__(self) -> None:
        self.end = 0
        self.kept: list[tuple[int, int]] = []
        self.readers: list[Reader] = []
        self.since: list[int] = []
        self.owed: list[list[tuple[int, int]]] = []  # each byte with its place in the stream
        self.got: list[bytes] = []

    def write(self, chunk: bytes) -> None:
        placed = list(enumerate(chunk, self.end))
        self.end += len(chunk)
        if not self.readers:
            self.kept += placed
        self.owed = [owed + placed for owed in self.owed]

    def join(self, reader: Reader) -> None:
        self.owed.append(self.kept)
        self.kept = []
        self.since.append(self.end)
        self.readers.append(reader)
        self.got.append(b"")

    def due(self, index: int) -> bytes:
        return bytes(byte for _, byte in self.owed[index])

    def took(self, index: int, chunk: bytes) -> None:
        self.got[index] += chunk
        assert self.due(index).startswith(self.got[index])

    def left(self, index: int) -> None:
        rest = self.owed.pop(index)[len(self.got.pop(index)) :]
        since = self.since.pop(index)
        self.readers.pop(index)
        if not self.readers:
            self.kept += rest
            return
        heir = self.since.index(min(self.since))
        alone = [(place, byte) for place, byte in rest if place < since or place < self.since[heir]]
        if self.got[heir]:
            self.kept += alone
        else:
            self.owed[heir] = alone + self.owed[heir]


@settings(max_examples=150, deadline=None)
@given(steps)
def test_chunks_in_are_chunks_out_for_any_interleaving(plan: list[tuple[str, bytes]]) -> None:
    async def scenario() -> None:
        stream, model = Broadcast(10**9), Model()
        for action, data in plan:
            index = data[0] % len(model.readers) if data and model.readers and action != "write" else None
            if action == "write":
                await stream.write(data)
                model.write(data)
            elif action == "join":
                model.join(stream.read())
            elif index is not None and action == "take" and model.readers[index].waiting:
                model.took(index, await anext(model.readers[index]))
            elif index is not None and action == "leave":
                await model.readers[index].aclose()
                model.left(index)
        stream.end()
        for index, reader in enumerate(model.readers):
            assert model.got[index] + await read_all(reader) == model.due(index)
        if not model.readers:
            assert await read_all(stream.read()) == bytes(byte for _, byte in model.kept)

    run(scenario())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=200), max_size=30), st.integers(1, 300), st.integers(1, 4))
def test_concurrent_readers_all_get_everything_within_the_bound(sent: list[bytes], limit: int, count: int) -> None:
    async def scenario() -> None:
        stream = Broadcast(limit)
        readers = [stream.read() for _ in range(count)]
        results = [asyncio.create_task(read_all(reader)) for reader in readers]
        for chunk in sent:
            await stream.write(chunk)
            assert stream.waiting < limit + len(chunk)
        stream.end()
        assert await asyncio.gather(*results) == [b"".join(sent)] * count

    run(scenario())
