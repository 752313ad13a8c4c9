"""Replies that are streams."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import errors

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncBeside, connected, eventually, pause, take
from tests.client.runtime.calls import get, stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.client.runtime.servers import Server


async def test_gives_bytes(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection, connection.open(stream()) as opened:
        assert b"".join([chunk async for chunk in opened]) == scripts.records(5)


async def test_gives_all_bytes_at_once(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        assert await connection.open(stream()).read() == scripts.records(5)


async def test_gives_lines(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        lines = [line async for line in connection.open(stream()).lines()]
    assert lines == [f'{{"n":{number}}}' for number in range(5)]


async def test_gives_decoded_records(serve: Callable[..., Server]) -> None:
    call = stream(decoders={200: lambda record: record["n"]})
    async with connected(serve(scripts.stream_records).url) as connection:
        assert [record async for record in connection.open(call).records()] == [0, 1, 2, 3, 4]


async def test_goes_on_where_it_was_left(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection, connection.open(stream()) as opened:
        async for line in opened.lines():
            assert line == '{"n":0}'
            break
        assert [record async for record in opened.records()] == [{"n": number} for number in range(1, 5)]


async def test_shows_status_and_headers(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection, connection.open(stream()) as opened:
        assert opened.status == 200
        assert opened.headers["Transfer-Encoding"] == "chunked"
        assert "status 200" in repr(opened)


async def test_its_connection_is_used_again_after_the_end(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stream_records)
    async with connected(server.url) as connection:
        for _ in range(3):
            await connection.open(stream()).read()
        assert server.connections == 1


@pytest.mark.parametrize("script", [scripts.cut_inside_stream, scripts.cut_inside_chunk])
async def test_one_that_broke_off_gives_what_came_and_raises(serve: Callable[..., Server], script: Any) -> None:
    server = serve(script)
    got: list[object] = []
    async with connected(server.url) as connection:
        with pytest.raises(errors.StreamBroken, match="broke off after 20 bytes") as caught:
            await take(connection.open(stream()).records(), got)
    assert got == [{"n": 0}, {"n": 1}]
    assert caught.value.received == 20
    assert len(server.requests) == 1


async def test_one_that_was_reset_raises(serve: Callable[..., Server]) -> None:
    server = serve(scripts.reset_inside_stream)
    got: list[object] = []

    async def tell_at_each(records: AsyncIterator[object]) -> AsyncIterator[object]:
        async for record in records:
            yield record
            server.tell()

    async with connected(server.url) as connection:
        with pytest.raises(errors.StreamBroken):
            await take(tell_at_each(connection.open(stream()).records()), got)
    assert got == [{"n": 0}]


async def test_silence_is_no_failure(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stream_when_told)
    async with connected(server.url, timeout=0.1) as connection, connection.open(stream()) as opened:
        reading = AsyncBeside(opened.read)
        await pause(0.4)
        server.tell()
        assert await reading.result() == b'{"n":0}\n'


async def test_silence_is_a_failure_if_so_wished(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall_inside_stream)
    got: list[object] = []
    async with connected(server.url) as connection:
        start = time.monotonic()
        with pytest.raises(errors.TimedOut, match="nothing came"):
            await take(connection.open(stream(), idle_timeout=0.2).records(), got)
        assert time.monotonic() - start < 2
        await eventually(lambda: server.open == 0)
    assert got == [{"n": 0}]


async def test_a_stalled_server_times_out_if_so_wished(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall)
    async with connected(server.url) as connection:
        with pytest.raises(errors.TimedOut, match="no answer"):
            async with connection.open(stream(), timeout=0.2):
                pass
        await eventually(lambda: server.open == 0)


async def test_closing_early_frees_the_connection_at_once(serve: Callable[..., Server]) -> None:
    server = serve(scripts.pour)
    async with connected(server.url) as connection:
        async with connection.open(stream()) as opened:
            async for _ in opened:
                break
            assert server.open == 1
        await eventually(lambda: server.open == 0)
        await opened.aclose()


async def test_a_slow_reader_holds_the_server_up(serve: Callable[..., Server]) -> None:
    server = serve(scripts.pour)
    async with connected(server.url) as connection, connection.open(stream()) as opened:
        async for _ in opened:
            break
        sent = -1
        while sent != server.counted:
            sent = server.counted
            await pause(0.2)
        assert sent < 8 << 20


async def test_closing_it_wakes_whoever_reads_and_is_no_end(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall_inside_stream)
    async with connected(server.url) as connection:
        opened = connection.open(stream())
        got: list[bytes] = []
        reading = AsyncBeside(partial(take, opened, got))
        await eventually(lambda: bool(got))
        await opened.aclose()
        with pytest.raises(errors.StreamBroken, match="closed from this side"):
            await reading.result()
        with pytest.raises(errors.StreamBroken, match="closed from this side"):
            await anext(opened)
    assert got == [b'{"n":0}\n']


async def test_an_error_is_raised_where_it_is_opened(serve: Callable[..., Server]) -> None:
    server = serve(scripts.echo_status)
    async with connected(server.url) as connection:
        with pytest.raises(errors.NotFoundError):
            async with connection.open(stream("/404")):
                pass
        with pytest.raises(errors.NotFoundError):
            await connection.open(stream("/404")).read()
        with suppress(errors.NotFoundError):
            await connection.open(stream("/404"))
        await connection.send(get("/200"))
        assert server.connections == 1


async def test_opening_is_repeated_where_that_may_help(serve: Callable[..., Server]) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url) as connection:
        assert await connection.open(stream(headers={"x-status": "503", "x-after": "0"})).read() == b"{}"
    assert len(server.requests) == 2


async def test_a_line_that_is_no_record_is_an_error(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.answer).url) as connection:
        with pytest.raises(errors.UnexpectedReply, match="not the record") as caught:
            async for _ in connection.open(stream(decoders={200: lambda record: record["n"]})).records():
                pass
    assert caught.value.content == b'{"version": "1"}'


async def test_streams_do_not_hold_up_calls(serve: Callable[..., Server]) -> None:
    waiting, answering = serve(scripts.stream_when_told), serve(scripts.answer)
    async with connected(waiting.url) as connection:
        opened = [await connection.open(stream()).open() for _ in range(120)]
        async with connected(answering.url) as other:
            await other.send(get())
        waiting.tell()
        for one in opened:
            assert await one.read() == b'{"n":0}\n'
