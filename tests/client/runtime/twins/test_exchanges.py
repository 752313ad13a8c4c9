"""Requests and replies that are streams at the same time."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from scramjet_client import errors
from scramjet_client._runtime.aio.exchange import AsyncExchange

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncAttachment, AsyncBeside, connected, eventually
from tests.client.runtime.calls import post, stream
from tests.client.runtime.sources import PIECES, WHOLE, Endless, async_pieces, failing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.client.runtime.servers import Server


@pytest.mark.parametrize("script", [scripts.echo, scripts.echo_late])
async def test_line_in_line_out_before_the_request_ends(serve: Callable[..., Server], script: Any) -> None:
    server = serve(script)
    async with connected(server.url, token="secret") as connection:
        async with connection.exchange(post("/inout")) as exchange:
            lines = exchange.lines()
            for number in range(3):
                await exchange.send(f"line {number}\n")
                assert await anext(lines) == f"LINE {number}"
            await exchange.end()
            assert [line async for line in lines] == []
            assert exchange.status == 200
        await eventually(lambda: server.open == 0)
    assert server.requests[0].headers["authorization"] == "Bearer secret"


async def test_works_with_tls(serve: Callable[..., Server], tmp_path: Path) -> None:
    authority, context = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    server = serve(scripts.echo, tls=context)
    async with connected(server.url, ca_file=str(tmp_path / "ca.pem"), token="secret") as connection:
        async with connection.exchange(post("/inout")) as exchange:
            lines = exchange.lines()
            for number in range(3):
                await exchange.send(f"line {number}\n")
                assert await anext(lines) == f"LINE {number}"
        assert len(await connection.exchange(post("/inout", body=Endless(64))).read()) == 64 * len(Endless.PIECE)
    async with connected(server.url, max_retries=0) as connection:
        with pytest.raises(errors.ConnectionFailed, match="cannot connect"):
            await connection.exchange(post("/inout")).read()
        with pytest.raises(errors.ConnectionFailed, match="cannot connect"):
            await connection.send(post())


@pytest.mark.parametrize("make", [lambda: iter(PIECES), async_pieces, lambda: WHOLE])
async def test_sends_a_source_in_the_background(serve: Callable[..., Server], make: Callable[[], Any]) -> None:
    async with connected(serve(scripts.echo).url) as connection:
        assert await connection.exchange(post("/inout", body=make())).read() == WHOLE.upper()


async def test_a_large_source_does_not_block_itself(serve: Callable[..., Server]) -> None:
    async with (
        connected(serve(scripts.echo).url) as connection,
        connection.exchange(post("/inout", body=Endless(400))) as exchange,
    ):
        received = 0
        async for chunk in exchange:
            received += len(chunk)
    assert received == 400 * len(Endless.PIECE)


@pytest.mark.parametrize("asynchronous", [False, True])
async def test_a_source_that_fails_breaks_it_off(serve: Callable[..., Server], asynchronous: bool) -> None:
    server = serve(scripts.echo)
    async with connected(server.url) as connection:
        with pytest.raises(ValueError, match="the source's own"):
            await connection.exchange(post("/inout", body=failing(asynchronous=asynchronous))).read()
        await eventually(lambda: server.open == 0)


async def test_a_refusal_shows_where_it_is_read(serve: Callable[..., Server]) -> None:
    async with (
        connected(serve(scripts.refuse_upload).url) as connection,
        connection.exchange(post("/inout")) as exchange,
    ):
        with pytest.raises(errors.UnsupportedMediaTypeError, match="not that"):
            await exchange.read()


@pytest.mark.parametrize("script", [scripts.refuse_upload, scripts.refuse_and_close])
async def test_a_refusal_shows_where_it_is_written(serve: Callable[..., Server], script: Any) -> None:
    server = serve(script)
    async with connected(server.url) as connection, connection.exchange(post("/inout")) as exchange:
        with pytest.raises(errors.UnsupportedMediaTypeError, match="not that"):
            await send_much(exchange)


async def test_a_lost_connection_shows_where_it_is_written(serve: Callable[..., Server]) -> None:
    async with (
        connected(serve(scripts.break_off_upload).url) as connection,
        connection.exchange(post("/inout")) as exchange,
    ):
        with pytest.raises(errors.StreamBroken, match="takes no more"):
            await send_much(exchange)


@pytest.mark.parametrize("script", [scripts.cut_inside_stream, scripts.cut_inside_chunk])
async def test_a_reply_that_broke_off_raises(serve: Callable[..., Server], script: Any) -> None:
    async with connected(serve(script).url) as connection, connection.exchange(post("/inout")) as exchange:
        with pytest.raises(errors.StreamBroken, match="after 20 bytes"):
            await exchange.read()


async def test_a_reply_may_end_before_the_request(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stop_early)
    async with connected(server.url) as connection:
        async with connection.exchange(post("/inout")) as exchange:
            await exchange.send("first")
            assert await exchange.read() == b"first"
            with pytest.raises(errors.StreamBroken, match="takes no more"):
                await exchange.send("second")
        assert await connection.exchange(post("/inout", body=Endless(None))).read() == Endless.PIECE
        await eventually(lambda: server.open == 0)


async def test_nobody_there_is_an_error(unused_port: int) -> None:
    async with connected(f"http://127.0.0.1:{unused_port}") as connection:
        with pytest.raises(errors.ConnectionFailed, match="cannot connect"):
            await connection.exchange(post("/inout")).read()


async def test_silence_is_a_failure_if_so_wished(serve: Callable[..., Server]) -> None:
    async with (
        connected(serve(scripts.stall_inside_stream).url) as connection,
        connection.exchange(post("/inout"), idle_timeout=0.2) as exchange,
    ):
        assert await anext(exchange) == b'{"n":0}\n'
        with pytest.raises(errors.TimedOut, match="nothing came"):
            await anext(exchange)
    async with (
        connected(serve(scripts.stall).url) as connection,
        connection.exchange(post("/inout"), timeout=0.2) as exchange,
    ):
        with pytest.raises(errors.TimedOut, match="no answer"):
            await exchange.read()


async def test_closing_it_wakes_whoever_reads_and_is_no_end(serve: Callable[..., Server]) -> None:
    server = serve(scripts.echo)
    async with connected(server.url) as connection:
        async with connection.exchange(post("/inout")) as exchange:
            await exchange.send("x")
            assert await anext(exchange) == b"X"
            reading = AsyncBeside(exchange.read)
        for _ in range(2):
            with pytest.raises(errors.StreamBroken, match="closed from this side"):
                await reading.result()
            reading = AsyncBeside(exchange.read)
        with pytest.raises(errors.StreamBroken, match="closed from this side"):
            await reading.result()
        await eventually(lambda: server.open == 0)


@pytest.mark.parametrize("value", ["a\nb", "ż"])
async def test_a_header_that_cannot_be_sent_does_not_show(serve: Callable[..., Server], value: str) -> None:
    async with connected(serve(scripts.echo).url) as connection:
        with pytest.raises(errors.RequestError, match="cannot be sent") as caught:
            await connection.exchange(post("/inout"), headers={"x-key": value}).read()
    assert caught.value.__cause__ is None


async def send_much(exchange: AsyncExchange[Any]) -> None:
    for _ in range(1000):
        await exchange.send(bytes(65536))


def attach(connection: Any) -> AsyncAttachment:
    stdin = AsyncExchange(connection, post("/stdin"))
    return AsyncAttachment(connection, stdin=stdin, stdout=stream("/stdout"), stderr=stream("/stderr"))


async def test_an_attachment_is_interactive_and_tells_streams_apart(serve: Callable[..., Server]) -> None:
    server = serve(scripts.instance)
    async with connected(server.url) as connection:
        async with attach(connection) as attached:
            lines = attached.lines()
            for word in ("hello", "you"):
                await attached.send(f"{word}\n")
                assert {await anext(lines), await anext(lines)} == {("stdout", word), ("stderr", str(len(word)))}
            await attached.end()
            assert [line async for line in lines] == []
        await eventually(lambda: server.open == 0)


async def test_an_attachment_gives_bytes(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.instance).url) as connection, attach(connection) as attached:
        await attached.send(b"hello")
        await attached.end()
        got = [output async for output in attached]
    assert sorted((output.stream, output.data) for output in got) == [("stderr", b"5\n"), ("stdout", b"hello")]


async def test_leaving_an_attachment_frees_its_connections(serve: Callable[..., Server]) -> None:
    server = serve(scripts.instance)
    async with connected(server.url) as connection:
        async with attach(connection) as attached:
            await attached.send("hello\n")
            async for _ in attached.lines():
                break
        await eventually(lambda: server.open == 0)


async def test_an_attachment_to_nothing_is_an_error(serve: Callable[..., Server]) -> None:
    server = serve(scripts.echo_status)
    async with connected(server.url) as connection:
        call = stream("/404")
        stdin = AsyncExchange(connection, post("/404"))
        async with AsyncAttachment(connection, stdin=stdin, stdout=call, stderr=call) as attached:
            with pytest.raises(errors.NotFoundError):
                await anext(attached.lines())
