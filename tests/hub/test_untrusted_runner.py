"""Runners that break their protocol: no matter what they write, the Instance ends and the Hub goes on."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scramjet_hub.instances.events import NAMES, EventBoard
from scramjet_hub.runners import codes
from scramjet_hub.runners.channels import LONGEST_LOG_LINE, LogLines, log_line
from scramjet_hub.runners.control_channel import LONGEST_MESSAGE, Control
from scramjet_hub.runners.messages import LONGEST_REASON, LONGEST_REPORT, BadMessage, read_message
from scramjet_hub.runners.turns import STRIDE, Turns
from scramjet_serving.json_input import MAX_DEPTH
from scramjet_serving.streams.lines import LineLog

from tests.support.hub_process import HubProcess
from tests.support.packages import pack_python
from tests.support.runs import Run, start, upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIAR = """
import base64, os

def run(context, input, channel, data, end):
    data = memoryview(base64.b64decode(data))
    while data:
        data = data[os.write(channel, data):]
    if end == "exit":
        os._exit(7)
    if end == "raise":
        raise ValueError("enough")
    return os.environ["SCRAMJET_HUB_TOKEN"]
"""
FLOODER = """
import os

def run(context, input, channel, line):
    line = (line + "\\n").encode() * 1000
    while True:
        os.write(channel, line)
"""
CONTROL, LOG = 3, 4
CODES = [value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)]
FIELDS = ["requires", "provides", "contentType", "healthy", "eventName", "message", "keepAlive", "error", "processId"]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=3), inner),
    max_leaves=6,
)
data_values = st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=4) | json_values
messages = st.tuples(st.sampled_from(CODES) | st.integers(0, 10_000), data_values).map(lambda pair: dump(list(pair)))
lines = st.one_of(messages, json_values.map(lambda value: dump(value)), st.binary(max_size=40))
conversations = st.lists(lines, min_size=1, max_size=8).map(b"\n".join)


def dump(value: object) -> bytes:
    return json.dumps(value).encode(errors="replace")


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """A Hub with room for one Instance at a time."""
    with HubProcess(
        tmp_path_factory.mktemp("lied-to"), "--token", "t", "--max-instances", "1", "--max-json-size", "10000000"
    ) as hub:
        hub.token = "t"
        yield hub


@pytest.fixture(scope="module")
def liar(guarded: HubProcess) -> Iterator[tuple[httpx.Client, str]]:
    with guarded.client() as api:
        yield api, upload(api, pack_python(LIAR))


def lie(api: httpx.Client, sequence: str, data: bytes, end: str = "return", channel: int = CONTROL) -> Run:
    """Run a Sequence that writes something to a channel of its runner."""
    return start(api, sequence, args=[channel, base64.b64encode(data).decode(), end])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conversations, st.sampled_from(["return", "exit", "raise"]), st.sampled_from([CONTROL, CONTROL, LOG]))
@example(b"[3001,[]]\n", "exit", CONTROL)
@example(b"[3001,[]]\n", "return", CONTROL)
@example(b"[3001,null]\n[3001,1]\n", "exit", CONTROL)
@example(b'[3006,{"error":{"a":[]}}]\n', "exit", CONTROL)
@example(b'[3010,{"keepAlive":1e308}]\n[3010,{"keepAlive":true}]\n', "exit", CONTROL)
@example(b'[5001,{"eventName":"a","message":' + nested(240) + b"}]\n", "return", CONTROL)
@example(b'[3001,{"healthy":true,"x":' + nested(240) + b"}]\n", "return", CONTROL)
@example(b"[5001,{}]\n", "return", CONTROL)
@example(b'[5001,{"eventName":"\xff"}]\n', "return", CONTROL)
@example(b'[3012,{"requires":["a"]}]\n[3012,{"provides":5}]\n', "return", CONTROL)
@example(b'[[],{}]\n[true,{}]\n["3001",{}]\n', "exit", CONTROL)
@example(nested(2000) + b"\n", "return", CONTROL)
@example(b"x" * 5_000_000, "return", CONTROL)
@example(b"x" * 1_000_000 + b"\n{}\n\xff\n", "return", LOG)
def test_whatever_a_runner_writes_its_instance_ends_and_gives_back_all_it_had(
    liar: tuple[httpx.Client, str], data: bytes, end: str, channel: int
) -> None:
    api, sequence = liar
    # That it can be started at all shows that the one before has given its place back.
    run = lie(api, sequence, data, end, channel)
    info = run.wait_for_end()
    assert isinstance(info["terminated"]["exitcode"], int)
    assert isinstance(info["terminated"]["reason"], str)
    health = api.get(f"{run.path}/health")
    assert (health.status_code, health.json()["healthy"]) == (200, False)
    assert {entry["id"] for entry in api.get("/instances").json()} >= {run.id}
    for entry in run.log():
        assert isinstance(entry, dict)
    if token := run.read().decode():
        assert httpx.get(f"{api.base_url}topics", headers={"authorization": f"Bearer {token}"}).status_code == 401
    for topic in api.get("/topics").json():
        assert api.delete(f"/topics/{topic['topic']}").status_code == 200


def test_instance_that_lied_can_be_deleted_with_its_sequence(guarded: HubProcess) -> None:
    with guarded.client() as api:
        sequence = upload(api, pack_python(LIAR))
        lie(api, sequence, b"[3001,[]]\n", "exit")
        deleted = api.delete(f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"})
        assert deleted.status_code == 200
        assert api.get("/metrics").status_code == 200


def test_it_is_told_why_an_instance_ended(liar: tuple[httpx.Client, str]) -> None:
    api, sequence = liar
    for lie_told, why in [(b"[5001,{}]\n", "eventName"), (b"[1,2]\n", "no object"), (b"\xff\n", "no JSON")]:
        reason = lie(api, sequence, lie_told).wait_for_end()["terminated"]["reason"]
        assert "does not keep to its protocol" in reason
        assert why in reason


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"[]", "number and an object"),
        (b"[3001]", "number and an object"),
        (b"[3001,{},{}]", "number and an object"),
        (b"[true,{}]", "number and an object"),
        (b"[3001,[]]", "no object"),
        (b"[9999,[]]", "no object"),
        (b"{}", "number and an object"),
        (b"", "no JSON"),
        (b"\xff", "no JSON"),
        (b'[3012,{"requires":1}]', "requires"),
        (b'[3012,{"provides":[]}]', "provides"),
        (b'[3012,{"provides":"a","contentType":{}}]', "contentType"),
        (b'[3012,{"requires":"' + b"a" * 2000 + b'"}]', "requires"),
        (b'[5001,{"message":1}]', "eventName"),
        (b'[5001,{"eventName":"' + b"a" * 2000 + b'"}]', "eventName"),
        (b"[3010,{}]", "keepAlive"),
        (b'[3010,{"keepAlive":-1}]', "keepAlive"),
        (b'[3010,{"keepAlive":"1"}]', "keepAlive"),
        (b'[3010,{"keepAlive":false}]', "keepAlive"),
        (b'[3006,{"error":1}]', "error"),
        (b'[5001,{"eventName":"a","message":' + nested(MAX_DEPTH + 10) + b"}]", "deeper"),
    ],
)
def test_what_is_no_message(line: bytes, why: str) -> None:
    with pytest.raises(BadMessage, match=why):
        read_message(line)


@given(lines)
def test_what_is_read_can_be_written(line: bytes) -> None:
    try:
        message = read_message(line)
    except BadMessage:
        return
    assert isinstance(message.data, dict)
    orjson.dumps({"nested": {"some": {"levels": [message.data]}}})


def test_what_is_only_too_large_is_cut() -> None:
    assert len(read_message(dump([3006, {"error": "x" * 50_000}])).data["error"]) == LONGEST_REASON
    report = read_message(dump([3001, {"healthy": True, "more": "x" * LONGEST_REPORT}])).data
    assert (report["healthy"], "more" in report) == (True, False)
    assert read_message(dump([3001, {"healthy": "yes"}])).data == {"healthy": True}
    assert read_message(dump([3010, {"keepAlive": 1e300}])).data["keepAlive"] < 1e10


async def until(condition: Callable[[], object]) -> None:
    """Let the loop turn until something has come about."""
    while not condition():  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0)


class Slow(Turns):
    """Turns that have no time: each piece of work does as little as it can."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Any] = []

    def take(self, step: Any) -> None:
        if step(0.0):
            self.steps.append(step)


def test_a_control_channel_takes_few_messages_a_turn_and_is_not_read_meanwhile() -> None:
    async def scenario() -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        turns, handled = Slow(), []
        broken: list[str] = []
        control = Control(ours, lambda code, _: handled.append(code), broken.append, turns)
        sent = b'[5001,{"eventName":"a"}]\n' * 1000
        with theirs:
            theirs.sendall(sent)
            await until(lambda: turns.steps)
            assert len(handled) == STRIDE
            theirs.sendall(b"[9,{}]\n")
            for _ in range(10):
                await asyncio.sleep(0)
            # What came later is left with the runner.
            assert len(handled) == STRIDE
            while turns.steps:
                before = len(handled)
                turns.take(turns.steps.pop())
                assert len(handled) - before <= STRIDE
            await until(lambda: 9 in handled)
        assert handled == [5001] * 1000 + [9]
        control.close()
        assert not broken

    asyncio.run(scenario())


def test_a_message_without_an_end_is_no_message() -> None:
    async def scenario() -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        broken: list[str] = []
        Control(ours, lambda *_: None, broken.append, Turns())
        with theirs:
            theirs.setblocking(False)
            while not broken:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    await asyncio.get_running_loop().sock_sendall(theirs, b"x" * 65536)
        assert str(LONGEST_MESSAGE) in broken[0]

    asyncio.run(scenario())


def test_a_log_takes_few_lines_a_turn() -> None:
    log, turns, woken = LineLog(10_000), Slow(), []
    target = LogLines(log, turns)
    target.push(b'{"msg":"x"}\n' * 1000)
    assert target.full
    target.when_room(lambda: woken.append(True))
    assert len(log.recent()) == STRIDE
    while turns.steps:
        before = len(log.recent())
        turns.take(turns.steps.pop())
        assert len(log.recent()) - before <= STRIDE
    assert (len(log.recent()), target.full, woken) == (1000, False, [True])


@given(st.lists(st.binary(max_size=30), max_size=20), st.integers(1, 40))
def test_a_log_has_the_same_lines_however_they_come(parts: list[bytes], size: int) -> None:
    data = b"\n".join(parts) + b"\n"
    log, turns = LineLog(10_000), Slow()
    target = LogLines(log, turns)
    for start_ in range(0, len(data), size):
        target.push(data[start_ : start_ + size])
        while turns.steps:
            turns.take(turns.steps.pop())
    kept = [json.loads(line) for line in log.recent()]
    wanted = [json.loads(log_line(line + b"\n")) for line in data.split(b"\n") if line]
    assert [without_time(entry) for entry in kept] == [without_time(entry) for entry in wanted]


def without_time(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "ts"}


def test_a_line_that_is_too_long_for_a_log_is_named_and_dropped() -> None:
    log = LineLog(10)
    turns = Slow()
    target = LogLines(log, turns)
    for _ in range(10):
        target.push(b"x" * (LONGEST_LOG_LINE // 4))
    target.push(b'\n{"msg":"after"}\n')
    while turns.steps:
        turns.take(turns.steps.pop())
    assert [json.loads(line)["msg"] for line in log.recent()] == [
        f"A line of more than {LONGEST_LOG_LINE} bytes was dropped",
        "after",
    ]


def test_turns_are_shared_by_all_who_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("scramjet_hub.runners.turns.SLICE", 4.0)
    monkeypatch.setattr("scramjet_hub.runners.turns.perf_counter", lambda: clock[0])
    done: list[str] = []

    def flood(name: str, amount: int) -> Callable[[float], bool]:
        left = [amount]

        def step(deadline: float) -> bool:
            while left[0]:
                left[0] -= 1
                clock[0] += 1.0
                done.append(name)
                if clock[0] >= deadline:
                    break
            return left[0] > 0

        return step

    async def scenario() -> None:
        turns = Turns()
        turns.take(flood("a", 100))
        turns.take(flood("b", 100))
        # All the time of this turn has gone to the first; neither has been let go on.
        assert done == ["a"] * 4
        await until(lambda: len(done) == 200)
        # From then on each has a whole turn in its turn.
        assert [done[at] for at in range(4, 196, 4)] == ["a", "b"] * 24

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("channel", "line"),
    [
        (LOG, "x"),
        (LOG, ""),
        (LOG, '{"msg":"x"}'),
        (CONTROL, '[5001,{"eventName":"a","message":1}]'),
        (CONTROL, '[3001,{"healthy":true}]'),
        (CONTROL, "[9999,{}]"),
        (1, "x"),
        (6, "x"),
    ],
)
def test_a_flood_keeps_nobody_from_the_hub(api: httpx.Client, channel: int, line: str) -> None:
    sequence = upload(api, pack_python(FLOODER))
    runs = [start(api, sequence, args=[channel, line]) for _ in range(2)]
    for run in runs:
        run.wait_for("running")
    for _ in range(50):
        assert api.get("/version").status_code == 200
    for run in runs:
        assert run.post("_kill").status_code == 202
        assert run.wait_for_end()["terminated"]["exitcode"] == 137


def test_events_are_bounded_in_number_and_size() -> None:
    board = EventBoard(100_000)
    for number in range(NAMES * 2):
        board.emit(f"event {number}", {"eventName": f"event {number}", "message": number})
    assert board.size <= 100_000
    for number in range(50):
        board.emit(f"large {number}", {"eventName": f"large {number}", "message": "x" * 10_000})
        assert board.size <= 100_000 + 11_000
    assert asyncio.run(board.last("large 49")) == orjson.dumps("x" * 10_000)
    # One of them is kept, whatever its size.
    board.emit("huge", {"eventName": "huge", "message": "x" * 200_000})
    assert asyncio.run(board.last("huge"))
    board.emit("huge", {"eventName": "huge"})
    assert board.size < 1000
