"""Takes the published `scramjet-api-client` through all it can do with a Hub; runs in an environment of its own.

Each step is a line of JSON on stdout: {step}, {step, error} or {step, leftOut}.
"""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from typing import TYPE_CHECKING, Any

from client.host_client import HostClient
from client.instance_client import InstanceClient
from client.sequence_client import SequenceClient
from client_utils.base_client import BaseClient

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

PATIENCE = 30.0
URL, GUARDED_URL, TOKEN, PACKAGES = sys.argv[1:]
# The client prints what it sends.
RESULTS, sys.stdout = sys.stdout, sys.stderr


async def until(ask: Callable[[], Awaitable[Any]], holds: Callable[[Any], bool]) -> Any:
    """Ask until the answer is one that holds; give it."""
    while not holds(answer := await ask()):  # noqa: ASYNC110 - what changes is in another process
        await asyncio.sleep(0.02)
    return answer


async def first(stream: AsyncGenerator[str], fits: Callable[[str], bool]) -> str:
    """Give the first line of a stream that fits."""
    async for line in stream:
        if fits(line):
            await stream.aclose()
            return line
    raise AssertionError("the stream has ended")


class Steps:
    """All steps, in the order in which they are written; what one finds is there for the next."""

    def __init__(self) -> None:
        self.host = HostClient(URL)
        self.language = "python"

    async def ended(self) -> int:
        """Wait for the end of the Instance; give its exit code."""
        ended = ("completed", "errored")
        info = await until(self.instance.get_info, lambda info: info["status"] in ended)
        return int(info["terminated"]["exitcode"])

    async def begin(self, label: str) -> None:
        """Upload and start one of the Sequences."""
        package = await self.host.load_sequence(f"{PACKAGES}/{self.language}-{label}.tar.gz")
        self.sequence = await self.host.send_sequence(package)
        self.instance = await self.sequence.start()

    async def output(self) -> str:
        """Read the output to its end."""
        return "".join([line async for line in self.host._get_stream(f"instance/{self.instance.id}/output")])

    async def version(self) -> None:
        assert (await self.host.get_version())["apiVersion"] == "v1"

    async def load_check(self) -> None:
        assert (await self.host.get_load_check())["memFree"] > 0

    async def config(self) -> None:
        assert (await self.host.get_config())["host"]["apiBase"] == "/api/v1"

    async def a_token(self) -> None:
        guarded = HostClient(GUARDED_URL)
        assert "error" in await guarded.list_sequences()
        BaseClient.setDefaultHeaders({"Authorization": f"Bearer {TOKEN}"})
        try:
            assert await guarded.list_sequences() == []
        finally:
            BaseClient.setDefaultHeaders({})

    async def nothing_yet(self) -> None:
        assert await self.host.list_sequences() == []
        assert await self.host.list_instances() == []
        assert await self.host.list_entities() == {"sequences": [], "instances": [], "topics": []}

    async def a_package_that_is_none(self) -> None:
        try:
            await self.host.send_sequence(b"no archive")
        except ValueError:
            return
        raise AssertionError("it was taken")

    async def a_sequence_that_is_not_there(self) -> None:
        assert "error" in await self.host.get_sequence_info("nope")
        try:
            await SequenceClient("nope", self.host).start()
        except ValueError:
            return
        raise AssertionError("it was started")

    async def log_stream(self) -> None:
        await self.begin("hello")
        await first(await self.host.get_log_stream(), lambda line: json.loads(line)["msg"] == "Sequence added")

    async def in_language_load_and_send(self) -> None:
        package = await self.host.load_sequence(f"{PACKAGES}/{self.language}-bell.tar.gz")
        assert package.startswith(b"\x1f\x8b")
        self.sequence = await self.host.send_sequence(package)
        assert isinstance(self.sequence, SequenceClient)

    async def in_language_list_sequences(self) -> None:
        assert self.sequence.id in [listed["id"] for listed in await self.host.list_sequences()]
        assert self.sequence.id in [listed["id"] for listed in (await self.host.list_entities())["sequences"]]

    async def in_language_sequence_info(self) -> None:
        info = await self.host.get_sequence_info(self.sequence.id)
        assert info["config"]["name"] == f"{self.language}-bell"
        assert await self.sequence.get_info() == info

    async def in_language_start(self) -> None:
        self.instance = await self.sequence.start()
        assert isinstance(self.instance, InstanceClient)
        assert await self.sequence.list_instances() == [self.instance.id]

    async def in_language_get_instance(self) -> None:
        assert (await self.sequence.get_instance(self.instance.id, self.host)).id == self.instance.id

    async def in_language_list_instances(self) -> None:
        assert self.instance.id in [listed["id"] for listed in await self.host.list_instances()]

    async def in_language_instance_info(self) -> None:
        info = await until(self.instance.get_info, lambda info: info["status"] == "running")
        assert await self.host.get_instance_info(self.instance.id) == info

    async def in_language_health(self) -> None:
        await until(self.instance.get_health, lambda health: health["healthy"])

    async def in_language_events(self) -> None:
        waiting = asyncio.ensure_future(self.instance.get_next_event())
        # It has to wait before the event comes, and nothing tells when it does.
        while not waiting.done():
            assert await self.instance.send_event("ping", "lost by the client, under a misspelt name") == {
                "accepted": "OK"
            }
            await asyncio.wait([waiting], timeout=0.02)
        assert (await waiting)["eventName"] in ("pong", "ready")

    async def in_language_event_stream(self) -> str:
        try:
            await self.instance.get_event_stream()
        except TypeError:
            return "get_event_stream() awaits what cannot be awaited"
        raise AssertionError("get_event_stream() works: use it")

    async def in_language_delete_what_is_in_use(self) -> None:
        assert "error" in await self.host.delete_sequence(self.sequence.id)

    async def in_language_kill(self) -> None:
        assert (await self.instance.kill())["status"] == "killing"
        assert await self.ended() == 137

    async def in_language_stop(self) -> None:
        await self.begin("patient")
        await first(self.host._get_stream(f"instance/{self.instance.id}/output"), lambda line: line == "waiting\n")
        assert (await self.instance.stop(5000, can_keep_alive=True))["status"] == "stopping"
        told, said = (await self.output()).splitlines()
        assert told in ("stop 5000 true", "stop 5 true", "stop 5.0 true")
        assert said == "stopped"
        await self.ended()

    async def in_language_stop_with_the_defaults(self) -> None:
        await self.begin("patient")
        await first(self.host._get_stream(f"instance/{self.instance.id}/output"), lambda line: line == "waiting\n")
        await self.instance.stop()
        assert (await self.output()).splitlines()[1] == "stopped"
        await self.ended()

    async def in_language_send_input(self) -> None:
        await self.begin("echo")
        assert await self.instance.send_input("bytes as they are: ü\n".encode(), {"end": "False"}) is None
        assert await self.instance.send_input("a string as JSON") is None
        assert (await self.output()).rstrip("\n") == 'bytes as they are: ü\n"a string as JSON"'
        assert await self.ended() == 0

    async def in_language_send_records(self) -> None:
        await self.begin("echo")
        await self.instance.send_input(b'{"a":1}\n[2]\n', {"type": "application/x-ndjson"})
        assert await self.output() == '{"a":1}\n[2]\n'

    async def in_language_send_stdin(self) -> str:
        await self.begin("stdio")
        try:
            await self.instance.send_stdin(b"one\n")
        except TypeError:
            await self.instance.kill()
            return "send_stdin() leaves out an argument"
        raise AssertionError("send_stdin() works: use it")

    async def in_language_topics_of_sequences(self) -> None:
        await self.begin("producer")
        lines = await self.host.get_named_data(f"{self.language}-topic")
        assert [await anext(lines) for _ in range(5)] == [f"{number}\n" for number in range(5)]
        await lines.aclose()
        await self.begin("consumer")
        await until(self.instance.get_info, lambda info: info["status"] == "running")
        await self.host.send_named_data(f"{self.language}-topic", b"one\ntwo\n", "text/plain", end=True)
        assert await self.output() == "ONE\nTWO\n"

    async def in_language_delete(self) -> None:
        await self.begin("hello")
        assert await self.output() == "hello\n"
        await self.ended()
        assert await self.host.delete_sequence(self.sequence.id) == {"id": self.sequence.id}

    async def topics(self) -> None:
        for place, content_type in enumerate(["application/x-ndjson", "text/plain", "application/octet-stream"]):
            name = f"topic-{place}"
            await self.host.send_named_data(name, b'{"a":1}\n', content_type, end=False)
            await self.host.send_named_data(name, b"[2]\n", content_type, end=True)
            assert [line async for line in await self.host.get_named_data(name)] == ['{"a":1}\n', "[2]\n"]

    async def clean_up(self) -> None:
        for listed in await self.host.list_instances():
            if listed["status"] not in ("completed", "errored"):
                await InstanceClient(listed["id"], self.host).kill()
        idle = await until(self.host.list_sequences, lambda listed: not any(one["instances"] for one in listed))
        for listed in idle:
            await self.host.delete_sequence(listed["id"])
        assert await self.host.list_sequences() == []


async def take(name: str, step: Awaitable[str | None]) -> None:
    """Take one step and tell how it went."""
    try:
        left_out = await asyncio.wait_for(step, PATIENCE)
        told = {"leftOut": left_out} if left_out else {}
    except Exception:  # noqa: BLE001 - whatever goes wrong, it is told and the next step follows
        told = {"error": traceback.format_exc()}
    print(json.dumps({"step": name, **told}), file=RESULTS, flush=True)


async def main() -> None:
    """Take all steps."""
    steps = Steps()
    own = [name for name in vars(Steps) if name not in ("__init__", "ended", "begin", "output") and name[0] != "_"]
    both = [name for name in own if name.startswith("in_language_")]
    alone = [name for name in own if name not in both]
    for name in alone[: alone.index("topics")]:
        await take(name.replace("_", " "), getattr(steps, name)())
    for steps.language in ("python", "node"):
        for name in both:
            shown = f"{steps.language}: {name.removeprefix('in_language_').replace('_', ' ')}"
            await take(shown, getattr(steps, name)())
    for name in alone[alone.index("topics") :]:
        await take(name.replace("_", " "), getattr(steps, name)())


asyncio.run(main())
