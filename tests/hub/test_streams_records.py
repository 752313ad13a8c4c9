"""Several writers into one stream: whose bytes may come between whose."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scramjet_serving.streams import record_mixer
from scramjet_serving.streams.broadcast import Broadcast, StreamEnded
from scramjet_serving.streams.record_mixer import Cut, Mixer


def run(coroutine: object) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 10))  # type: ignore[arg-type]  # only ever given coroutines


async def everything(stream: Broadcast) -> bytes:
    stream.end()
    return b"".join([chunk async for chunk in stream.read()])


def mixer(cut: Cut, limit: int = 10**9) -> tuple[Broadcast, Mixer]:
    stream = Broadcast(limit)
    return stream, Mixer(stream, cut)


@pytest.mark.parametrize(
    ("content_type", "cut"),
    [
        ("text/x-ndjson", Cut.RECORDS),
        ("application/x-ndjson", Cut.RECORDS),
        ("text/plain", Cut.LINES),
        ("application/octet-stream", Cut.ANYWHERE),
    ],
)
def test_where_a_type_is_cut(content_type: str, cut: Cut) -> None:
    assert Cut.of(content_type) is cut


def test_half_a_record_is_held_back() -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.RECORDS)
        first, second = mixed.writer(), mixed.writer()
        await first.write(b'{"a":')
        await second.write(b'{"b":1}\n{"b":')
        await first.write(b"1}\n")
        await second.write(b"2}\n")
        assert await everything(stream) == b'{"b":1}\n{"a":1}\n{"b":2}\n'

    run(scenario())


def test_a_last_record_gets_its_newline() -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.RECORDS)
        for number in b"12":
            writer = mixed.writer()
            await writer.write(b"%c" % number)
            await writer.finish()
        assert await everything(stream) == b"1\n2\n"

    run(scenario())


def test_a_record_that_was_broken_off_never_shows() -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.RECORDS)
        writer = mixed.writer()
        await writer.write(b'1\n{"half": ')
        writer.abandon()
        assert await everything(stream) == b"1\n"

    run(scenario())


def test_a_huge_record_passes_in_pieces_and_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.RECORDS)
        huge, other = mixed.writer(), mixed.writer()
        await huge.write(b"0123456789")
        assert stream.waiting == 10
        waiting = asyncio.create_task(other.write(b"other\n"))
        await huge.write(b"more")
        await asyncio.sleep(0.01)
        assert not waiting.done()
        await huge.write(b"end\n")
        await waiting
        assert await everything(stream) == b"0123456789moreend\nother\n"

    monkeypatch.setattr(record_mixer, "LONGEST_HELD", 8)
    run(scenario())


def test_a_huge_record_that_breaks_off_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.RECORDS)
        huge, other = mixed.writer(), mixed.writer()
        await huge.write(b"0123456789")
        waiting = asyncio.create_task(other.write(b"other\n"))
        await asyncio.sleep(0)
        huge.abandon()
        await waiting
        assert await everything(stream) == b"0123456789\nother\n"

    monkeypatch.setattr(record_mixer, "LONGEST_HELD", 8)
    run(scenario())


def test_text_passes_at_once_and_lines_stay_whole() -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.LINES)
        first, second = mixed.writer(), mixed.writer()
        await first.write(b"no newline")
        assert stream.waiting == 10
        waiting = asyncio.create_task(second.write(b"second\n"))
        await asyncio.sleep(0)
        await first.write(b" yet\nand more")
        await waiting
        await first.finish()
        assert await everything(stream) == b"no newline yet\nsecond\nand more"

    run(scenario())


def test_a_line_that_does_not_go_on_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.LINES)
        first, second = mixed.writer(), mixed.writer()
        await first.write(b"tick")
        await second.write(b"tock")
        await first.write(b"tick")
        assert await everything(stream) == b"tick\ntock\ntick"

    monkeypatch.setattr(record_mixer, "PATIENCE", 0.02)
    run(scenario())


def test_one_writer_s_text_is_not_touched_and_the_next_begins_a_new_line() -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.LINES)
        for text in (b"one", b"two\n", b"three"):
            writer = mixed.writer()
            await writer.write(text)
            await writer.finish()
        assert await everything(stream) == b"one\ntwo\nthree"

    run(scenario())


def test_a_line_held_up_by_its_reader_does_not_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.LINES, limit=4)
        first, second = mixed.writer(), mixed.writer()
        await first.write(b"half")
        tasks = [asyncio.create_task(second.write(b"second\n")), asyncio.create_task(first.write(b" line\n"))]
        await asyncio.sleep(0.1)
        reader = stream.read()
        got = b""
        while len(got) < 17:
            got += await anext(reader)
        await asyncio.gather(*tasks)
        assert got == b"half line\nsecond\n"

    monkeypatch.setattr(record_mixer, "PATIENCE", 0.02)
    run(scenario())


def test_a_stream_that_ends_lets_everybody_go() -> None:
    async def scenario() -> None:
        stream, mixed = mixer(Cut.LINES)
        await mixed.writer().write(b"begun")
        waiting = asyncio.create_task(mixed.writer().write(b"x"))
        await asyncio.sleep(0)
        stream.end()
        mixed.begin_anew()
        with pytest.raises(StreamEnded):
            await waiting

    run(scenario())


def cut_up(data: bytes, sizes: list[int]) -> list[bytes]:
    pieces = []
    for size in sizes:
        pieces.append(data[:size])
        data = data[size:]
    return [*pieces, data]


records_of_one = st.lists(st.binary(max_size=20).map(lambda raw: raw.hex().encode()), max_size=8)
writers = st.lists(st.tuples(records_of_one, st.lists(st.integers(0, 15), max_size=8)), min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(writers, st.sampled_from([Cut.RECORDS, Cut.LINES]), st.integers(1, 200))
def test_every_record_arrives_whole_and_in_its_writers_order(
    plans: list[tuple[list[bytes], list[int]]], cut: Cut, limit: int
) -> None:
    async def one(mixed: Mixer, number: int, lines: list[bytes], sizes: list[int]) -> None:
        writer = mixed.writer()
        data = b"".join(b"%d:%d:%s\n" % (number, index, line) for index, line in enumerate(lines))
        for piece in cut_up(data, sizes):
            await writer.write(piece)
            await asyncio.sleep(0)
        await writer.finish()

    async def scenario() -> None:
        stream, mixed = mixer(cut, limit)

        async def read() -> bytes:
            return b"".join([chunk async for chunk in stream.read()])

        reading = asyncio.create_task(read())
        await asyncio.gather(*(one(mixed, number, *plan) for number, plan in enumerate(plans)))
        stream.end()
        got = (await reading).splitlines()
        for number, (lines, _) in enumerate(plans):
            mine = [line for line in got if line.startswith(b"%d:" % number)]
            assert mine == [b"%d:%d:%s" % (number, index, line) for index, line in enumerate(lines)]

    run(scenario())
