"""What type checkers must know of the async client; never run, only checked by mypy and pyright."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, assert_type

from scramjet_client import (
    ApiConfig,
    ApiStatusError,
    AsyncExchange,
    AsyncStream,
    HostClient,
    InstanceClient,
    ManagerClient,
    MiddlewareClient,
    RawResponse,
    SequenceClient,
    SpaceClient,
    errors,
    models,
)
from scramjet_client.models import (
    AuditRecord,
    CreatedAccessKey,
    Event,
    HubInfo,
    Instance,
    Limits,
    LogRecord,
    Sequence,
    SpaceRef,
    StartedSequence,
    Topic,
    Version,
)


async def hosts(url: str) -> None:
    async with HostClient(url, token="t", api_config=ApiConfig(timeout=3)) as host:
        assert_type(host, HostClient)
        assert_type(await host.get_version(), Version)
        assert_type(await host.get_version(timeout=1.5, headers={"x": "y"}), models.Version)
        assert_type(await host.list_sequences(), list[Sequence])
        assert_type(await host.list_instances(), list[Instance])
        assert_type(await host.get_topics(), list[Topic])
        assert_type(await host.get_metrics(), str)
        assert_type(host.get_log_stream(), AsyncStream[LogRecord])
        assert_type(host.get_audit_stream(idle_timeout=1), AsyncStream[AuditRecord])
        assert_type(await host.raw.get_version(), RawResponse[Version])
        assert_type((await host.raw.list_instances()).parsed, list[Instance])
        assert_type(await host.send_topic("t", [{"n": 1}], content_type="application/x-ndjson"), None)
        assert_type(host.get_topic("t"), AsyncStream[Any])
        assert_type(await host.get_sequence_id("s"), str)
        await host.send_topic("t", b"", content_type="text/csv")  # type: ignore[arg-type] # no topic carries it
        await host.get_version(5)  # type: ignore[call-arg] # options have names
        models.NoSuchModel  # type: ignore[attr-defined] # noqa: B018 # nor does a wrong name pass for a lazy one
        host.no_such_method()  # type: ignore[attr-defined] # a typing error shows


async def sequences(host: HostClient) -> None:
    sequence = await host.send_sequence(Path("package.tar.gz"), {"a": 1}, name="s")
    assert_type(sequence, SequenceClient)
    assert_type(await sequence.get_info(), Sequence)
    assert_type(await sequence.list_instances(), list[str])
    assert_type((await sequence.get_info()).config.package_size, int | None)
    assert_type(await sequence.overwrite(b""), SequenceClient)
    instance = await sequence.start(args=[1, "x"], app_config={"a": 1}, limits=Limits(memory=128))
    assert_type(instance, InstanceClient)
    assert_type(await host.start_sequence(sequence.id), InstanceClient)
    assert_type(SequenceClient("id", host).get_instance("id"), InstanceClient)
    await sequence.start(limits={"memory": 128})  # type: ignore[arg-type] # it is a model


async def instances(instance: InstanceClient) -> None:
    info = await instance.get_info()
    assert_type(info, Instance)
    assert_type(info.sequence, str | StartedSequence)
    assert_type(info.created, datetime.datetime | None)
    assert_type(info.additional_properties["x"], Any)
    if info.status == "sleeping":  # type: ignore[comparison-overlap] # there is no such status
        return
    assert_type(await instance.wait("running", timeout=1), Instance)
    assert_type(await instance.stop(100, True, request_timeout=1), Instance)
    assert_type(await instance.kill(remove_immediately=True), Instance)
    assert_type(await instance.get_next_event(), Event)
    assert_type(await instance.get_next_event("name"), Any)
    assert_type(instance.get_event_stream(), AsyncStream[Event])
    assert_type(instance.get_event_stream("name"), AsyncStream[Any])
    assert_type(instance.log, AsyncStream[LogRecord])
    assert_type(instance.inout(), AsyncExchange[Any])
    assert_type(instance.get_stream("stdout"), AsyncStream[Any])
    instance.get_stream("stdin")  # type: ignore[arg-type] # it is written to
    async with instance.stdin as stdin:
        await stdin.send("text")
    async with instance.attach() as terminal:
        async for piece in terminal:
            assert_type(piece.data, bytes)
        async for line in terminal.lines():
            assert_type(line.text, str)


async def streams(instance: InstanceClient, host: HostClient) -> None:
    async with instance.log as log:
        async for record in log.records():
            assert_type(record, LogRecord)
    async with instance.output as output:
        async for chunk in output:
            assert_type(chunk, bytes)
        async for text in output.lines():
            assert_type(text, str)
    async with host.run("package", input="text", args=[1]) as run:
        assert_type(run.instance, InstanceClient)
        async for text in run.lines():
            assert_type(text, str)
        assert_type(await run.read(), bytes)


async def spaces() -> None:
    async with MiddlewareClient() as platform:
        assert_type(await platform.get_managers(), list[SpaceRef])
        space = platform.get_manager_client("id")
        assert_type(space, SpaceClient)
        assert_type(space, ManagerClient)
        assert_type(await space.get_hosts(limit=10), list[HubInfo])
        assert_type(space.get_host_client("id"), HostClient)
        assert_type(await platform.create_access_key("id", "what for"), CreatedAccessKey)


async def failures(host: HostClient) -> None:
    try:
        await host.get_sequence("nobody")
    except errors.NotFoundError as error:
        assert_type(error.status, int)
        assert_type(error.body, Any)
    except (ApiStatusError, errors.TimedOut):
        raise
