"""The client classes against a real Hub."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import ApiConfig, HostClient, InstanceClient, SequenceClient, errors
from scramjet_client.models import Instance, Limits, Sequence, Version

from tests.support.packages import SEQUENCES, pack, pack_python

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 20.0
TALKER = """
import asyncio, sys

async def run(context, input):
    print("ready", flush=True)
    print("steady", file=sys.stderr, flush=True)
    for line in iter(sys.stdin.readline, ""):
        print(line.upper(), end="", flush=True)
    yield "done"
"""
ANSWERER = """
import asyncio

async def run(context, input):
    context.on("ask", lambda message=None: context.emit("answer", message))
    yield "ready\\n"
    while True:
        await asyncio.sleep(0.1)
"""
FOREVER = """
import asyncio

async def run(context, input):
    while True:
        await asyncio.sleep(0.1)
        yield "tick\\n"
"""


async def test_what_the_hub_is(url: str) -> None:
    async with HostClient(url) as host:
        version = await host.get_version()
        assert isinstance(version, Version)
        assert version.api_version == "v1"
        assert (await host.get_health()).healthy
        assert (await host.get_load_check()).mem_free > 0
        assert (await host.get_load()).fs_size
        assert (await host.get_status()).cpm is not None
        assert (await host.get_config()).to_dict()
        assert (await host.get_metrics()).endswith("# EOF\n")
        entities = await host.list_entities()
        assert (entities.sequences, entities.topics) == ([], [])


async def test_a_sequence_by_id_and_by_name(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack("plain"), name="greeter")
        assert isinstance(sequence, SequenceClient)
        assert await host.get_sequence_id("greeter") == sequence.id
        info = await host.get_sequence_client("greeter").get_info()
        assert isinstance(info, Sequence)
        assert (info.id, info.name, info.instances) == (sequence.id, "greeter", [])
        assert [found.id for found in await host.list_sequences()] == [sequence.id]
        assert (await host.delete_sequence("greeter")).id == sequence.id
        with pytest.raises(errors.NotFoundError) as caught:
            await sequence.get_info()
    assert sequence.id in str(caught.value)
    assert (caught.value.status, caught.value.method) == (404, "GET")


@pytest.mark.parametrize(
    "make",
    [
        lambda path: str(path / "package.tar.gz"),
        lambda path: path / "package.tar.gz",
        lambda path: (path / "package.tar.gz").read_bytes(),
        lambda path: (path / "package.tar.gz").open("rb"),
        lambda path: [(path / "package.tar.gz").read_bytes()],
        lambda _path: str(SEQUENCES / "plain"),
        lambda _path: SEQUENCES / "plain",
    ],
)
async def test_a_package_may_be_given_in_many_ways(url: str, tmp_path: Path, make: Callable[[Path], Any]) -> None:
    (tmp_path / "package.tar.gz").write_bytes(pack("plain"))
    package = make(tmp_path)
    seen: list[int] = []
    async with HostClient(url) as host:
        sequence = await host.send_sequence(package, progress=lambda sent, _whole: seen.append(sent))
        assert (await sequence.get_info()).config.entrypoint_path == "main.py"
        await host.delete_sequence(sequence.id)
    assert seen
    assert seen == sorted(seen)
    if hasattr(package, "close"):
        package.close()


async def test_a_configuration_may_go_with_the_package(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "plain", {"name": "Grace"})
        async with await sequence.start() as instance:
            assert await instance.output.read() == b"Hello, Grace ()\n"
        async with await sequence.start(app_config={"name": "Ada"}) as instance:
            assert await instance.output.read() == b"Hello, Ada ()\n"
        await host.delete_sequence(sequence.id, force=True)


async def test_a_package_may_be_replaced(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "plain")
        replaced = await sequence.overwrite(pack_python("def run(context, input): return 'new'"), name="renewed")
        assert replaced.id == sequence.id
        assert (await replaced.get_info()).name == "renewed"
        async with await replaced.start() as instance:
            assert await instance.output.read() == b"new"
        await host.delete_sequence("renewed", force=True)


async def test_an_instance_is_killed_at_the_end(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(FOREVER))
        async with await sequence.start(limits=Limits(memory=256)) as instance:
            assert isinstance(instance, InstanceClient)
            assert await sequence.list_instances() == [instance.id]
            info = await instance.wait("running", PATIENCE)
            assert isinstance(info, Instance)
            assert info.limits == Limits(memory=256)
        info = await instance.wait(timeout=PATIENCE)
        assert info.terminated is not None
        assert info.terminated.exitcode == 137
        await host.delete_sequence(sequence.id, force=True)


async def test_stopping_takes_milliseconds_and_the_request_seconds(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.start_sequence((await host.send_sequence(pack_python(FOREVER))).id)
        await sequence.wait("running", PATIENCE)
        info = await sequence.stop(0.1, request_timeout=PATIENCE)
        assert info.status == "stopping"
        assert (await sequence.wait(timeout=PATIENCE)).terminated is not None
        for found in await host.list_sequences():
            await host.delete_sequence(found.id, force=True)


async def test_waiting_has_an_end(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(FOREVER))
        async with await sequence.start() as instance:
            begun = time.monotonic()
            with pytest.raises(errors.TimedOut, match="not completed"):
                await instance.wait("completed", 0.3)
            assert 0.25 < time.monotonic() - begun < PATIENCE
            await instance.kill()
            with pytest.raises(errors.InstanceFailedError, match="exit code 137"):
                await instance.wait("running", PATIENCE)
        await host.delete_sequence(sequence.id, force=True)


async def test_ids_and_names_may_be_chosen(url: str) -> None:
    chosen = "6f1ac1b2-8d3c-4b8e-9d8a-0a1b2c3d4e5f"
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(FOREVER))
        async with await sequence.start(instance_id=chosen, instance_name="ticker") as instance:
            assert instance.id == chosen
            assert (await host.get_instance_client("ticker").get_info()).id == chosen
            assert (await host.get_instance_info("ticker")).instance_name == "ticker"
            with pytest.raises(errors.ConflictError):
                await sequence.start(instance_id=chosen)
        await host.delete_sequence(sequence.id, force=True)


async def test_a_terminal(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(TALKER))
        async with await sequence.start() as instance:
            async with instance.attach() as terminal:
                lines = terminal.lines()
                seen = {await anext(lines), await anext(lines)}
                assert {(line.stream, line.text) for line in seen} == {("stdout", "ready"), ("stderr", "steady")}
                # Line in, line out, before stdin ends.
                for word in ("one", "two"):
                    await terminal.send(f"{word}\n")
                    assert (await anext(lines)).text == word.upper()
                await terminal.end()
            assert await instance.output.read() == b"done"
        await host.delete_sequence(sequence.id, force=True)


async def test_events_go_both_ways(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(pack_python(ANSWERER))
        async with await sequence.start() as instance, instance.output as output:
            assert await anext(output.lines()) == "ready"
            async with instance.get_event_stream() as events, instance.get_event_stream("answer") as answers:
                assert (await instance.send_event("ask", {"n": 1})).accepted
                assert await anext(answers.records()) == {"n": 1}
                event = await anext(events.records())
                assert (event.event_name, event.message) == ("answer", {"n": 1})
                assert await instance.get_event("answer") == {"n": 1}
                with pytest.raises(errors.TimedOut):
                    await instance.get_next_event("answer", timeout=0.2)
        await host.delete_sequence(sequence.id, force=True)


async def test_input_and_output_at_once(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "echo")
        async with await sequence.start() as instance, instance.inout(content_type="text/plain") as both:
            lines = both.lines()
            for word in ("one", "two"):
                await both.send(f"{word}\n")
                assert await anext(lines) == word
            await both.end()
            assert [line async for line in lines] == []
        async with await sequence.start() as instance:
            async with instance.input as writer:
                await writer.send({"n": 1})
                await writer.send({"n": 2})
            assert [record async for record in instance.output.records()] == [{"n": 1}, {"n": 2}]
        await host.delete_sequence(sequence.id, force=True)


async def test_a_writer_that_fails_leaves_the_input_open(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "echo")
        async with await sequence.start() as instance:
            with suppress(KeyError):
                async with instance.input as writer:
                    await writer.send({"n": 1})
                    raise KeyError
            await instance.send_input([{"n": 2}])
            records = [record async for record in instance.output.records()]
        # What was written before it failed may have come through.
        assert records[-1] == {"n": 2}
        await host.delete_sequence(sequence.id, force=True)


async def test_streams_by_name(url: str) -> None:
    async with HostClient(url) as host:
        sequence = await host.send_sequence(SEQUENCES / "echo")
        async with await sequence.start() as instance:
            await instance.send_stream("input", '{"n": 1}\n', end_stream=True)
            async with instance.get_stream("output") as output:
                assert [record async for record in output.records()] == [{"n": 1}]
            async with instance.log as log:
                record = await anext(log.records())
                assert record.level in {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}
            with pytest.raises(ValueError, match="no stream 'soup' to read"):
                instance.get_stream("soup")  # type: ignore[arg-type] # that is what is tested
            with pytest.raises(ValueError, match="no stream 'soup' to write"):
                await instance.send_stream("soup", b"")  # type: ignore[arg-type] # likewise
        await host.delete_sequence(sequence.id, force=True)


async def test_topics_by_their_old_names_too(url: str) -> None:
    async with HostClient(url) as host:
        created = await host.create_topic("news", "application/x-ndjson")
        assert created.id == "news"
        await host.send_named_data("news", [{"n": 1}])
        async with host.get_named_data("news") as reader:
            assert await anext(reader.records()) == {"n": 1}
            await host.send_topic("news", [{"n": 2}], end_stream=True)
            assert [record async for record in reader.records()] == [{"n": 2}]
        assert [topic.topic for topic in await host.get_topics()] == ["news"]
        assert (await host.delete_topic("news")).message
        assert await host.list_topics() == []


async def test_raw_replies(url: str) -> None:
    async with HostClient(url) as host:
        reply = await host.raw.get_version()
        assert (reply.status, reply.parsed.api_version) == (200, "v1")
        assert reply.headers["content-type"].startswith("application/json")
        assert reply.json()["apiVersion"] == "v1"
        sent = await host.raw.send_sequence(SEQUENCES / "plain", name="raw")
        assert (sent.status, sent.parsed.id) == (200, await host.get_sequence_id("raw"))
        started = await host.get_sequence_client("raw").raw.start(args=["a"], app_config={"name": "Ada"})
        assert started.parsed.id
        instance = host.get_instance_client(started.parsed.id)
        assert (await instance.raw.get_info()).parsed.id == instance.id
        await host.delete_sequence("raw", force=True)


async def test_a_token_is_sent_and_never_shown(tmp_path: Path) -> None:
    from tests.support.hub_process import HubProcess

    with HubProcess(tmp_path, "--token", "s3cret-token") as hub:
        async with HostClient(hub.url, token="s3cret-token") as host:
            assert await host.list_sequences() == []
            assert "s3cret" not in repr(host) + repr(host.connection) + repr(host.connection.settings)
        async with HostClient(api_config=ApiConfig(url=hub.url, token="wrong-token")) as host:
            with pytest.raises(errors.UnauthorizedError) as caught:
                await host.list_sequences()
            assert "wrong-token" not in str(caught.value)


async def test_time_outs_and_headers_of_one_call(url: str) -> None:
    async with HostClient(url) as host:
        assert await host.get_version(timeout=PATIENCE, headers={"x-request-id": "mine"})
        reply = await host.raw.get_version(headers={"accept": "text/html"})
        assert reply.status == 200


async def test_a_client_by_id_alone_finds_its_hub(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRAMJET_URL", url)
    async with HostClient() as host:
        sequence = await host.send_sequence(SEQUENCES / "plain")
        async with SequenceClient(sequence.id) as found:
            assert (await found.get_info()).id == sequence.id
        async with InstanceClient("nobody") as nobody:
            with pytest.raises(errors.NotFoundError):
                await nobody.get_info()
        await host.delete_sequence(sequence.id)
