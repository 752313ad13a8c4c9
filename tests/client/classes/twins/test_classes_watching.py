"""Lists page by page, and a watch that goes on over disconnects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_client import HostClient, errors

from tests.support.packages import SEQUENCES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.hub_process import HubProcess

ECHO = SEQUENCES / "echo"


async def test_pages_give_everything_once_and_in_order(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(ECHO)
        started = [(await sequence.start()).id for _ in range(5)]
        for size in (1, 2, 5, 100):
            found = [instance.id async for instance in host.iter_instances(sequence=sequence.id, page_size=size)]
            assert found == started
        backwards = host.iter_instances(sequence=sequence.id, order="desc", page_size=2)
        assert [instance.id async for instance in backwards] == started[::-1]
        assert sequence.id in [found.id async for found in host.iter_sequences(page_size=1)]
        created = host.iter_instance_events(types=["created"], instance_ids=started, page_size=2)
        assert [event.instance_id async for event in created] == started
        assert [i.id async for i in host.iter_instances(sequence=sequence.id, status=["errored"])] == []


async def test_a_page_of_an_impossible_size_is_refused(url: str) -> None:
    async with HostClient(url) as host:
        for size in (0, 1001):
            with pytest.raises(errors.InvalidArgumentError):
                host.iter_instances(page_size=size)


async def test_a_watch_goes_on_where_another_has_ended(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(ECHO)
        async with host.watch(types=["created", "ended"]) as watch:
            begin = watch.cursor
            instance = await sequence.start()
            first = await anext(watch)
            await instance.kill()
            last = await anext(watch)
        assert [(event.type, event.instance_id) for event in (first, last)] == [
            ("created", instance.id),
            ("ended", instance.id),
        ]
        assert watch.cursor == last.id
        async with host.watch(begin, types=["created", "ended"]) as again:
            assert [await anext(again), await anext(again)] == [first, last]
        async with host.watch(first.id, instance_ids=[instance.id], types=["ended"]) as rest:
            assert await anext(rest) == last


async def test_a_watch_of_a_hub_out_of_reach_gives_up_in_time(hub: HubProcess, tmp_path: Path) -> None:
    other = type(hub)(tmp_path)
    with other:
        async with HostClient(other.url, max_retries=0) as host:
            watch = await host.watch(patience=0.2).open()
            other.stop()
            with pytest.raises(errors.ConnectionFailed):
                await anext(watch)
            assert watch.cursor is not None
            await watch.aclose()
