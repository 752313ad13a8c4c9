"""Event loops, tasks and cancellation."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from scramjet_client import errors
from scramjet_client._runtime.aio.connection import AsyncConnection
from scramjet_client._runtime.settings.config import ApiConfig, resolve

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import connected, eventually
from tests.client.runtime.calls import get, post, stream
from tests.client.runtime.sources import Endless, one_and_wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.client.runtime.servers import Server


def connection_to(server: Server) -> AsyncConnection:
    return AsyncConnection(resolve(ApiConfig(url=server.url), environ={"HOME": "/nonexistent"}))


def wait_until(happens: Callable[[], bool]) -> None:
    asyncio.run(eventually(happens))


def test_one_client_works_in_several_loops(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    connection = connection_to(server)
    for number in range(1, 4):
        assert asyncio.run(connection.send(get())) == {"version": "1"}
        # Each loop has connections of its own, which end with it.
        assert server.connections == number
        wait_until(lambda: server.open == 0)
    gc.collect()


def test_a_loop_that_was_closed_by_hand_is_forgotten(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    connection = connection_to(server)
    loop = asyncio.new_event_loop()
    assert loop.run_until_complete(connection.send(get())) == {"version": "1"}
    with warnings.catch_warnings():
        # Closing a loop without ending its generators leaves asyncio no way to close what was opened in it.
        warnings.simplefilter("ignore", ResourceWarning)
        loop.close()
        assert asyncio.run(connection.send(get())) == {"version": "1"}
        del loop
        gc.collect()
    wait_until(lambda: server.open == 0)


def test_one_client_works_in_loops_of_several_threads(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    connection = connection_to(server)
    results: list[Any] = []

    async def ask() -> None:
        results.extend(await asyncio.gather(*(connection.send(get()) for _ in range(5))))

    threads = [threading.Thread(target=asyncio.run, args=(ask(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [{"version": "1"}] * 20
    wait_until(lambda: server.open == 0)


async def test_a_client_that_nobody_holds_closes_its_connections(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    connection = connection_to(server)
    await connection.send(get())
    assert server.open == 1
    del connection
    gc.collect()
    await eventually(lambda: server.open == 0)


async def test_a_stream_that_nobody_holds_closes_its_connection(serve: Callable[..., Server]) -> None:
    server = serve(scripts.pour)
    async with connected(server.url) as connection:
        async for _ in connection.open(stream()):
            break
        gc.collect()
        await eventually(lambda: server.open == 0)


async def test_a_stream_may_be_awaited(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        opened = await connection.open(stream())
        assert opened.status == 200
        assert await opened.read() == scripts.records(5)


async def test_a_stream_that_is_not_open_says_how_to_open_it(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        opened = connection.open(stream())
        assert "not open" in repr(opened)
        with pytest.raises(RuntimeError, match="async with"):
            _ = opened.status


async def forever(connection: AsyncConnection, kind: str) -> None:
    """Do something that never ends."""
    if kind == "call":
        await connection.send(get(long_poll=True))
    elif kind == "opening":
        await connection.open(stream()).open()
    elif kind == "stream":
        async for _ in connection.open(stream()):
            pass
    elif kind == "upload":
        await connection.send(post(body=Endless(None)))
    elif kind == "waiting upload":
        await connection.send(post(body=one_and_wait()))
    else:
        body = Endless(None) if kind == "full exchange" else one_and_wait()
        async for _ in connection.exchange(post(body=body)):
            pass


@pytest.mark.parametrize(
    ("kind", "script"),
    [
        ("call", scripts.stall),
        ("opening", scripts.stall),
        ("stream", scripts.stall_inside_stream),
        ("stream", scripts.pour),
        ("upload", scripts.take_slowly),
        ("waiting upload", scripts.take_upload),
        ("exchange", scripts.echo),
        ("full exchange", scripts.take_slowly),
    ],
)
async def test_cancelling_frees_everything(serve: Callable[..., Server], kind: str, script: Any) -> None:
    server = serve(script)
    async with connected(server.url) as connection:
        task = asyncio.create_task(forever(connection, kind))
        await eventually(lambda: len(server.requests) == 1)
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        del task
        gc.collect()
        # A server that has not been reading does not know yet that the client is gone.
        server.tell()
        await eventually(lambda: server.open == 0)
        await eventually(lambda: len(asyncio.all_tasks()) == 1)
    assert len(server.requests) == 1
    wait_for_upload_threads()


async def test_a_given_transport_is_not_used_in_another_loop(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    async with httpx.AsyncHTTPTransport() as transport:
        settings = resolve(ApiConfig(url=server.url, http={"transport": transport}), environ={"HOME": "/nonexistent"})
        async with AsyncConnection(settings) as connection:
            await connection.send(get())

            def elsewhere() -> None:
                with pytest.raises(errors.ConfigurationError, match="event loop"):
                    asyncio.run(connection.send(get()))

            await asyncio.to_thread(elsewhere)
            await connection.send(get())
    assert (len(server.requests), server.connections) == (2, 1)


def wait_for_upload_threads() -> None:
    end = time.monotonic() + 5
    while any(thread.name == "scramjet-upload" for thread in threading.enumerate()):
        assert time.monotonic() < end, "a thread goes on reading for nobody"
        time.sleep(0.01)


async def test_a_blocking_source_does_not_block_the_loop(serve: Callable[..., Server]) -> None:
    released = threading.Event()

    def blocking() -> Iterator[bytes]:
        yield b"one"
        assert released.wait(10)
        yield b"two"

    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        sending = asyncio.create_task(connection.send(post(body=blocking())))
        await eventually(lambda: len(server.requests) == 1)
        # The loop still turns, or this would never come to be.
        assert await connection.send(post(body=b"meanwhile")) == {"size": 9}
        released.set()
        assert await sending == {"size": 6}


async def test_an_abandoned_blocking_source_is_closed(serve: Callable[..., Server]) -> None:
    closed = threading.Event()

    def source() -> Iterator[bytes]:
        try:
            while True:
                yield bytes(65536)
        finally:
            closed.set()

    async with connected(serve(scripts.take_slowly).url) as connection:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(connection.send(post(body=source())), 0.3)
        await eventually(closed.is_set)
