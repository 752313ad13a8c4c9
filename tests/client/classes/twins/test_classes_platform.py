"""Every method of the clients of Platforms, Spaces and MultiManagers: what it sends, and what it makes of the reply."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import MiddlewareClient, MultiManagerClient
from scramjet_client.models import (
    AccessKey,
    AuditRecord,
    HubInfo,
    SpaceInstance,
    SpaceRef,
    SpaceSequence,
    SpaceTopic,
    StoreItem,
    Version,
)

from tests.support import http_servers
from tests.support.example_platform import ExamplePlatform

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE = "/api/v1/space/space-1/api/v1"


@pytest.fixture
def server() -> Iterator[ExamplePlatform]:
    """A stand-in for a Platform."""
    with http_servers.running(ExamplePlatform()) as running:
        yield running


def last(server: ExamplePlatform) -> str:
    return server.asked[-1].line


def sent(server: ExamplePlatform) -> Any:
    return json.loads(server.asked[-1].body)


async def test_a_platform(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server), token="t0ken") as platform:
        assert isinstance(await platform.get_version(), Version)
        assert last(server) == "GET /api/v1/version"
        assert server.asked[-1].headers["authorization"] == "Bearer t0ken"
        spaces = await platform.get_managers()
        assert [type(space) for space in spaces] == [SpaceRef]
        assert [space.id for space in await platform.list_spaces()] == [spaces[0].id]
        assert last(server) == "GET /api/v1/spaces"
        async with platform.get_audit_stream() as audit:
            records = [record async for record in audit.records()]
        assert isinstance(records[0], AuditRecord)
        assert platform.get_manager_client("space-1").id == platform.get_space_client("space-1").id == "space-1"


async def test_access_keys(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server)) as platform:
        created = await platform.create_access_key("space-1", "laptop")
        assert len(created.access_key) >= 32
        assert (last(server), sent(server)) == ("POST /api/v1/space/space-1/apikey", {"description": "laptop"})
        listed = (await platform.list_access_keys("space-1")).access_keys
        assert [type(key) for key in listed] == [AccessKey]
        assert (await platform.revoke_access_key("space-1", str(listed[0].created))).keys_revoked == 1
        assert last(server) == "DELETE /api/v1/space/space-1/apikey"
        assert server.asked[-1].headers["x-revoke"] == str(listed[0].created)
        assert "x-revoke-all" not in server.asked[-1].headers
        await platform.revoke_all_access_keys("space-1")
        assert server.asked[-1].headers["x-revoke-all"] == "true"
        assert "x-revoke" not in server.asked[-1].headers


async def test_what_a_space_tells_of_itself(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server)) as platform:
        space = platform.get_space_client("space-1")
        assert (await space.get_version()).service == "@scramjet/manager"
        assert (await space.get_config()).to_dict()["config"]
        assert (await space.get_health()).modules["sthServer"] is True
        assert (await space.get_load()).mem_free > 0
        async with space.get_load_stream() as loads:
            assert [load.mem_free > 0 async for load in loads.records()] == [True]
        async with space.get_log_stream() as log:
            assert [line async for line in log.lines()] != []
        async with space.get_audit_stream() as audit:
            assert [record.host async for record in audit.records()] == ["sth-0"]
    assert [asked.line for asked in server.asked] == [
        f"GET {SPACE}/{path}" for path in ("version", "config", "health", "load", "load-stream", "log", "audit")
    ]


async def test_what_a_space_lists(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server)) as platform:
        space = platform.get_space_client("space-1")
        assert {type(hub) for hub in await space.get_hosts()} == {HubInfo}
        await space.list_hubs(offset=1, limit=2)
        assert last(server) == f"GET {SPACE}/list?offset=1&limit=2"
        assert (await space.get_hub_info("sth-0")).id == "sth-0"
        assert all(isinstance(key, str) for key in await space.get_sequences())
        sequences = await space.get_all_sequences()
        assert {type(sequence) for sequence in sequences} == {SpaceSequence}
        assert [sequence.location for sequence in sequences] == ["store", "sth-0"]
        assert {type(instance) for instance in await space.get_instances(limit=5)} == {SpaceInstance}
        assert last(server) == f"GET {SPACE}/instances?limit=5"
        assert (await space.list_entities()).hubs == ["sth-0"]
        topics = await space.get_topics()
        assert [type(topic) for topic in topics] == [SpaceTopic]
        assert {actor.type for actor in topics[0].actors} == {"host"}
        assert len(await space.list_topics()) == len(topics)


async def test_hubs_come_and_go(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server)) as platform:
        space = platform.get_space_client("space-1")
        assert (await space.register_hub(id="sth-7", tags=["test"])).id == "sth-7"
        assert sent(server) == {"id": "sth-7", "tags": ["test"]}
        reply = await space.disconnect_hubs(limit=0)
        assert (last(server), sent(server)) == (f"POST {SPACE}/disconnect", {"limit": 0})
        assert [hub.reason for hub in reply.disconnected] == ["id_drop"]
        await space.delete_hub("sth-7", force=True)
        assert last(server) == f"DELETE {SPACE}/sth/sth-7"
        assert server.asked[-1].headers["x-force"] == "true"


async def test_topics_of_a_space_carry_bytes(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server)) as platform:
        space = platform.get_space_client("space-1")
        await space.send_topic("news", [{"a": 1}, {"a": 2}])
        assert last(server) == f"POST {SPACE}/topic/news"
        assert server.asked[-1].headers["content-type"] == "application/x-ndjson"
        assert server.asked[-1].body.splitlines() == [b'{"a":1}', b'{"a":2}']
        await space.send_named_data("news", b"1", content_type="text/plain", end_stream=True)
        assert server.asked[-1].headers["content-type"] == "text/plain"
        assert server.asked[-1].headers["x-end-stream"] == "true"
        async with space.get_topic("news") as stream:
            assert await stream.read() == b"hello\n"
        assert last(server) == f"GET {SPACE}/topic/news"
        async with space.get_named_data("news") as stream:
            assert await stream.read() == b"hello\n"


async def test_the_store(server: ExamplePlatform) -> None:
    async with MiddlewareClient(http_servers.base_of(server)) as platform:
        space = platform.get_space_client("space-1")
        item = await space.put_store_item(b"\x1f\x8b", "hello.tar.gz")
        assert isinstance(item, StoreItem)
        assert (last(server), server.asked[-1].body) == (f"PUT {SPACE}/s3/hello.tar.gz", b"\x1f\x8b")
        assert server.asked[-1].headers["content-type"] == "application/octet-stream"
        await space.put_store_item(b"\x1f\x8b")
        assert last(server) == f"PUT {SPACE}/s3"
        assert [type(found) for found in await space.get_store_items()] == [StoreItem]
        async with space.get_store_item("hello.tar.gz") as package:
            assert await package.read()
        assert last(server) == f"GET {SPACE}/s3/hello.tar.gz"
        assert (await space.delete_store_item("hello.tar.gz")).id == "hello.tar.gz"
        await space.clear_store()
        assert last(server) == f"DELETE {SPACE}/store"


async def test_a_multi_manager(server: ExamplePlatform) -> None:
    async with MultiManagerClient(http_servers.base_of(server)) as managers:
        assert isinstance(await managers.get_version(), Version)
        assert (await managers.get_info()).managers_count == 2
        assert [space.id for space in await managers.get_managers()] == ["space-1"]
        assert (await managers.get_load_check()).mem_free > 0
        assert (await managers.get_health()).healthy
        async with managers.get_log_stream() as log:
            assert [record.msg async for record in log.records()]
        async with managers.get_audit_stream() as audit:
            assert [record.op_code async for record in audit.records()]
        space = await managers.start_manager("space-1", {"logLevel": "debug"})
        assert (last(server), sent(server)) == (
            "POST /api/v1/start",
            {"manager": {"id": "space-1", "logLevel": "debug"}},
        )
        await space.get_hosts()
        assert last(server) == "GET /api/v1/cpm/space-1/api/v1/list"
        assert (await managers.stop_manager("space-1")).id == "space-1"
        assert last(server) == "POST /api/v1/cpm/space-1/stop"
