"""Time limits that hold, calls that closing wakes, and what is said about replies that cannot be used."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import errors

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncBeside, connected, eventually
from tests.client.runtime.calls import get, post, stream
from tests.client.runtime.servers import PATIENCE, Crowded

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server


async def begin(connection: Any, kind: str, **options: Any) -> Any:
    """Make a request of some kind."""
    if kind == "stream":
        return await connection.open(stream(), **options).read()
    if kind == "inout":
        return await connection.exchange(post(), **options).read()
    call = get(long_poll=True) if kind == "call" else post(body=iter([b"x"]))
    return await connection.send(call, **options)


KINDS = ["call", "stream", "inout", "upload"]


@pytest.mark.parametrize("script", [scripts.explain_slowly, scripts.explain_in_part])
@pytest.mark.parametrize("kind", ["call", "stream", "upload"])
async def test_an_error_is_known_without_all_of_its_body(serve: Callable[..., Server], kind: str, script: Any) -> None:
    async with connected(serve(script).url) as connection:
        with pytest.raises(errors.UnprocessableEntityError, match="beca"):
            await begin(connection, kind, timeout=1.0)


@pytest.mark.parametrize("script", [scripts.explain_slowly, scripts.explain_in_part, scripts.explain_in_drips])
async def test_a_deadline_does_not_hide_a_status_that_has_come(serve: Callable[..., Server], script: Any) -> None:
    async with connected(serve(script).url) as connection:
        for call in (get(), post(body=iter([b"x"]))):
            with pytest.raises(errors.UnprocessableEntityError, match="beca"):
                await connection.send(call, deadline=2.0)


@pytest.mark.parametrize("script", [scripts.drip, scripts.drip_head])
async def test_a_dripping_reply_ends_at_the_deadline(serve: Callable[..., Server], script: Any) -> None:
    server = serve(script)
    async with connected(server.url) as connection:
        with pytest.raises(errors.TimedOut):
            await connection.send(get(), deadline=0.3)
        await eventually(lambda: server.open == 0)
    async with connected(server.url, deadline=0.3) as connection:
        with pytest.raises(errors.TimedOut):
            await connection.send(get())


async def test_a_server_cannot_ask_for_more_patience_than_there_is(serve: Callable[..., Server]) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url) as connection:
        start = time.monotonic()
        with pytest.raises(errors.ServiceUnavailableError):
            await connection.send(get(headers={"x-status": "503", "x-after": "59"}), timeout=1)
        assert time.monotonic() - start < PATIENCE
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_closing_wakes_who_waits_for_a_reply(serve: Callable[..., Server], kind: str) -> None:
    server = serve(scripts.stall)
    async with connected(server.url) as connection:
        waiting = AsyncBeside(partial(begin, connection, kind))
        await eventually(lambda: len(server.requests) == 1)
        await connection.aclose()
        with pytest.raises((errors.ConnectionFailed, errors.StreamBroken)):
            await waiting.result()
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_closing_leaves_no_connection_that_was_being_opened(kind: str) -> None:
    with Crowded() as server:
        async with connected(server.url) as connection:
            waiting = AsyncBeside(partial(begin, connection, kind))
            await eventually(lambda: server.waiting)
            await connection.aclose()
            server.admit()
            with pytest.raises(errors.ConnectionFailed, match="closed"):
                await waiting.result()
            await eventually(server.nothing_was_asked)


async def test_closing_wakes_who_waits_to_ask_again(serve: Callable[..., Server]) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url, timeout=100) as connection:
        call = get(headers={"x-status": "503", "x-after": "59"})
        waiting = AsyncBeside(partial(connection.send, call))
        await eventually(lambda: server.open == 1 and len(server.requests) == 1)
        # Until the reply has come, the call is woken as one that waits for it.
        await connection.aclose()
        with pytest.raises(errors.ConnectionFailed):
            await waiting.result()


@pytest.mark.parametrize("script", [scripts.stall_inside_stream, scripts.echo_without_length])
async def test_closing_is_no_end_of_a_stream(serve: Callable[..., Server], script: Any) -> None:
    server = serve(script)
    async with connected(server.url) as connection:
        for make in (connection.open, connection.exchange):
            opened = make(stream())
            assert await anext(opened)
            waiting = AsyncBeside(opened.read)
            await connection.aclose()
            with pytest.raises(errors.StreamBroken):
                await waiting.result()
            with pytest.raises(errors.StreamBroken):
                await opened.read()


async def test_what_was_deleted_before_the_reply_was_lost_is_deleted(serve: Callable[..., Server]) -> None:
    server = serve(scripts.delete_and_forget)
    async with connected(server.url) as connection:
        call = get("/sequence/a%20b", method="DELETE", decoders={200: lambda data: data["id"]})
        assert await connection.send(call) == "a b"
        assert len(server.requests) == 2
        with pytest.raises(errors.NotFoundError):
            await connection.send(call)


async def test_a_redirect_tells_where_to(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.redirect).url) as connection:
        for kind in KINDS:
            with pytest.raises(errors.ApiStatusError, match=r"https://elsewhere\.example/api/v1") as caught:
                await begin(connection, kind)
            assert caught.value.status == 307


@pytest.mark.parametrize("script", [scripts.stall, scripts.drip])
async def test_finishing_an_exchange_takes_no_longer_than_allowed(serve: Callable[..., Server], script: Any) -> None:
    async with connected(serve(script).url, timeout=0.3) as connection:
        for timeout in (None, 0.2):
            async with connection.exchange(post()) as exchange:
                await exchange.send(b"x")
                with pytest.raises(errors.TimedOut):
                    await exchange.finish(timeout)
