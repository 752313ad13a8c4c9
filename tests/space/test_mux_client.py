"""The HTTP client for channels: what it sends, and what it makes of replies that are cut anywhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scramjet_serving.mux.client import Away, Confused, request

from tests.space.mux_pairs import PATIENCE, End, Keeper, pair
from tests.space.test_mux import noise, run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.mux.client import Body, Reply

Asked = tuple[asyncio.Task["Reply"], Keeper]


async def ask(near: End, far: End, method: str = "GET", body: Body = None, **headers: str) -> Asked:
    """Send a request; also return the other end of its channel."""
    before = len(far.accepted)
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    task = asyncio.create_task(request(near.mux.open, method, "/api/v1/x", raw, body))
    await far.until(lambda: len(far.accepted) > before)
    return task, far.accepted[-1]


async def whole(reply: Reply) -> bytes:
    return b"".join([part async for part in reply])


async def ask_and_answer(answer: bytes, cuts: list[int], method: str = "GET") -> tuple[Reply, bytes]:
    """Send a request, have it answered in pieces, and read the whole reply."""
    async with pair() as (near, far):
        task, keeper = await ask(near, far, method)
        for begin, end in zip([0, *cuts], [*cuts, len(answer)], strict=True):
            keeper.transport.write(answer[begin:end])
        keeper.transport.close()
        reply = await asyncio.wait_for(task, PATIENCE)
        return reply, await asyncio.wait_for(whole(reply), PATIENCE)


BODIES = st.one_of(st.binary(max_size=500), st.just(noise(200_000)))


@given(BODIES, st.sampled_from(["length", "chunks", "end"]), st.booleans(), st.data())
@settings(max_examples=25, deadline=None)
def test_replies_cut_anywhere_are_read_whole(body: bytes, framing: str, interim: bool, data: st.DataObject) -> None:
    head = b"HTTP/1.1 100 Continue\r\n\r\n" * interim + b"HTTP/1.1 201 Created\r\nX-Which: This one\r\n"
    match framing:
        case "length":
            answer = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
        case "chunks":
            parts = b"".join(
                b"%x\r\n%s\r\n" % (len(body[i : i + 777]), body[i : i + 777]) for i in range(0, len(body), 777)
            )
            answer = head + b"Transfer-Encoding: chunked\r\n\r\n" + parts + b"0\r\nX-Trailer: at the end\r\n\r\n"
        case _:
            answer = head + b"\r\n" + body
    cuts = sorted(data.draw(st.sets(st.integers(0, min(len(answer), 2000)), max_size=10)))
    reply, got = asyncio.run(ask_and_answer(answer, cuts))
    assert (reply.status, got) == (201, body)
    assert (b"x-which", b"This one") in reply.headers
    assert reply.trailers == ([(b"x-trailer", b"at the end")] if framing == "chunks" else [])


@pytest.mark.parametrize(
    ("answer", "method"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\n", "GET"),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "GET"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD"),
        (b"HTTP/1.1 419 Insufficient Space on Resource\r\nContent-Length: 0\r\n\r\n", "POST"),
    ],
)
def test_replies_without_a_body_end_with_their_head(answer: bytes, method: str) -> None:
    async def bodiless() -> None:
        async with pair() as (near, far):
            task, keeper = await ask(near, far, method)
            keeper.transport.write(answer)
            assert await asyncio.wait_for(whole(await task), PATIENCE) == b""

    run(bodiless())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", Away),
        (b"HTTP/1.1 200 OK\r\nContent-Len", Away),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", Away),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", Away),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", Confused),
        (b"SSH-2.0-OpenSSH\r\n", Confused),
        (b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nhello", Confused),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000 + b"\r\n\r\n", Confused),
        (b"HTTP/1.1 100 Continue\r\nX: yyyyyyyyyyy\r\n\r\n" * 30_000, Confused),
    ],
    ids=["nothing", "half a head", "half a body", "no last chunk", "no chunk", "ssh", "upgrade", "large", "interim"],
)
def test_replies_that_break_off_or_are_none_are_told_apart(answer: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        asyncio.run(ask_and_answer(answer, []))


def test_a_reply_begins_before_the_request_body_has_ended_and_both_go_on() -> None:
    async def duplex() -> None:
        more: asyncio.Queue[bytes] = asyncio.Queue()

        async def body() -> AsyncIterator[bytes]:
            while part := await more.get():
                yield part

        async with pair() as (near, far):
            task, keeper = await ask(near, far, "POST", body())
            keeper.transport.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            reply = await asyncio.wait_for(task, PATIENCE)
            for text in (b"ping", b"pong"):
                more.put_nowait(text)
                await keeper.has(keeper.data.index(b"\r\n\r\n") + 4)
                while not keeper.data.endswith(b"4\r\n" + text + b"\r\n"):
                    await keeper.has(len(keeper.data) + 1)
                keeper.transport.write(b"4\r\n" + text + b"\r\n")
                assert await asyncio.wait_for(anext(reply), PATIENCE) == text
            keeper.transport.write(b"0\r\n\r\n")
            more.put_nowait(b"last")
            more.put_nowait(b"")
            assert await asyncio.wait_for(whole(reply), PATIENCE) == b""
            assert keeper.data.endswith(b"4\r\nlast\r\n0\r\n\r\n")

    run(duplex())


def test_a_body_is_read_no_faster_than_the_other_side_takes_it() -> None:
    async def slow() -> None:
        produced = 0

        async def body() -> AsyncIterator[bytes]:
            nonlocal produced
            for _ in range(1000):
                produced += 10_000
                yield bytes(10_000)

        async with pair() as (near, far):
            task, keeper = await ask(near, far, "POST", body(), content_length="10000000")
            keeper.transport.pause_reading()
            lively, other = await ask(near, far)
            other.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
            assert await whole(await lively) == b"hi"
            assert produced < 500_000
            keeper.transport.resume_reading()
            await keeper.has(10_000_000)
            keeper.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            assert (await asyncio.wait_for(task, PATIENCE)).status == 200

    run(slow())


@pytest.mark.parametrize(("interim", "status"), [(True, 200), (False, 413)])
def test_a_body_that_waits_to_be_asked_for_is_sent_only_then(interim: bool, status: int) -> None:
    async def wait() -> None:
        produced = closed = False

        async def body() -> AsyncIterator[bytes]:
            nonlocal produced, closed
            produced = True
            try:
                yield b"body"
            finally:
                closed = True

        async with pair() as (near, far):
            task, keeper = await ask(near, far, "PUT", body(), expect="100-continue", content_length="4")
            head = await keeper.has(keeper.data.find(b"\r\n\r\n") + 4)
            assert not produced
            if interim:
                keeper.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                assert await keeper.has(len(head) + 4) == head + b"body"
            keeper.transport.write(b"HTTP/1.1 %d Whatever\r\nContent-Length: 0\r\n\r\n" % status)
            reply = await asyncio.wait_for(task, PATIENCE)
            assert reply.status == status
            assert await whole(reply) == b""
            assert produced is closed is interim

    run(wait())


def test_a_body_that_fails_fails_the_request_and_ends_the_channel() -> None:
    async def fail() -> None:
        async def body() -> AsyncIterator[bytes]:
            yield b"some"
            raise KeyError("more")

        async with pair() as (near, far):
            task, keeper = await ask(near, far, "POST", body())
            with pytest.raises(KeyError):
                await asyncio.wait_for(task, PATIENCE)
            await asyncio.wait_for(keeper.lost, PATIENCE)

    run(fail())


def test_who_does_not_wait_for_the_answer_ends_the_channel() -> None:
    async def cancel() -> None:
        async with pair() as (near, far):
            task, keeper = await ask(near, far)
            task.cancel()
            await asyncio.wait_for(keeper.lost, PATIENCE)
            with pytest.raises(asyncio.CancelledError):
                await task

    run(cancel())


def test_nothing_can_be_smuggled_in_with_a_header_or_the_target() -> None:
    async def smuggle() -> None:
        async with pair() as (near, _):
            with pytest.raises(ValueError, match="line end"):
                await request(near.mux.open, "GET", "/x", [(b"a", b"b\r\nc: d")])
            with pytest.raises(ValueError, match="space"):
                await request(near.mux.open, "GET", "/x HTTP/1.1", [])

    run(smuggle())


def test_without_a_connection_the_body_is_closed_and_the_other_side_away() -> None:
    async def lost() -> None:
        async with pair() as (near, far):
            far.mux.close("Enough")
            await near.until(lambda: bool(near.lost))
            with pytest.raises(Away):
                await request(near.mux.open, "GET", "/x")

    run(lost())
