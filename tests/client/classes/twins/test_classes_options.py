"""Settings of some calls only, and waits that hold to their limits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, InstanceClient, MiddlewareClient, SequenceClient, errors

from tests.client.classes.scripts import answer_and_stall, tell_the_version
from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncBeside, eventually
from tests.client.runtime.conftest import serve
from tests.client.runtime.servers import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

__all__ = ["serve"]

SHORT: Any = {"deadline": 0.3}

CALLS: dict[str, Callable[[HostClient], Any]] = {
    "host": lambda host: host.with_options(**SHORT).get_version(),
    "raw": lambda host: host.with_options(**SHORT).raw.get_version(),
    "sequence": lambda host: host.get_sequence_client("s").with_options(**SHORT).start(),
    "of a sequence": lambda host: host.with_options(**SHORT).get_sequence_client("s").start(),
    "instance": lambda host: host.get_instance_client("i").with_options(**SHORT).get_info(),
    "program": lambda host: host.get_instance_client("i").with_options(**SHORT).send_input("x"),
    "upload": lambda host: host.with_options(**SHORT).send_sequence(iter([b"x"])),
    "run": lambda host: host.with_options(**SHORT).run(b"package").read(),
    "twice": lambda host: host.with_options(**SHORT).with_options(max_retries=0).get_version(),
    "wait": lambda host: host.get_instance_client("i").with_options(**SHORT).wait(timeout=100),
    "wait for an event": lambda host: host.get_instance_client("i").get_next_event(timeout=0.3),
}


@pytest.mark.parametrize("script", [scripts.drip, scripts.drip_head])
@pytest.mark.parametrize("kind", list(CALLS))
async def test_a_deadline_bounds_any_method(serve: Callable[..., Server], kind: str, script: Any) -> None:
    async with HostClient(serve(script).url) as host:
        with pytest.raises(errors.TimedOut):
            await CALLS[kind](host)


async def test_a_deadline_holds_behind_a_space(serve: Callable[..., Server]) -> None:
    server = serve(scripts.drip)
    async with MiddlewareClient(server.url) as platform:
        space = platform.get_space_client("x").with_options(**SHORT)
        assert space.platform.connection is space.connection
        with pytest.raises(errors.TimedOut):
            await space.get_host_client("h").get_version()
    assert server.requests[0].target == "/api/v1/space/x/api/v1/sth/h/api/v1/version"


async def test_options_share_the_connections_and_leave_the_rest(serve: Callable[..., Server]) -> None:
    server = serve(tell_the_version)
    async with HostClient(server.url, token="t", headers={"x-one": "1", "x-two": "2"}) as host:
        await host.get_version()
        async with host.with_options(headers={"X-Two": "3"}) as other:
            await other.get_version()
        await host.get_version()
        sequence = SequenceClient("s", host).with_options(timeout=3)
        assert (sequence.id, sequence.host.url) == ("s", host.url)
        assert sequence.connection.settings.timeout == 3
        assert host.connection.settings.timeout == 30
        async with sequence:
            pass
        await host.get_version()
    asked = [
        (request.headers["authorization"], request.headers["x-one"], request.headers["x-two"])
        for request in server.requests
    ]
    assert asked == [("Bearer t", "1", number) for number in "2322"]
    assert server.connections == 1


async def test_closing_the_client_wakes_calls_with_other_options(serve: Callable[..., Server]) -> None:
    server = serve(scripts.busy_once)
    async with HostClient(server.url, max_retries=0) as host:
        others = host.with_options(max_retries=1, timeout=100, headers={"x-status": "503", "x-after": "59"})
        waiting = AsyncBeside(others.get_version)
        await eventually(lambda: server.open == 1 and len(server.requests) == 1)
        await host.aclose()
        with pytest.raises(errors.ConnectionFailed):
            await waiting.result()
    assert len(server.requests) == 1


@pytest.mark.parametrize("options", [{"deadline": 0}, {"timeout": -1}, {"max_retries": -1}, {"headers": {"a b": "c"}}])
async def test_options_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    async with HostClient("http://127.0.0.1:9") as host:
        with pytest.raises(errors.ScramjetError):
            host.with_options(**options)


@pytest.mark.parametrize("script", [scripts.stall, scripts.drip, answer_and_stall])
@pytest.mark.parametrize("timeout", [0, 0.3, 1])
async def test_waiting_takes_no_longer_than_allowed(serve: Callable[..., Server], script: Any, timeout: float) -> None:
    async with HostClient(serve(script).url, timeout=10 * PATIENCE) as host:
        begun = time.monotonic()
        with pytest.raises(errors.TimedOut, match=r"Instance i is.* not at its end in"):
            await InstanceClient("i", host).wait(timeout=timeout)
        assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize("script", [scripts.stall, scripts.drip])
@pytest.mark.parametrize("name", ["stdin", "input", "attached"])
async def test_ending_takes_no_longer_than_allowed(serve: Callable[..., Server], script: Any, name: str) -> None:
    server = serve(script)
    async with HostClient(server.url, timeout=10 * PATIENCE) as host:
        instance = InstanceClient("i", host)
        writer = instance.attach() if name == "attached" else getattr(instance, name)
        await writer.send("x\n")
        with pytest.raises(errors.TimedOut):
            await writer.end(timeout=0.3)
        await writer.aclose()
        await eventually(lambda: server.open == 0)
