"""Run by `test_forks` in a process of its own, in which no other thread can hold a lock while it forks."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from scramjet_client import errors

from tests.client.runtime import aio_tools, sync_tools
from tests.client.runtime.calls import get, post, stream

if TYPE_CHECKING:
    from collections.abc import Callable


def fork(work: Callable[[], object]) -> int:
    """Do something in a child process; give its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 -- it is shown, and fails the test
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def wait(*children: int) -> None:
    """Wait for children, and fail if one of them failed."""
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * len(children)


def own_connections(url: str) -> None:
    with sync_tools.connected(url) as connection:
        assert connection.send(get("/1")) == 1

        def ask() -> None:
            for number in range(2, 5):
                assert connection.send(get(f"/{number}")) == number
            connection.close()

        wait(fork(ask))
        # What the child did, closing included, has left the parent's connection alone.
        assert connection.send(get("/9")) == 9


def crossing(url: str) -> None:
    with sync_tools.connected(url) as connection:
        assert connection.send(get("/0")) == 0

        def ask(own: int) -> None:
            for number in range(own * 100, own * 100 + 50):
                assert connection.send(get(f"/{number}")) == number

        children = [fork(lambda own=own: ask(own)) for own in range(1, 5)]  # type: ignore[misc]
        ask(9)
        wait(*children)


def refused(work: Callable[[], Any]) -> None:
    try:
        work()
    except (errors.StreamBroken, errors.ConnectionFailed):
        return
    raise AssertionError("a stream of the parent was used")


def streams(url: str) -> None:
    with sync_tools.connected(url) as connection:
        opened, exchange = connection.open(stream()), connection.exchange(post())

        def use() -> None:
            for one in (opened, exchange):
                refused(one.read)
                one.close()
            refused(lambda: exchange.send(b"x"))

        wait(fork(use))
        print("the child is done", flush=True)
        assert opened.read() == b'{"n":0}\n'
        assert exchange.read() == b'{"n":0}\n'


def loops(url: str) -> None:
    async def parent() -> None:
        async with aio_tools.connected(url) as connection:
            assert await connection.send(get("/1")) == 1

            async def ask() -> None:
                assert await connection.send(get("/2")) == 2
                await connection.aclose()

            def child() -> None:
                # The loop of the parent is not running here, whatever asyncio remembers.
                asyncio._set_running_loop(None)
                asyncio.run(ask())

            wait(fork(child))
            assert await connection.send(get("/3")) == 3

    asyncio.run(parent())


def given_transport(url: str) -> None:
    with httpx.HTTPTransport() as transport, sync_tools.connected(url, http={"transport": transport}) as connection:
        assert connection.send(get("/1")) == 1

        def use() -> None:
            for _ in range(2):
                with pytest.raises(errors.ConfigurationError, match="fork"):
                    connection.send(get("/2"))

        wait(fork(use))
        assert connection.send(get("/3")) == 3


def given_async_transport(url: str) -> None:
    async def parent() -> None:
        async with (
            httpx.AsyncHTTPTransport() as transport,
            aio_tools.connected(url, http={"transport": transport}) as connection,
        ):
            assert await connection.send(get("/1")) == 1

            async def use() -> None:
                with pytest.raises(errors.ConfigurationError, match="process"):
                    await connection.send(get("/2"))

            def child() -> None:
                asyncio._set_running_loop(None)
                asyncio.run(use())

            wait(fork(child))
            assert await connection.send(get("/3")) == 3

    asyncio.run(parent())


WORKS = (own_connections, crossing, streams, loops, given_transport, given_async_transport)

if __name__ == "__main__":
    {work.__name__: work for work in WORKS}[sys.argv[1]](sys.argv[2])
