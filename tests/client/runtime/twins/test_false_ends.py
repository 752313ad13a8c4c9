"""A stream that did not end never looks as if it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import errors
from scramjet_client._runtime.aio.exchange import AsyncExchange

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncAttachment, connected
from tests.client.runtime.calls import post, stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.client.runtime.servers import Server

KINDS = ["bytes", "lines", "records", "inout", "inout lines", "merged", "merged lines"]


def items_of(connection: Any, kind: str, **options: Any) -> AsyncIterator[Any]:
    """Give the items of a stream of some kind."""
    if kind.startswith("merged"):
        stdin = AsyncExchange(connection, post("/stdin"))
        attached = AsyncAttachment(connection, stdin=stdin, stdout=stream(), stderr=stream())
        return attached.lines() if kind == "merged lines" else aiter(attached)
    opened = connection.exchange(post(), **options) if "inout" in kind else connection.open(stream(), **options)
    items: AsyncIterator[Any] = aiter(opened)
    if kind not in ("bytes", "inout"):
        items = opened.records() if kind == "records" else opened.lines()
    return items


async def take_all(items: AsyncIterator[Any]) -> None:
    async for _ in items:
        pass


@pytest.mark.parametrize("script", [scripts.cut_inside_stream, scripts.cut_inside_chunk])
@pytest.mark.parametrize("kind", KINDS)
async def test_one_that_broke_off_says_so_each_time(serve: Callable[..., Server], kind: str, script: Any) -> None:
    async with connected(serve(script).url) as connection:
        items = items_of(connection, kind)
        for _ in range(3):
            with pytest.raises(errors.StreamBroken, match="broke off"):
                await take_all(items)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "merged" not in kind])
async def test_one_that_timed_out_says_so_each_time(serve: Callable[..., Server], kind: str) -> None:
    async with connected(serve(scripts.stall_inside_stream).url) as connection:
        items = items_of(connection, kind, idle_timeout=0.2)
        for _ in range(3):
            with pytest.raises(errors.TimedOut, match="nothing came"):
                await take_all(items)


@pytest.mark.parametrize("kind", ["bytes", "lines", "records", "inout", "inout lines"])
async def test_one_that_ended_says_so_each_time(serve: Callable[..., Server], kind: str) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        items = items_of(connection, kind)
        assert [item async for item in items]
        assert [item async for item in items] == []


async def test_nothing_is_lost_between_lines_and_bytes(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        opened = connection.open(stream())
        assert await anext(opened.lines()) == '{"n":0}'
        assert await opened.read() == scripts.records(5)[8:]


async def test_nothing_is_lost_between_merged_lines_and_bytes(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.stream_records).url) as connection:
        stdin = AsyncExchange(connection, post("/stdin"))
        attached = AsyncAttachment(connection, stdin=stdin, stdout=stream("/a"), stderr=stream("/b"))
        first = await anext(attached.lines())
        rest = {"stdout": b"", "stderr": b""}
        async for output in attached:
            rest[output.stream] += output.data
        rest[first.stream] = f"{first.text}\n".encode() + rest[first.stream]
        assert rest == {"stdout": scripts.records(5), "stderr": scripts.records(5)}
        await attached.aclose()
