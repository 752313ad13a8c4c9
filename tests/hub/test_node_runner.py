"""Node Sequences of all shapes, run by a real Hub."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.support.hub_process import wait_until
from tests.support.packages import pack_files
from tests.support.runs import start, upload
from tests.support.tools import needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from tests.support.hub_process import HubProcess

needs_node = needs("node")
NDJSON = "application/x-ndjson"


def pack_node(source: str, main: str = "index.js", **fields: object) -> bytes:
    """A package with one JavaScript file; `fields` go into its package.json."""
    manifest = {"name": "test", "version": "1.0.0", "main": main, "engines": {"node": ">=18"}, **fields}
    return pack_files({"package.json": json.dumps(manifest).encode(), main: source.encode()})


@needs_node
@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("function () { return 'text'; }", b"text"),
        ("function () { return Buffer.from([0, 255]); }", b"\x00\xff"),
        ("function () { return 7; }", b"7"),
        ("function () { return {a: 1}; }", b'{"a":1}\n'),
        ("function () { return ['a', Buffer.from('b'), {c: null}]; }", b'"a"\nb{"c":null}\n'),
        ("async function () { return 'later'; }", b"later"),
        ("async function () {}", b""),
        ("function* () { yield 'one\\n'; yield {two: 2}; }", b'"one\\n"\n{"two":2}\n'),
        ("async function* () { yield 'one '; await null; yield 'two'; }", b'"one "\n"two"\n'),
        ("function () { return require('stream').Readable.from(['x', {y: 1}]); }", b'x{"y":1}\n'),
        ("function () { return require('fs').createReadStream('index.js', {end: 7}); }", b"module.e"),
        ("function (input, ...args) { return [this.config, args, process.cwd() === __dirname]; }", None),
        ("[() => [1, 2, 3], async function* (xs) { for await (const x of xs) yield x * 2; }]", b"2\n4\n6\n"),
    ],
)
def test_what_a_function_may_return(api: httpx.Client, source: str, output: bytes | None) -> None:
    run = start(api, pack_node(f"module.exports = {source};"), appConfig={"a": 1}, args=["x", 2])
    assert run.read() == (output if output is not None else b'{"a":1}\n["x",2]\ntrue\n')
    assert run.wait_for_end()["terminated"] == {"exitcode": 0, "reason": "Instance completed"}


@needs_node
@pytest.mark.parametrize(
    ("main", "source", "fields"),
    [
        ("index.mjs", "export default async function () { return 'esm'; }", {}),
        ("index.js", "import fs from 'node:fs'; export default () => 'esm';", {"type": "module"}),
        ("index.js", "const wait = await null; export default [() => 'esm'];", {"type": "module"}),
        ("index.cjs", "exports.default = () => 'esm';", {"type": "module"}),
    ],
)
def test_es_modules(api: httpx.Client, main: str, source: str, fields: dict[str, Any]) -> None:
    assert start(api, pack_node(source, main, **fields)).read() == b"esm"


@needs_node
@pytest.mark.parametrize(
    ("content_type", "sent", "got"),
    [
        ("text/plain", "ü one\ntwo".encode(), '["ü one\\ntwo"]\n'.encode()),
        ("application/octet-stream", b"\x00\xff", b'["00ff"]\n'),
        (NDJSON, b'{"a": 1}\n\n[2]\n"three"', b'[{"a":1},[2],"three"]\n'),
    ],
)
def test_what_the_input_gives(api: httpx.Client, content_type: str, sent: bytes, got: bytes) -> None:
    source = """
module.exports = async function (input) {
    const items = [];
    for await (const item of input) items.push(Buffer.isBuffer(item) ? item.toString("hex") : item);
    return [items];
};
"""
    run = start(api, pack_node(source))
    assert run.write(sent, content_type).status_code == 200
    assert run.read() == got


@needs_node
def test_a_stream_gives_back_what_it_gets(api: httpx.Client) -> None:
    source = "module.exports = input => input.pipe(new (require('stream').PassThrough)());"
    data = b"".join(b"%d\n" % number for number in range(100_000))
    run = start(api, pack_node(source))
    run.write(data[:1000], x_end_stream="false")
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == data[:1000]
    run.write(data[1000:])
    assert run.read() == data[1000:]


@needs_node
@pytest.mark.parametrize(
    ("source", "code", "reason"),
    [
        ("throw new Error('at load');", 22, "could not be loaded: Error: at load"),
        ("syntax error", 22, "SyntaxError"),
        ("module.exports = 7;", 22, "exports no function"),
        ("module.exports = () => { throw new TypeError('no luck'); };", 22, "TypeError: no luck"),
        ("module.exports = async () => { throw new Error('later'); };", 23, "Error: later"),
        ("module.exports = function* () { yield 'a'; throw new Error('halfway'); };", 23, "Error: halfway"),
        ("module.exports = () => require('fs').createReadStream('none');", 23, "ENOENT"),
        ("module.exports = function () { this.destroy(new Error('no use')); return this; };", 23, "no use"),
        ("module.exports = () => { setTimeout(() => { throw new Error('uncaught'); }, 5); };", 101, "Error: uncaught"),
        ("module.exports = () => { Promise.reject(new Error('rejected')); };", 101, "Error: rejected"),
        ("module.exports = () => process.exit(3);", 3, "Sequence exited with 3"),
        ("module.exports = () => process.abort();", 134, "signal 6"),
        ("module.exports = async input => { for await (const x of input); };", 23, "SyntaxError"),
    ],
)
def test_how_it_ends_when_it_fails(api: httpx.Client, source: str, code: int, reason: str) -> None:
    run = start(api, pack_node(source))
    if "of input" in source:
        run.write("{no json", NDJSON)
    ended = run.wait_for_end()
    assert ended["status"] == "errored"
    assert ended["terminated"]["exitcode"] == code, ended
    assert reason in ended["terminated"]["reason"]
    if "halfway" in source:
        assert run.read() == b'"a"\n'
    if code < 101 and code != 3:
        assert any(entry["level"] == "ERROR" and reason in entry["msg"] for entry in run.log()) or "no use" in reason


@needs_node
def test_one_that_returns_nothing_goes_on_while_it_has_work(api: httpx.Client) -> None:
    source = """
module.exports = function () {
    let count = 0;
    const timer = setInterval(() => { console.log(++count); if (count === 3) clearInterval(timer); }, 5);
};
"""
    run = start(api, pack_node(source))
    assert run.wait_for_end()["terminated"]["exitcode"] == 0
    assert run.read("stdout") == b"1\n2\n3\n"


@needs_node
def test_events_health_log_and_stop(api: httpx.Client) -> None:
    source = """
module.exports = function () {
    this.on("ping", message => this.emit("pong", { got: message }));
    this.addMonitoringHandler(async ({ healthy }) => ({ healthy: !healthy, id: this.instanceId }));
    this.addStopHandler(async (timeout, canKeepAlive) => { console.log("stopping", timeout, canKeepAlive); });
    this.logger.info("hello", { a: 1 });
    this.logger.error(new Error("oh"));
    return new (require("stream").PassThrough)();
};
"""
    run = start(api, pack_node(source))
    health = api.get(f"{run.path}/health").json()
    assert (health["healthy"], health["id"]) == (False, run.id)
    run.post("_event", {"eventName": "ping", "message": [0]})
    assert api.get(f"{run.path}/event/pong").json() == {"got": [0]}
    run.post("_stop", {"timeout": 3000})
    assert run.wait_for_end()["terminated"] == {"exitcode": 138, "reason": "Instance stopped"}
    assert run.read("stdout") == b"stopping 3000 false\n"
    entries = [entry for entry in run.log() if entry["from"] == "Sequence"]
    assert [(entry["level"], entry["msg"]) for entry in entries] == [("INFO", "hello"), ("ERROR", "Error: oh")]
    assert entries[0]["data"] == [{"a": 1}]


KILLED = """
module.exports = function () {
    this.addKillHandler(() => { console.log("killed"); });
    this.addKillHandler(async () => {
        await new Promise(resolve => setTimeout(resolve, 50));
        console.log("killed later");
    });
    this.addKillHandler(() => { throw new Error("no way out"); });
    this.addStopHandler(() => { console.log("stopped"); });
    process.on("exit", () => console.log("exit"));
    const output = new (require("stream").PassThrough)();
    output.write("up");
    return output;
};
"""


@needs_node
@pytest.mark.parametrize(
    ("command", "code", "stdout"),
    [
        ("_kill", 137, b"killed\nkilled later\nexit\n"),
        ("_stop", 138, b"stopped\nkilled\nkilled later\nexit\n"),
    ],
)
def test_kill_handlers_have_their_turn(api: httpx.Client, command: str, code: int, stdout: bytes) -> None:
    run = start(api, pack_node(KILLED))
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == b"up"
        assert run.post(command).status_code == 202
        assert run.post(command).status_code == 202
    ended = run.wait_for_end()
    assert (ended["status"], ended["terminated"]["exitcode"]) == ("completed", code)
    assert run.read("stdout") == stdout
    assert any("A kill handler failed: Error: no way out" in entry["msg"] for entry in run.log())


@needs_node
@pytest.mark.parametrize("handler", ["for (;;);", "return new Promise(() => {});"])
def test_a_kill_handler_that_does_not_end_is_ended(api: httpx.Client, handler: str) -> None:
    source = f"module.exports = function () {{ this.addKillHandler(() => {{ {handler} }}); return process.stdin; }};"
    run = start(api, pack_node(source))
    run.wait_for("running")
    run.post("_kill")
    assert run.wait_for_end()["terminated"] == {"exitcode": 137, "reason": "Instance killed"}


@needs_node
def test_nothing_keeps_a_state_and_a_stop_handler_may_try(api: httpx.Client) -> None:
    source = """
module.exports = function () {
    this.addStopHandler(() => { this.save({ a: 1 }); });
    return new (require("stream").PassThrough)();
};
"""
    run = start(api, pack_node(source))
    run.wait_for("running")
    run.post("_stop")
    assert run.wait_for_end()["terminated"] == {"exitcode": 138, "reason": "Instance stopped"}
    assert any("A Hub keeps no state" in entry["msg"] for entry in run.log())


@needs_node
def test_all_health_checks_have_to_agree(api: httpx.Client) -> None:
    source = """
module.exports = function () {
    this.addMonitoringHandler(({ healthy }) => ({ healthy, first: healthy }));
    this.addMonitoringHandler(async ({ first }) => ({ healthy: !first, second: first }));
    this.addMonitoringHandler(() => ({ healthy: true }));
    return new (require("stream").PassThrough)();
};
"""
    run = start(api, pack_node(source))
    run.wait_for("running")
    wanted = {"healthy": False, "first": True, "second": True}
    assert wait_until(lambda: wanted.items() <= api.get(f"{run.path}/health").json().items(), 15)


@needs_node
def test_keep_alive_prolongs_the_time(api: httpx.Client) -> None:
    source = """
module.exports = async function* () {
    let stopped;
    const stopping = new Promise(resolve => { stopped = resolve; });
    this.addStopHandler(() => { this.keepAlive(5000); stopped(); });
    yield "up";
    await stopping;
    await new Promise(resolve => setTimeout(resolve, 400));
    yield " and done";
};
"""
    run = start(api, pack_node(source))
    run.wait_for("running")
    run.post("_stop", {"timeout": 200, "canCallKeepalive": True})
    assert run.read() == b'"up"\n" and done"\n'


@needs_node
def test_topics(api: httpx.Client) -> None:
    producer = """
module.exports = [{ provides: "node-numbers", contentType: "application/x-ndjson" }, function* () {
    for (let number = 0; number < 10; number++) yield { number };
}];
"""
    consumer = """
module.exports = [{ requires: "node-numbers", contentType: "application/x-ndjson" }, async function (input) {
    let sum = 0;
    let count = 10;
    for await (const { number } of input) { sum += number; if (!--count) return sum; }
}];
"""
    takes, gives = start(api, pack_node(consumer)), start(api, pack_node(producer))
    assert takes.read() == b"45"
    assert (takes.wait_for_end()["requires"], gives.wait_for_end()["provides"]) == ("node-numbers", "node-numbers")
    assert gives.read() == b""
    api.delete("/topics/node-numbers")


@needs_node
def test_a_stream_may_tell_its_topic(api: httpx.Client) -> None:
    source = """
module.exports = function () {
    const output = require("stream").Readable.from(["a\\n", "b\\n"]);
    output.topic = "node-told";
    output.contentType = "text/plain";
    return output;
};
"""
    run = start(api, pack_node(source))
    assert run.wait_for_end()["provides"] == "node-told"
    with api.stream("GET", "/topic/node-told", headers={"content-type": "text/plain"}) as reply:
        assert next(reply.iter_bytes()) == b"a\nb\n"
    api.delete("/topics/node-told")


@needs_node
def test_its_hub(api: httpx.Client) -> None:
    source = "module.exports = async function () { return (await this.hub.getVersion()).apiVersion; };"
    assert start(api, pack_node(source)).read() == b"v1"


@needs_node
def test_the_place_it_runs_in(start_hub: Callable[..., HubProcess]) -> None:
    source = """
const { execFileSync } = require("child_process");
const fds = execFileSync("ls", ["/proc/self/fd"]).toString().split("\\n").filter(Boolean).length;
module.exports = () => [{ env: process.env, fds, pid: process.pid }];
"""
    # Isolated, it could not list /proc.
    with start_hub("--isolation", "none").client() as api:
        run = start(api, pack_node(source))
        seen = json.loads(run.read())
    assert seen["env"]["INSTANCE_ID"] == run.id
    assert seen["fds"] == 4  # the three standard ones and that of the listing: nothing leaks into children
    assert not {name for name in seen["env"] if name.startswith("SCRAMJET_")} & {"SCRAMJET_HUB_PORT", "SCRAMJET_TOKEN"}


@needs_node
def test_killing_ends_its_children_too(api: httpx.Client) -> None:
    source = """
const { spawn } = require("child_process");
module.exports = async function* () {
    const child = spawn("sh", ["-c", "setsid sleep 600 & echo $!; wait"]);
    const grandchild = await new Promise(resolve => child.stdout.on("data", data => resolve(Number(data))));
    yield [process.pid, child.pid, grandchild];
    await new Promise(() => setTimeout(() => {}, 1e6));
};
"""
    run = start(api, pack_node(source))
    with api.stream("GET", f"{run.path}/output") as reply:
        pids = json.loads(next(reply.iter_lines()))
    assert all(psutil.pid_exists(pid) for pid in pids)
    run.post("_kill")
    run.wait_for_end()
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


@needs_node
def test_many_small_items_and_one_large(api: httpx.Client) -> None:
    source = """
module.exports = function* (input, count) {
    for (let number = 0; number < count; number++) yield number;
    yield "x".repeat(3e7);
};
"""
    read = start(api, pack_node(source), args=[200_000]).read()
    assert read == b"".join(b"%d\n" % number for number in range(200_000)) + b'"' + b"x" * 30_000_000 + b'"\n'


@needs_node
def test_a_memory_limit_holds(api: httpx.Client) -> None:
    source = "module.exports = () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); };"
    ended = start(api, pack_node(source), limits={"memory": 64}).wait_for_end()
    assert ended["status"] == "errored"
    # V8 ends itself, or where the Hub may create control groups, the kernel ends it.
    assert ended["terminated"]["exitcode"] in (134, 137)


def test_a_hub_without_node_says_so(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    hub = start_hub(environment={"PATH": str(tmp_path)})
    with hub.client() as api:
        sequence = upload(api, pack_node("module.exports = () => 1;"))
        reply = api.post(f"/sequence/{sequence}/start", json={})
        assert reply.status_code == 422
        assert "no node on its PATH" in reply.json()["error"]
        assert wait_until(lambda: api.get("/instances").json() == [], 1)


@needs_node
def test_it_starts_soon(api: httpx.Client) -> None:
    sequence = upload(api, pack_node("module.exports = () => 'up';"))
    begun = time.monotonic()
    assert start(api, sequence).read() == b"up"
    assert time.monotonic() - begun < 5


@needs_node
@pytest.mark.parametrize("given", ["'x'", "['x']", "require('stream').Readable.from(['x'])"])
def test_the_output_ends_before_what_goes_on_after_it(api: httpx.Client, given: str) -> None:
    source = f"""
module.exports = function () {{
    this.on("end", () => {{ clearInterval(timer); console.log("later"); }});
    const timer = setInterval(() => {{}}, 1000);
    return {given};
}};
"""
    run = start(api, pack_node(source))
    assert run.read().strip(b'"\n') == b"x"
    assert run.info()["status"] == "running"
    run.post("_event", {"eventName": "end"})
    assert run.wait_for_end()["terminated"] == {"exitcode": 0, "reason": "Instance completed"}
    assert run.read("stdout") == b"later\n"


@needs_node
@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("input => input", b"1\n2\n3\n{no json\n4\n"),
        ("input => input.map(x => x)", b"1\n2\n3\n{no json\n4\n"),
        ("[function* () { yield 1; yield 2; yield 3; throw new Error('no json'); }, xs => xs]", b""),
        ("[function* () { yield 1; yield 2; yield 3; throw new Error('no json'); }, xs => xs.map(x => x)]", b""),
        ("[() => [1, 2, 3, 'x'], xs => xs.map(x => JSON.parse(x))]", b""),
    ],
)
def test_what_came_before_a_failure_arrives(api: httpx.Client, source: str, sent: bytes) -> None:
    run = start(api, pack_node(f"module.exports = {source};"))
    if sent:
        run.write(sent, NDJSON)
    assert run.read() == b"1\n2\n3\n"
    assert run.wait_for_end()["terminated"]["exitcode"] == 23
