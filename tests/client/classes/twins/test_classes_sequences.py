"""Sequences of all shapes, through the client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, errors

from tests.client.runtime.aio_tools import take
from tests.support.packages import SEQUENCES

if TYPE_CHECKING:
    from scramjet_client.models import TopicContentType

PATIENCE = 20.0


@pytest.mark.parametrize(
    ("name", "args", "given", "content_type", "expected"),
    [
        ("plain", ["x", 2], None, None, "Hello, Ada ('x', 2)\n"),
        ("coroutine", [], "1\n2\n3\n", "text/plain", "sum: 6\n"),
        ("generator", [2], None, None, "1\n2\n"),
        ("echo", [], "a\nb\n", "text/plain", "a\nb\n"),
        ("framework", [], "yes\nno\n", "text/plain", "YES\n"),
        ("lazy_framework", [], "a\nb\n", "text/plain", "<a><b>"),
        ("records", [], [{"n": 1}, {"n": 2}], "application/x-ndjson", '{"got":{"n":1}}\n{"got":{"n":2}}\n'),
    ],
)
async def test_a_sequence_gives_its_output(
    url: str, name: str, args: list[Any], given: Any, content_type: TopicContentType | None, expected: str
) -> None:
    async with HostClient(url) as host:
        async with host.run(
            SEQUENCES / name, args=args, input=given, content_type=content_type, app_config={"name": "Ada"}
        ) as run:
            output = (await run.read()).decode()
        assert output.replace(": ", ":") == expected.replace(": ", ":")
        assert await host.list_sequences() == []


async def test_bytes_pass_unchanged(url: str) -> None:
    given = bytes(range(256)) * 1000
    async with HostClient(url) as host, host.run(SEQUENCES / "binary", input=given) as run:
        assert await run.read() == bytes(255 - byte for byte in given)


async def test_records_are_decoded(url: str) -> None:
    async with HostClient(url) as host, host.run(SEQUENCES / "records", input=[{"n": 1}, {"n": 2}]) as run:
        assert [record async for record in run.records()] == [{"got": {"n": 1}}, {"got": {"n": 2}}]


async def test_one_sequence_feeds_another_through_a_topic(url: str) -> None:
    async with HostClient(url) as host:
        consumer = await host.send_sequence(SEQUENCES / "consumer")
        producer = await host.send_sequence(SEQUENCES / "producer")
        async with await consumer.start(args=[5]) as reader, await producer.start(args=[5]) as writer:
            assert await reader.output.read() == b"10\n"
            assert (await reader.wait("completed", PATIENCE)).requires == "numbers"
            assert (await writer.wait("completed", PATIENCE)).provides == "numbers"
        await host.delete_sequence(consumer.id, force=True)
        await host.delete_sequence(producer.id, force=True)
        await host.delete_topic("numbers")


@pytest.mark.parametrize(("name", "output"), [("fails_at_start", b""), ("fails_halfway", b"one\ntwo\n")])
async def test_a_failure_is_an_error(url: str, name: str, output: bytes) -> None:
    got: list[bytes] = []
    async with HostClient(url) as host:
        run = host.run(SEQUENCES / name)
        with pytest.raises(errors.InstanceFailedError) as caught:
            await take(run, got)
        assert await host.list_sequences() == []
    assert b"".join(got) == output
    assert caught.value.status == "errored"
    assert caught.value.exitcode in {22, 23}


async def test_a_failure_may_be_left_unchecked(url: str) -> None:
    async with HostClient(url) as host:
        lines = [line async for line in host.run(SEQUENCES / "fails_halfway", check=False).lines()]
        assert await host.list_sequences() == []
    assert lines == ["one", "two"]


async def test_leaving_a_run_early_cleans_up(url: str) -> None:
    async with HostClient(url) as host:
        async with host.run(SEQUENCES / "generator", args=[100_000]) as run:
            async for line in run.lines():
                assert line == "1"
                break
            instance = run.instance
        assert await host.list_sequences() == []
        with pytest.raises(errors.NotFoundError):
            await instance.get_info()


async def test_an_input_that_fails_is_raised_and_cleaned_up(url: str) -> None:
    def broken() -> Any:
        yield {"n": 1}
        raise OSError("the disk is gone")

    async with HostClient(url) as host:
        with pytest.raises(OSError, match="the disk is gone"):
            async with host.run(SEQUENCES / "records", input=broken()) as run:
                await run.read()
        assert await host.list_sequences() == []


async def test_a_program_need_not_take_its_input(url: str) -> None:
    async with HostClient(url) as host:
        async with host.run(SEQUENCES / "plain", input=b"x" * 10_000_000, app_config={"name": "Ada"}) as run:
            assert await run.read() == b"Hello, Ada ()\n"
        assert await host.list_sequences() == []


async def test_a_package_that_cannot_be_started_leaves_nothing(url: str, tmp_path: Any) -> None:
    manifest = {"name": "x", "version": "1.0.0", "main": "nowhere.py", "engines": {"python3": "3"}}
    (tmp_path / "package.json").write_text(json.dumps(manifest))
    async with HostClient(url) as host:
        with pytest.raises(errors.ApiStatusError):
            await host.run(tmp_path).read()
        assert await host.list_sequences() == []
