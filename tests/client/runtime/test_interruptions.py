"""An interrupted wait for a part of a stream loses nothing of it, or says so."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scramjet_client import errors
from scramjet_client._runtime.aio.attachment import AsyncAttachment
from scramjet_client._runtime.aio.exchange import AsyncExchange

from tests.client.runtime import aio_tools, scripts, sync_tools
from tests.client.runtime.calls import post, stream
from tests.client.runtime.interrupting import Interrupted, interrupt, taken
from tests.client.runtime.servers import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

__all__ = ["interrupt"]

TEXT = scripts.CUT.decode().removesuffix("\n").split("\n")
EXPECTED: dict[str, Any] = {
    "bytes": scripts.CUT,
    "lines": TEXT,
    "records": [json.loads(line) for line in TEXT],
    "merged": {"stdout": scripts.CUT, "stderr": scripts.CUT},
    "merged lines": {"stdout": TEXT, "stderr": TEXT},
}


async def read(connection: Any, kind: str, call: Any, turns: list[int]) -> Any:
    if kind.startswith("merged"):
        stdin = AsyncExchange(connection, post("/stdin"))
        async with AsyncAttachment(connection, stdin=stdin, stdout=call, stderr=call) as attached:
            outputs = await taken(attached.lines() if kind == "merged lines" else aiter(attached), turns)
        names = {"stdout", "stderr"}
        if kind == "merged lines":
            return {name: [line.text for line in outputs if line.stream == name] for name in names}
        return {name: b"".join(output.data for output in outputs if output.stream == name) for name in names}
    async with connection.exchange(call) if call.method == "POST" else connection.open(call) as opened:
        if kind == "bytes":
            return b"".join(await taken(opened, turns))
        return await taken(opened.lines() if kind == "lines" else opened.records(), turns)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", list(EXPECTED))
def test_a_cancelled_wait_loses_nothing(serve: Callable[..., Server], kind: str, method: str) -> None:
    server = serve(scripts.stream_in_pieces)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.lists(st.integers(0, 30), max_size=40))
    def check(cuts: list[int], turns: list[int]) -> None:
        async def run() -> None:
            async with aio_tools.connected(server.url) as connection:
                call = stream(f"/{','.join(map(str, cuts))}", method="GET" if "merged" in kind else method)
                assert await read(connection, kind, call, turns) == EXPECTED[kind]

        asyncio.run(run())

    check()


async def test_a_cancelled_read_of_all_goes_on(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stream_when_told)
    async with aio_tools.connected(server.url) as connection, connection.open(stream()) as opened:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(opened.read(), 0.05)
        server.tell()
        assert await opened.read() == b'{"n":0}\n'
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["bytes", "lines", "records"])
async def test_what_a_cancelled_read_had_taken_is_there_for_other_readers(
    serve: Callable[..., Server], kind: str
) -> None:
    server = serve(scripts.stall_inside_stream)
    async with aio_tools.connected(server.url) as connection, connection.open(stream()) as opened:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(opened.read(), 0.2)
        items: Any = {"bytes": lambda: opened, "lines": opened.lines, "records": opened.records}[kind]()
        expected: dict[str, Any] = {"bytes": b'{"n":0}\n', "lines": '{"n":0}', "records": {"n": 0}}
        assert await asyncio.wait_for(anext(items), PATIENCE) == expected[kind]


async def test_a_cancelled_opening_goes_on(serve: Callable[..., Server]) -> None:
    # Many a server begins its reply with the first byte: what that was is not lost.
    server = serve(scripts.answer_late)
    async with aio_tools.connected(server.url) as connection:
        opened = connection.open(stream())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(opened.lines()), 0.05)
        assert await opened.read() == b"{}"
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["bytes", "lines", "records", "read", "inout"])
def test_an_interrupted_thread_is_told_that_it_lost_something(
    serve: Callable[..., Server], interrupt: Callable[[], None], kind: str
) -> None:
    server = serve(scripts.stall_inside_stream)
    with sync_tools.connected(server.url) as connection:
        opened = connection.exchange(post()) if kind == "inout" else connection.open(stream())
        items: Any = {"lines": opened.lines, "records": opened.records}.get(kind, lambda: opened)()
        if kind != "read":
            next(items)
        interrupt()
        with pytest.raises(Interrupted):
            opened.read() if kind == "read" else next(items)
        for _ in range(2):
            with pytest.raises(errors.StreamBroken, match="interrupted"):
                opened.read() if kind == "read" else next(items)
        sync_tools.eventually(lambda: server.open == 0)


async def test_a_stream_is_not_used_in_another_loop(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall_inside_stream)
    async with aio_tools.connected(server.url) as connection, connection.open(stream()) as opened:
        assert await anext(opened) == b'{"n":0}\n'

        def elsewhere() -> None:
            with pytest.raises(errors.StreamBroken, match="event loop"):
                asyncio.run(opened.read())

        await asyncio.to_thread(elsewhere)


async def test_a_stream_that_was_never_read_frees_its_connection(serve: Callable[..., Server]) -> None:
    server = serve(scripts.pour)
    async with aio_tools.connected(server.url) as connection:
        for make in (connection.open, connection.exchange):
            opened = await make(stream())
            await aio_tools.eventually(lambda: server.open == 1)
            del opened
            await aio_tools.eventually(lambda: server.open == 0)


def test_a_blocking_stream_that_was_never_read_frees_its_connection(serve: Callable[..., Server]) -> None:
    server = serve(scripts.pour)
    with sync_tools.connected(server.url) as connection:
        for make in (connection.open, connection.exchange):
            opened: Any = make(stream())
            sync_tools.eventually(lambda: server.open == 1)
            del opened
            sync_tools.eventually(lambda: server.open == 0)
