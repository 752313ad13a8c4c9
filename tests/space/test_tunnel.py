"""Hubs that join with malformed heads, frames or messages: refused or disconnected, and nothing else disturbed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from scramjet_hub.config import HubConfig
from scramjet_hub.joining.handshake import Door, Refused, connect
from scramjet_serving.mux import frames
from scramjet_serving.mux.client import request
from scramjet_space.hubs import tunnel
from scramjet_space.hubs.events import LoadReported
from scramjet_space.hubs.hub import DropCode, HubAway, HubConfused

from tests.space.entrances import Entrance, serving
from tests.space.mux_pairs import PATIENCE, End, Keeper
from tests.space.test_mux import run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_space.hubs.tunnel import TunnelHub


@contextlib.asynccontextmanager
async def hub_end(entrance: Entrance, hub_id: str = "far") -> AsyncIterator[tuple[End, TunnelHub]]:
    """Join as a Hub that does what the test wants."""
    config = HubConfig(space=f"http://127.0.0.1:{entrance.port}", space_id="one")
    transport, rest = await connect(Door.of(config), config, hub_id)
    far = End(0)
    transport.set_protocol(far.mux)
    far.mux.connection_made(transport)
    far.mux.data_received(rest)
    transport.resume_reading()
    try:
        yield far, await asyncio.wait_for(entrance.hubs.get(), PATIENCE)
    finally:
        far.mux.close("The test ends")


async def answered(far: End, number: int, answer: bytes) -> Keeper:
    """Wait for a request to the Hub, and answer it."""
    await far.until(lambda: len(far.accepted) > number)
    keeper = far.accepted[number]
    while b"\r\n\r\n" not in keeper.data:
        await keeper.has(len(keeper.data) + 1)
    keeper.transport.write(answer)
    return keeper


TALK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


async def knock(entrance: Entrance, head: str) -> tuple[int, bytes]:
    """Send a request to connect; return the status and what was said."""
    reader, writer = await asyncio.open_connection("127.0.0.1", entrance.port)
    writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    await writer.wait_closed()
    return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    "header",
    [
        "x-sth-id: a/b",
        "x-sth-id: ..",
        "x-sth-id: .",
        "x-sth-id: a b",
        "x-sth-id: " + "a" * 129,
        'Authorization: Digest cnonce="short"',
        "Authorization: Bearer token",
    ],
)
def test_a_head_that_is_malformed_is_refused(header: str) -> None:
    async def join() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub):
            status, said = await knock(entrance, f"CONNECT /api/v1//one/ HTTP/1.1\nHost: x\n{header}")
            assert status == 400
            assert orjson.loads(said)["error"]
            assert len(entrance.joinings) == 1
            assert not hub.closed.done()
            assert not far.lost

    run(join())


def test_what_a_hub_says_about_itself_is_read_within_limits() -> None:
    async def join() -> None:
        def decide(joining: Any) -> None:
            joining.refuse(403, "No")

        async with serving(Entrance(decide)) as entrance:
            tags = orjson.dumps(["a", 5, "", "b" * 1000, *map(str, range(200))]).decode()
            head = f"CONNECT /api/v1/org/two/ HTTP/1.1\nHost: x\nx-sth-id: a.b-c_1\nx-sth-tags: {tags}\n"
            assert await knock(entrance, head + "x-sth-description: " + "ü" * 2000) == (403, b'{"error":"No"}')
            joining = entrance.joinings[0]
            assert (joining.org, joining.space, joining.hub_id) == ("org", "two", "a.b-c_1")
            assert joining.description == "ü" * tunnel.LONGEST_DESCRIPTION
            assert joining.tags[:2] == ["a", "b" * tunnel.LONGEST_TAG]
            assert len(joining.tags) == tunnel.MOST_TAGS
            assert (await knock(entrance, "CONNECT / HTTP/1.1\nHost: x\nx-manager-id: three"))[0] == 403
            assert (entrance.joinings[1].space, entrance.joinings[1].hub_id) == ("three", "")

    run(join())


def test_a_doorkeeper_that_fails_refuses() -> None:
    def decide(_joining: object) -> None:
        raise RuntimeError("No idea")

    async def join() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        async with serving(Entrance(decide)) as entrance:
            assert (await knock(entrance, "CONNECT /api/v1//one/ HTTP/1.1\nHost: x"))[0] == 500
            config = HubConfig(space=f"http://127.0.0.1:{entrance.port}", space_id="one")
            with pytest.raises(Refused, match="500"):
                await connect(Door.of(config), config, "far")

    run(join())


def test_what_comes_together_with_the_request_to_connect_is_not_lost() -> None:
    async def hurry() -> None:
        async with serving(Entrance()) as entrance:
            reader, writer = await asyncio.open_connection("127.0.0.1", entrance.port)
            asked = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
            writer.write(
                b"CONNECT /api/v1//one/ HTTP/1.1\r\nHost: x\r\nx-sth-id: far\r\n\r\n" + frames.handshake(7, 1000)
            )
            writer.write(frames.data_head(7, len(asked), len(asked)) + asked)
            async with asyncio.timeout(PATIENCE):
                answer = await reader.readuntil(b'["far","one"]}')
            assert answer.startswith(b"HTTP/1.1 202")
            assert b'"path":"/hello"' in answer
            writer.close()

    run(hurry())


def test_requests_of_a_hub_are_served_and_say_whose_they_are() -> None:
    async def ask() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, _):
            body = bytes(300_000)
            reply = await request(far.mux.open, "PUT", "/api/v1/cpm/one/api/v1/s3", [], body)
            told = orjson.loads(b"".join([part async for part in reply]))
            assert told == {
                "method": "PUT",
                "path": "/api/v1/cpm/one/api/v1/s3",
                "size": 300_000,
                "peer": ["far", "one"],
            }

    run(ask())


@pytest.mark.parametrize(
    "said",
    [
        chunk(b"not JSON\n" * (tunnel.MOST_BAD + 1)),
        chunk(b'{"code": 7001}\n' * (tunnel.MOST_BAD + 1)),
        chunk(b'[7004, {"sequences": [{"no": "id"}]}]\n' * (tunnel.MOST_BAD + 1)),
        chunk(b"[7004]\n" * (tunnel.MOST_BAD + 1)),
        b"xyz\r\n",
        b"0\r\n\r\n",
    ],
    ids=["no JSON", "no list", "no id", "no payload", "no chunk", "the end"],
)
def test_one_that_talks_nonsense_is_disconnected_alone(said: bytes) -> None:
    async def talk() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub), hub_end(entrance) as (_, other):
            telling = asyncio.create_task(anext(hub.events, None))
            await answered(far, 0, TALK + said)
            assert await asyncio.wait_for(telling, PATIENCE) is None
            assert await asyncio.wait_for(hub.closed, PATIENCE)
            await far.until(lambda: bool(far.lost))
            assert not other.closed.done()

    run(talk())


def test_some_nonsense_and_messages_of_later_versions_are_ignored() -> None:
    async def talk() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub):
            telling = asyncio.create_task(anext(hub.events, None))
            said = b'[7999, {"new": 1}]\n\nnonsense\n[7001, {"msgCode": 7001, "avgLoad": 1}]\n'
            await answered(far, 0, TALK + chunk(said))
            event = await asyncio.wait_for(telling, PATIENCE)
            assert event == LoadReported({"avgLoad": 1})
            hub.close("The test ends")

    run(talk())


def test_a_message_without_an_end_is_not_kept_without_a_limit() -> None:
    async def talk() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub):
            telling = asyncio.create_task(anext(hub.events, None))
            keeper = await answered(far, 0, TALK)
            part = chunk(bytes(60_000))
            for _ in range(18 * 1024 * 1024 // 60_000):
                if hub.closed.done():
                    break
                keeper.transport.write(part)
                await asyncio.wait_for(keeper.writable.wait(), PATIENCE)
            assert await asyncio.wait_for(telling, PATIENCE) is None
            assert "longer than" in await asyncio.wait_for(hub.closed, PATIENCE)

    run(talk())


def test_a_request_that_is_not_answered_holds_up_no_other_and_fails_when_the_hub_goes() -> None:
    async def hang() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub):
            hanging = asyncio.create_task(hub.request("GET", "/hang"))
            await far.until(lambda: len(far.accepted) == 1)
            asking = asyncio.create_task(hub.request("GET", "/quick"))
            await answered(far, 1, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
            assert [part async for part in await asyncio.wait_for(asking, PATIENCE)] == [b"hi"]
            confused = asyncio.create_task(hub.request("GET", "/nonsense"))
            await answered(far, 2, b"nonsense\r\n\r\n")
            with pytest.raises(HubConfused):
                await asyncio.wait_for(confused, PATIENCE)
            assert not hanging.done()
            far.mux.close("Away")
            with pytest.raises(HubAway):
                await asyncio.wait_for(hanging, PATIENCE)
            with pytest.raises(HubAway):
                await hub.request("GET", "/gone")

    run(hang())


def test_a_drop_is_told_and_ends_what_goes_on_at_once() -> None:
    async def drop() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub):
            telling = asyncio.create_task(anext(hub.events, None))
            keeper = await answered(far, 0, TALK)
            asking = asyncio.create_task(hub.request("GET", "/stream"))
            streaming = await answered(far, 1, TALK + chunk(b"some"))
            reply = await asyncio.wait_for(asking, PATIENCE)
            hub.drop(DropCode.KEY_REVOKED)
            await asyncio.wait_for(streaming.lost, PATIENCE)
            with pytest.raises(HubAway):
                [part async for part in reply]
            while b"[9001]\n" not in keeper.data:
                await keeper.has(len(keeper.data) + 1)
            assert await asyncio.wait_for(hub.closed, PATIENCE) == "The Hub was dropped (key_revoked)"
            assert await asyncio.wait_for(telling, PATIENCE) is None

    run(drop())


def test_frames_that_lie_disconnect_one_hub_alone() -> None:
    async def lie() -> None:
        async with serving(Entrance()) as entrance, hub_end(entrance) as (far, hub), hub_end(entrance) as (_, other):
            far.mux.write(b"\xff\xff\xff\xff\1")
            assert "control frame" in await asyncio.wait_for(hub.closed, PATIENCE)
            assert not other.closed.done()

    run(lie())
