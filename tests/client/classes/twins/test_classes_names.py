"""Ids and names that cannot be one are refused before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, InstanceClient, MiddlewareClient, SequenceClient, errors

from tests.client.runtime import scripts
from tests.client.runtime.conftest import serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

__all__ = ["serve"]

BAD = ["", ".", "..", "a/../b", "%2e%2e", "a\\b", "a\n", "\ud800"]


@pytest.mark.parametrize("bad", BAD)
async def test_nothing_is_sent_for_what_cannot_be_a_name(serve: Callable[..., Server], bad: str) -> None:
    server = serve(scripts.answer)
    async with HostClient(server.url) as host, MiddlewareClient(server.url) as platform:
        sequence, instance = SequenceClient(bad, host), InstanceClient(bad, host)
        space = platform.get_space_client("s")
        running = InstanceClient("i", host)
        for attempt in (
            lambda: host.get_sequence(bad),
            lambda: host.delete_sequence(bad, force=True),
            lambda: host.start_sequence(bad),
            lambda: host.get_instance_info(bad),
            lambda: host.delete_topic(bad),
            lambda: host.send_topic(bad, b""),
            lambda: sequence.get_info(),
            lambda: sequence.overwrite(b"x"),
            lambda: sequence.raw.get_info(),
            lambda: instance.kill(),
            lambda: instance.wait(),
            lambda: instance.send_input(b""),
            lambda: running.get_event(bad),
            lambda: running.get_next_event(bad),
            lambda: running.raw.get_event(bad),
            lambda: space.delete_store_item(bad),
            lambda: space.raw.delete_store_item(bad),
            lambda: space.delete_hub(bad),
            # Without a name, the Space names the file.
            lambda: space.put_store_item(b"", bad or "."),
            lambda: space.raw.put_store_item(bad, b""),
            lambda: platform.get_space_client(bad).get_version(),
            lambda: platform.revoke_access_key(bad, "key"),
            lambda: platform.create_access_key(bad, "key"),
        ):
            await refused(attempt)
        with pytest.raises(errors.InvalidArgumentError):
            space.get_host_client(bad)
        with pytest.raises(errors.InvalidArgumentError):
            running.get_event_stream(bad)
        with pytest.raises(errors.InvalidArgumentError):
            _ = instance.output
        with pytest.raises(errors.InvalidArgumentError, match="revoke_all"):
            await platform.revoke_access_key("s", "")
    assert server.connections == 0


async def refused(attempt: Callable[[], Any]) -> None:
    with pytest.raises(errors.InvalidArgumentError, match="Nothing was sent"):
        await attempt()
