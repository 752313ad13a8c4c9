"""Under trio the async client says at once that it needs asyncio, and what to use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import trio
from scramjet_client import HostClient, errors, sync

from tests.support.packages import SEQUENCES

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "http://127.0.0.1:9/api/v1"

WAYS: dict[str, Callable[[HostClient], Any]] = {
    "call": lambda host: host.get_version(),
    "deadline": lambda host: host.with_options(deadline=9).get_version(),
    "folder": lambda host: host.send_sequence(SEQUENCES / "plain"),
    "iterable": lambda host: host.send_sequence(iter([b"x"])),
    "run": lambda host: host.run(b"package").read(),
    "run of a folder": lambda host: anext(host.run(SEQUENCES / "plain").lines()),
    "stream": lambda host: host.get_instance_client("i").output.read(),
    "opening": lambda host: host.get_instance_client("i").get_stdout().open(),
    "lines": lambda host: anext(host.get_instance_client("i").stdout.lines()),
    "result": lambda host: host.get_instance_client("i").result(),
    "inout": lambda host: host.get_instance_client("i").inout([{"n": 1}]).read(),
    "input": lambda host: host.get_instance_client("i").input.send("x"),
    "end": lambda host: host.get_instance_client("i").stdin.end(),
    "attach": lambda host: anext(host.get_instance_client("i").attach().lines()),
    "wait": lambda host: host.get_instance_client("i").wait(timeout=1),
    "event": lambda host: host.get_instance_client("i").get_next_event(timeout=1),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_the_async_client_says_what_to_use_instead(way: str) -> None:
    async def ask() -> None:
        with pytest.raises(errors.ConfigurationError, match="trio"):
            await WAYS[way](HostClient(URL))

    trio.run(ask)


def test_what_it_says_works(url: str) -> None:
    async def ask() -> None:
        with sync.HostClient(url) as host:
            assert await trio.to_thread.run_sync(host.get_version)

    trio.run(ask)
