"""A program that fails never looks like one that succeeded and had nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, InstanceFailedError, errors

from tests.client.classes.scripts import lose_the_reply
from tests.client.runtime.conftest import serve
from tests.support.packages import SEQUENCES, pack_python

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

__all__ = ["serve"]

CRASH = """
import sys

async def run(context, input):
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        print("line", number, file=sys.stderr)
    print("the last words", file=sys.stderr, flush=True)
    yield '{"n": 1}\\n'
    raise ValueError("boom")
"""
FINE = """
def run(context, input):
    return '{"n": 1}\\n'
"""
EXIT = """
import sys

def run(context, input):
    print("leaving", file=sys.stderr, flush=True)
    sys.exit(3)
"""


@pytest.mark.parametrize(
    "take",
    [
        lambda instance: instance.result(),
        lambda instance: instance.output.read(check=True),
        lambda instance: collected(instance.output.lines(check=True)),
        lambda instance: collected(instance.output.records(check=True)),
        lambda instance: collected(instance.get_output().lines(check=True)),
        lambda instance: instance.check(),
    ],
    ids=["result", "read", "lines", "records", "get_output", "check"],
)
async def test_a_crash_is_told_with_its_reason(url: str, take: Callable[[Any], Any]) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(CRASH))
        async with await sequence.start() as instance:
            with pytest.raises(InstanceFailedError, match="boom") as caught:
                await take(instance)
            error = caught.value
            assert isinstance(error, errors.ScramjetError)
            assert (error.instance_id, error.status) == (instance.id, "errored")
            assert error.exitcode
            assert "the last words" in error.stderr
            assert len(error.stderr) <= 1 << 16
            assert "ValueError: boom" in str(error).splitlines()[-1]
            assert len(str(error).splitlines()) <= 11
        async with await sequence.start() as instance:
            # What was not asked for is not looked at.
            assert await collected(instance.output.lines()) == ['{"n": 1}']
        await host.delete_sequence(sequence.id, force=True)


async def collected(items: Any) -> list[Any]:
    return [item async for item in items]


async def test_a_success_is_one(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(FINE))
        async with await sequence.start() as instance:
            assert await instance.result() == b'{"n": 1}\n'
            assert (await instance.check()).status == "completed"
        async with await sequence.start() as instance:
            assert await collected(instance.output.records(check=True)) == [{"n": 1}]
        await host.delete_sequence(sequence.id, force=True)


async def test_a_program_that_leaves_with_an_error_has_failed(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(EXIT))
        async with await sequence.start() as instance:
            with pytest.raises(InstanceFailedError, match="leaving"):
                await instance.result()
        with pytest.raises(InstanceFailedError, match="leaving"):
            await host.run(pack_python(EXIT)).read()
        await host.delete_sequence(sequence.id, force=True)
        assert await host.list_sequences() == []


async def test_a_killed_program_has_not_succeeded(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "echo")
        async with await sequence.start() as instance:
            await instance.kill()
            with pytest.raises(InstanceFailedError, match="exit code 137"):
                await instance.result()
        await host.delete_sequence(sequence.id, force=True)


@pytest.mark.parametrize(
    "write",
    [
        lambda instance: instance.send_input("x\n"),
        lambda instance: instance.send_stdin("x\n"),
        lambda instance: instance.send_stream("input", "x\n"),
        lambda instance: instance.send_event("name", 1),
        lambda instance: written(instance.input),
        lambda instance: written(instance.stdin),
        lambda instance: instance.inout("x\n").read(),
        lambda instance: collected(instance.inout("x\n").lines()),
        lambda instance: exchanged(instance.inout()),
        lambda instance: instance.attach().end(),
        lambda instance: insisted(instance.attach()),
    ],
    ids=[
        *("input", "stdin", "stream", "event", "writer", "stdin-writer"),
        *("inout", "inout-lines", "inout-writer", "attach-end", "attach-send"),
    ],
)
async def test_what_a_failed_program_does_not_take_tells_that_it_has_failed(
    url: str, write: Callable[[Any], Any]
) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(CRASH))
        async with await sequence.start() as instance:
            assert (await instance.wait()).status == "errored"
            with pytest.raises(InstanceFailedError, match="boom") as caught:
                await write(instance)
            assert isinstance(caught.value.__cause__, errors.ScramjetError)
            # What it wrote is left for whoever reads it.
            assert "the last words" in (await instance.stderr.read()).decode()
        await host.delete_sequence(sequence.id, force=True)


async def exchanged(exchange: Any) -> None:
    async with exchange:
        await exchange.send("x\n")
        await exchange.finish()


async def insisted(attached: Any) -> None:
    # The Hub's refusal is noticed once it has come.
    async with attached:
        while True:
            await attached.send("x\n")


async def written(writer: Any) -> None:
    async with writer:
        await writer.send("x\n")


async def test_what_a_program_that_succeeded_does_not_take_is_a_conflict(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(FINE))
        async with await sequence.start() as instance:
            await instance.wait("completed")
            with pytest.raises(errors.ConflictError):
                await instance.send_input("x\n")
        await host.delete_sequence(sequence.id, force=True)


@pytest.mark.parametrize("package", [b"package", SEQUENCES / "plain"], ids=["bytes", "folder"])
async def test_a_run_whose_upload_is_not_answered_leaves_nothing(serve: Callable[..., Server], package: Any) -> None:
    server = serve(lose_the_reply)
    async with HostClient(server.url) as host:
        with pytest.raises(errors.ConnectionFailed):
            await host.run(package).read()
    name = server.requests[0].headers["x-name"]
    asked = [(request.method, request.target) for request in server.requests]
    # The Hub was not done with it at the first two looks.
    assert asked == [("POST", "/api/v1/sequence"), *[("DELETE", f"/api/v1/sequence/{name}")] * 3]


@pytest.mark.parametrize("args", ["world", b"world", {"a": 1}, 5])
async def test_arguments_are_a_list(serve: Callable[..., Server], args: Any) -> None:
    server = serve(lose_the_reply)
    async with HostClient(server.url) as host:
        with pytest.raises(errors.ArgumentTypeError, match="args must be a list"):
            await host.start_sequence("s", args=args)
        with pytest.raises(errors.ArgumentTypeError, match="args must be a list"):
            host.run(b"", args=args)
        with pytest.raises(errors.ArgumentTypeError, match="app_config must be a mapping"):
            await host.start_sequence("s", app_config=5)  # type: ignore[arg-type] # that is what is tested
    assert server.connections == 0


async def test_a_rejected_request_tells_its_fields(url: str) -> None:
    async with HostClient(url) as host:
        with pytest.raises(errors.BadRequestError) as caught:
            await host.create_topic("no blanks please", "image/png")  # type: ignore[arg-type] # what is tested
    assert {field.field for field in caught.value.fields} == {"/id", "/content-type"}
    assert all(field.description for field in caught.value.fields)
