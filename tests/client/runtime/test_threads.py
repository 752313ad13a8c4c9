"""Threads, and blocking code beside asyncio."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from scramjet_client import errors
from scramjet_client._runtime.sync.feeding import feed

from tests.client.runtime import scripts
from tests.client.runtime.calls import get, post, stream
from tests.client.runtime.sources import WHOLE, async_pieces
from tests.client.runtime.sync_tools import connected, eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.client.runtime.servers import Server


def test_one_client_works_in_many_threads(serve: Callable[..., Server]) -> None:
    server = serve(scripts.echo_path)
    with connected(server.url) as connection, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: connection.send(get(f"/{number}")), range(200)))
        assert answers == list(range(200))
        assert server.connections <= 8
    eventually(lambda: server.open == 0)


def test_works_where_a_loop_is_running(serve: Callable[..., Server]) -> None:
    # As in a notebook: blocking calls, and even async sources, inside a running loop.
    server = serve(scripts.take_upload)

    async def cell() -> None:
        with connected(server.url) as connection:
            assert connection.send(post(body=async_pieces())) == {"size": len(WHOLE)}

    asyncio.run(cell())


def test_opening_shows_an_error_at_once(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stream_records)
    with connected(server.url) as connection:
        opened = connection.open(stream())
        assert opened.status == 200
        assert len(server.requests) == 1
        assert opened.read() == scripts.records(5)


def test_a_stream_is_closed_from_another_thread(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall_inside_stream)
    with connected(server.url) as connection:
        opened = connection.open(stream())
        assert next(opened) == b'{"n":0}\n'
        threading.Timer(0.2, opened.close).start()
        start = time.monotonic()
        with pytest.raises(errors.StreamBroken, match="closed from this side"):
            list(opened)
        assert time.monotonic() - start < 5
    eventually(lambda: server.open == 0)


def test_async_sources_leave_no_thread(serve: Callable[..., Server]) -> None:
    with connected(serve(scripts.take_upload).url) as connection:
        connection.send(post(body=async_pieces()))
    assert not [thread for thread in threading.enumerate() if thread.name == "scramjet-upload"]


def test_an_interrupted_async_source_is_closed() -> None:
    closed = threading.Event()

    async def source() -> AsyncIterator[bytes]:
        try:
            yield b"one"
            await asyncio.sleep(60)
        finally:
            closed.set()

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    items = feed(source())
    assert next(items) == b"one"
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(KeyboardInterrupt):
            next(items)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert closed.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "scramjet-upload"]
