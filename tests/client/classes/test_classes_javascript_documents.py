"""Each example of the document that people learn the JavaScript client from, in the form that ours gives it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from scramjet_client import HostClient, InstanceClient, MiddlewareClient, SequenceClient, SpaceClient, sync

from tests.support import http_servers
from tests.support.example_platform import ExamplePlatform
from tests.support.packages import pack_python

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREVER = """
import asyncio

async def run(context, input):
    while True:
        await asyncio.sleep(0.1)
        yield "tick\\n"
"""
SPACE_ID = "org-11111111-2222-3333-4444-555555555555-manager"


@pytest.fixture
def platform(url: str) -> Iterator[ExamplePlatform]:
    """A stand-in for a Platform, in front of a real Hub."""
    with http_servers.running(ExamplePlatform(urlsplit(url).port)) as server:
        yield server


def test_the_examples_run_one_after_the_other(platform: ExamplePlatform, url: str) -> None:
    asyncio.run(examples(http_servers.base_of(platform), url))
    tokens = {asked.headers.get("authorization") for asked in platform.asked}
    assert tokens == {"Bearer t0ken"}


async def examples(middleware_url: str, hub_url: str) -> None:
    async with HostClient(hub_url) as hub:
        await hub.send_sequence(pack_python(FOREVER))

    # Authorization.
    middleware_client = MiddlewareClient(middleware_url, token="t0ken")
    async with middleware_client:
        # Users Space and HostClient.
        spaces = await middleware_client.get_managers()
        assert [space.to_dict() for space in spaces] == [{"id": SPACE_ID}]
        space_client = middleware_client.get_manager_client(spaces[0].id)
        assert isinstance(space_client, SpaceClient)

        space_hubs = await space_client.get_hosts()
        assert space_hubs[0].healthy
        assert space_hubs[0].is_connection_active
        assert isinstance(space_hubs[0].info.created, datetime)
        host_client = space_client.get_host_client(space_hubs[0].id)
        assert isinstance(host_client, HostClient)

        # Creating SequenceClient.
        sequences_list = await host_client.list_sequences()
        assert sequences_list[0].config.entrypoint_path == "main.py"
        assert sequences_list[0].instances == []
        sequence_client = host_client.get_sequence_client(sequences_list[0].id)
        assert isinstance(sequence_client, SequenceClient)
        instance_client = await sequence_client.start(app_config={})
        assert isinstance(instance_client, InstanceClient)

        # Creating InstanceClient.
        instances_list = await host_client.list_instances()
        assert [instance.id for instance in instances_list if instance.status != "completed"] == [instance_client.id]
        instance_client = host_client.get_instance_client(instances_list[0].id)
        await instance_client.kill()


def test_the_examples_run_in_blocking_code(platform: ExamplePlatform, url: str) -> None:
    with sync.HostClient(url) as hub:
        hub.send_sequence(pack_python(FOREVER))

    with sync.MiddlewareClient(http_servers.base_of(platform), token="t0ken") as middleware_client:
        spaces = middleware_client.get_managers()
        space_client = middleware_client.get_manager_client(spaces[0].id)
        host_client = space_client.get_host_client(space_client.get_hosts()[0].id)
        sequence_client = host_client.get_sequence_client(host_client.list_sequences()[0].id)
        instance_client = sequence_client.start(app_config={})
        assert instance_client.id in [instance.id for instance in host_client.list_instances()]
        host_client.get_instance_client(instance_client.id).kill()
