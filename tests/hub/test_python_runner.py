"""Python Sequences of all shapes, run by a real Hub."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.packages import pack, pack_python
from tests.support.runs import start

if TYPE_CHECKING:
    import httpx


def test_a_plain_function_returns_a_text(api: httpx.Client) -> None:
    run = start(api, pack("plain"), appConfig={"name": "you"}, args=["x", 2])
    assert run.read() == b"Hello, you ('x', 2)\n"
    assert run.wait_for_end()["terminated"] == {"exitcode": 0, "reason": "Instance completed"}


def test_a_coroutine_returns_an_iterable(api: httpx.Client) -> None:
    run = start(api, pack("coroutine"))
    assert run.write("1\n20\n300").status_code == 200
    assert run.read() == b"sum: 321\n"


def test_a_generator_with_packages_of_its_own(api: httpx.Client) -> None:
    run = start(api, pack("generator"), args=[4])
    assert run.read() == b"1\n2\n3\n4\n"
    assert run.wait_for_end()["status"] == "completed"


def test_an_async_generator_gives_back_lines_as_they_came(api: httpx.Client) -> None:
    text = "one\n\r\ntwo \u2028 still two\nlast without end".encode() + b"\xff"
    run = start(api, pack("echo"))
    run.write(text)
    assert run.read() == text


@pytest.mark.parametrize("name", ["framework", "lazy_framework"])
def test_streams_of_the_framework(api: httpx.Client, name: str) -> None:
    run = start(api, pack(name))
    run.write("yes\nno\nmaybe\n")
    assert run.read() == {"framework": b"YES\nMAYBE\n", "lazy_framework": b"<yes><no><maybe>"}[name]
    assert run.wait_for_end()["status"] == "completed"


def test_bytes_in_and_out(api: httpx.Client) -> None:
    data = bytes(range(256)) * 1000
    run = start(api, pack("binary"))
    run.write(data, "application/octet-stream")
    assert run.read() == bytes(255 - byte for byte in data)


@pytest.mark.parametrize("content_type", ["application/x-ndjson", "text/x-ndjson; charset=UTF-8"])
def test_objects_in_and_out(api: httpx.Client, content_type: str) -> None:
    sent = [0, "", None, {"a": [1.5, "ü"]}]
    run = start(api, pack("records"))
    run.write("\n\n".join(json.dumps(item) for item in sent), content_type)
    assert [json.loads(line) for line in run.read().splitlines()] == [{"got": item} for item in sent]


@pytest.mark.parametrize(
    ("result", "output"),
    [
        ("None", b""),
        ("'text'", b"text"),
        ("b'\\x00\\xff'", b"\x00\xff"),
        ("{'a': 1}", b'{"a":1}\n'),
        ("7", b"7\n"),
        ("['a', b'b', 3, {'c': None}, None]", b'ab3\n{"c":null}\n'),
        ("(word for word in ('x', 'y'))", b"xy"),
        ("range(3)", b"0\n1\n2\n"),
        ("open('package.json')", json.dumps({"name": "test"}).encode()[:9]),
    ],
)
def test_what_a_function_may_return(api: httpx.Client, result: str, output: bytes) -> None:
    run = start(api, pack_python(f"def run(context, input):\n    return {result}\n"))
    read = run.read()
    assert read.startswith(output) if result.startswith("open") else read == output
    assert run.wait_for_end()["status"] == "completed"


def test_an_object_may_tell_its_topic_and_type(api: httpx.Client) -> None:
    source = """
class Items:
    provides = {"provides": "told-by-result", "contentType": "text/x-ndjson"}
    def __iter__(self):
        yield from [1, {"two": 2}]

async def run(context, input):
    return Items()
"""
    run = start(api, pack_python(source))
    assert run.wait_for_end()["provides"] == "told-by-result"
    with api.stream("GET", "/topic/told-by-result", headers={"content-type": "text/x-ndjson"}) as reply:
        assert next(reply.iter_bytes()) == b'1\n{"two": 2}\n'
    api.delete("/topics/told-by-result")


def test_what_is_given_first_arrives_while_the_rest_is_made(api: httpx.Client) -> None:
    source = "import time\ndef run(context, input):\n    yield 'first'\n    time.sleep(60)\n"
    run = start(api, pack_python(source))
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == b"first"
    assert run.post("_kill").status_code == 202
    run.wait_for_end()


LATE_ERROR = """
import asyncio
def late():
    1 / 0
def run(context, input):
    asyncio.get_running_loop().call_later(0.01, late)
    return asyncio.get_running_loop().create_future()
"""
STREAM_ERROR = """
from scramjet.streams import Stream
def run(context, input):
    return Stream.read_from([1, 0]).map(lambda x: str(1 / x))
"""


def test_failing_at_start(api: httpx.Client) -> None:
    run = start(api, pack("fails_at_start"))
    ended = run.wait_for_end()
    assert ended["status"] == "errored"
    assert ended["terminated"] == {"exitcode": 22, "reason": "Sequence failed on start: RuntimeError: no luck"}
    assert b'raise RuntimeError("no luck")' in run.read("stderr")
    assert any(entry["level"] == "ERROR" and "no luck" in entry["msg"] for entry in run.log())


def test_failing_halfway_gives_what_there_was(api: httpx.Client) -> None:
    run = start(api, pack("fails_halfway"))
    assert run.read() == b"one\ntwo\n"
    ended = run.wait_for_end()
    assert (ended["status"], ended["terminated"]["exitcode"]) == ("errored", 23)
    assert "ran out of numbers" in ended["terminated"]["reason"]
    assert any("ran out of numbers" in str(entry.get("data")) for entry in run.log())


@pytest.mark.parametrize(
    ("source", "code", "reason"),
    [
        ("raise ValueError('at import')", 22, "ValueError: at import"),
        ("this is no Python", 22, "SyntaxError"),
        ("import not_there_at_all", 22, "No module named 'not_there_at_all'"),
        ("walk = 1", 22, "main.py has no function run(context, input, *args)"),
        ("def run():\n    pass", 22, "TypeError"),
        ("async def run(context, input):\n    raise KeyError('k')", 23, "KeyError: 'k'"),
        ("async def run(context, input):\n    context.emit('x', object())", 23, "TypeError"),
        ("def run(context, input):\n    yield 1\n    raise OSError('gone')", 23, "OSError: gone"),
        ("def run(context, input):\n    return [float('nan')]", 23, "ValueError"),
        ("import sys\ndef run(context, input):\n    sys.exit(3)", 3, "Sequence exited with 3"),
        ("import sys\nasync def run(context, input):\n    sys.exit('because')", 1, "because"),
        ("import os\ndef run(context, input):\n    os._exit(9)", 9, "Sequence exited with 9"),
        ("import os, signal\ndef run(context, input):\n    os.kill(os.getpid(), signal.SIGSEGV)", 139, "signal 11"),
        ("import os, signal\ndef run(context, input):\n    os.kill(os.getpid(), signal.SIGKILL)", 137, "signal 9"),
        ("def run(context, input):\n    context.destroy('no use')", 23, "no use"),
        (LATE_ERROR, 101, "ZeroDivisionError"),
        (STREAM_ERROR, 23, "ZeroDivisionError"),
    ],
)
def test_how_it_ends_when_it_fails(api: httpx.Client, source: str, code: int, reason: str) -> None:
    run = start(api, pack_python(source))
    ended = run.wait_for_end()
    assert ended["status"] == "errored"
    assert ended["terminated"]["exitcode"] == code, ended
    assert reason in ended["terminated"]["reason"]


@pytest.mark.parametrize("way_out", ["context.end()", "sys.exit()", "sys.exit(0)"])
def test_ending_early_is_no_failure(api: httpx.Client, way_out: str) -> None:
    source = f"""
import asyncio, sys
async def run(context, input):
    yield "some"
    {way_out}
    await asyncio.sleep(60)
"""
    run = start(api, pack_python(source))
    assert run.read() == b"some"
    assert run.wait_for_end()["terminated"]["exitcode"] == 0


def test_bad_input_is_told(api: httpx.Client) -> None:
    run = start(api, pack("records"))
    run.write('{"a":1}\n{"b":\n', "application/x-ndjson")
    assert run.read() == b'{"got": {"a": 1}}\n'
    assert "JSONDecodeError" in run.wait_for_end()["terminated"]["reason"]


def test_the_standard_streams_are_the_process_s_own(api: httpx.Client) -> None:
    source = """
import subprocess, sys
def run(context, input):
    print("asked")
    for line in sys.stdin:
        print("got", line, end="")
    print("warned", file=sys.stderr)
    subprocess.run(["sh", "-c", "echo shell; echo shell >/dev/stderr"], check=True)
    return "done"
"""
    run = start(api, pack_python(source))
    assert run.write("a\n", None, to="stdin", x_end_stream="false").status_code == 202
    assert run.write("b\n", "application/octet-stream", to="stdin").status_code == 200
    assert run.read() == b"done"
    assert run.read("stdout") == b"asked\ngot a\ngot b\nshell\n"
    assert run.read("stderr") == b"warned\nshell\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[await sys.stdin.read() for _ in range(6)]", "['a\\r\\n', 'b\\n', 'c\\n', 'd', None, None]"),
        ("[line async for line in sys.stdin]", "['a\\r\\n', 'b\\n', 'c\\n', 'd']"),
        ("[await sys.stdin.readline() for _ in range(5)]", "['a\\r\\n', 'b\\n', 'c\\n', 'd', '']"),
        ("await sys.stdin.readlines()", "['a\\r\\n', 'b\\n', 'c\\n', 'd']"),
        ("[await sys.stdin.read(4), await sys.stdin.readline(1)]", "['a\\r\\nb', '\\n']"),
        ("await sys.stdin.map(str.upper).to_list()", "['A\\r\\n', 'B\\n', 'C\\n', 'D']"),
        ("await Stream.read_from(sys.stdin).to_list()", "['a\\r\\n', 'b\\n', 'c\\n', 'd']"),
        ("await asyncio.wait_for(sys.stdin.read(), 60)", "'a\\r\\n'"),
        ("await asyncio.gather(*(sys.stdin.read() for _ in range(2)))", "['a\\r\\n', 'b\\n']"),
        ("[await asyncio.create_task(sys.stdin.readline()), await one()]", "['a\\r\\n', 'b\\n']"),
        ("[await (lambda: sys.stdin.read())(), await asyncio.to_thread(sys.stdin.readline)]", "['a\\r\\n', 'b\\n']"),
        ("[*sys.stdin]", "['a\\n', 'b\\n', 'c\\n', 'd']"),
        ("sys.stdin.read()", "'a\\nb\\nc\\nd'"),
        ("[sys.stdin.read(3), sys.stdin.readline(), sys.stdin.readlines()]", "['a\\nb', '\\n', ['c\\n', 'd']]"),
        ("[builtins.input(), next(sys.stdin), sys.stdin.readline(), sys.stdin.read()]", "['a', 'b\\n', 'c\\n', 'd']"),
        ("[sys.stdin.readline(), await sys.stdin.read(), builtins.input()]", "['a\\n', 'b\\n', 'c']"),
        ("[(await anext(aiter(sys.stdin))), *sys.stdin]", "['a\\r\\n', 'b\\n', 'c\\n', 'd']"),
        ("list(csv.reader(sys.stdin))", "[['a'], ['b'], ['c'], ['d']]"),
        ("[sys.stdin.buffer.read(), isinstance(sys.stdin, io.TextIOBase)]", "[b'a\\r\\nb\\nc\\nd', True]"),
        ("hasattr(sys.stdin, 'nothing') or sys.stdin.isatty() or sys.stdin.fileno()", "0"),
    ],
)
def test_stdin_is_a_file_and_a_stream(api: httpx.Client, body: str, said: str) -> None:
    source = f"""
import asyncio, builtins, csv, io, sys
from scramjet.streams import Stream

async def one():
    line = sys.stdin.read()
    return await line

async def run(context, input):
    return repr({body})
"""
    run = start(api, pack_python(source))
    for part, ends in (("a\r", "false"), ("\nb\nc", "false"), ("\nd", "true")):
        run.write(part, None, to="stdin", x_end_stream=ends)
    assert run.read() == said.encode()


def test_waiting_for_stdin_keeps_nothing_else_waiting(api: httpx.Client) -> None:
    source = """
import asyncio, sys
from scramjet.streams import Stream

async def run(context, input):
    asked = asyncio.Event()
    context.on("go on", lambda _: asked.set())
    tasks = [asyncio.create_task(sys.stdin.read()), asyncio.create_task(Stream.read_from(sys.stdin).to_list())]
    print("waiting")
    await asked.wait()
    try:
        await asyncio.wait_for(sys.stdin.readline(), 0.01)
    except TimeoutError:
        print("too early")
    context.emit("went on")
    return repr([await task for task in tasks])
"""
    run = start(api, pack_python(source))
    with api.stream("GET", f"{run.path}/stdout") as reply:
        assert next(reply.iter_bytes()) == b"waiting\n"
    run.post("_event", {"eventName": "go on"})
    assert api.get(f"{run.path}/event/went%20on").status_code == 200
    run.write("one\ntwo\n", None, to="stdin")
    assert run.read() == b"['one\\n', ['two\\n']]"
    assert run.read("stdout") == b"too early\n"


@pytest.mark.parametrize("command", ["_kill", "_stop"])
def test_what_a_program_does_at_its_end_is_done(api: httpx.Client, command: str) -> None:
    source = """
import asyncio, atexit
atexit.register(print, "at exit")

async def other():
    try:
        await asyncio.sleep(600)
    finally:
        await asyncio.sleep(0.01)
        print("other ends")

async def run(context, input):
    task = asyncio.create_task(other())
    try:
        yield "up"
        await asyncio.sleep(600)
    finally:
        print("ends")
"""
    run = start(api, pack_python(source))
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == b"up"
        run.post(command)
    assert run.wait_for_end()["terminated"]["exitcode"] in (137, 138)
    assert sorted(run.read("stdout").splitlines()) == [b"at exit", b"ends", b"other ends"]


@pytest.mark.parametrize("parameters", ["", "timeout", "timeout, can_keep_alive", "*args", "timeout, *args, x=1"])
def test_a_stop_handler_takes_what_it_wants(api: httpx.Client, parameters: str) -> None:
    source = f"""
import asyncio
async def run(context, input):
    def stop({parameters}):
        print(sorted(locals()))
    context.set_stop_handler(stop)
    yield "up"
    await asyncio.sleep(600)
"""
    run = start(api, pack_python(source))
    with api.stream("GET", f"{run.path}/output") as reply:
        assert next(reply.iter_bytes()) == b"up"
        run.post("_stop")
    assert run.wait_for_end()["terminated"] == {"exitcode": 138, "reason": "Instance stopped"}
    names = [name.strip(" *").partition("=")[0] for name in parameters.split(",") if name]
    assert run.read("stdout").decode() == f"{sorted(names)}\n"


def test_the_log(api: httpx.Client) -> None:
    source = """
import logging
def run(context, input):
    context.logger.trace("t %s", 1)
    context.logger.debug("d")
    context.logger.info("i")
    context.logger.warn("w")
    logging.getLogger("other").error("e")
    try:
        1 / 0
    except ZeroDivisionError:
        context.logger.exception("x")
    context.logger.fatal("f")
"""
    run = start(api, pack_python(source))
    run.wait_for_end()
    entries = [entry for entry in run.log() if entry["from"] in ("Sequence", "other")]
    assert [(entry["level"], entry["msg"]) for entry in entries] == [
        ("TRACE", "t 1"),
        ("DEBUG", "d"),
        ("INFO", "i"),
        ("WARN", "w"),
        ("ERROR", "e"),
        ("ERROR", "x"),
        ("FATAL", "f"),
    ]
    assert "ZeroDivisionError" in entries[5]["data"][0]
    assert abs(entries[0]["ts"] / 1000 - time.time()) < 60


def test_the_place_it_runs_in(api: httpx.Client) -> None:
    source = """
import contextlib, json, os, sys
def is_open(fd):
    with contextlib.suppress(OSError):
        return bool(os.fstat(fd))
def run(context, input):
    return json.dumps({
        "cwd": os.getcwd(), "env": dict(os.environ), "path": sys.path, "argv": sys.argv, "id": context.instance_id,
        "pid": os.getpid(), "sid": os.getsid(0), "pgid": os.getpgid(0),
        "hub": [name for name in sys.modules if name.startswith("scramjet_hub") and "runners" not in name],
        "fds": [fd for fd in range(1024) if is_open(fd)],
    })
"""
    run = start(api, pack_python(source))
    seen = json.loads(run.read())
    info = run.info()
    folder = info["sequence"]["config"]["sequenceDir"]
    assert seen["cwd"] == folder
    assert seen["path"][:2] == [folder, f"{folder}/__pypackages__"]
    assert "" not in seen["path"]
    assert not any(path.endswith("/hub") for path in seen["path"][:2])
    assert seen["id"] == seen["env"]["INSTANCE_ID"] == run.id
    assert seen["env"]["SCRAMJET_HUB_URL"] == str(api.base_url).rstrip("/")
    assert seen["pid"] == seen["sid"] == seen["pgid"]
    assert seen["hub"] == ["scramjet_hub"]
    # The standard ones, the channels, its own folder of /proc if isolated, and the event loop's own three.
    assert len(seen["fds"]) <= 11, seen["fds"]


def test_a_clean_start_every_time(api: httpx.Client) -> None:
    source = """
import builtins, random, sys
def run(context, input):
    seen = getattr(builtins, "left_over", None)
    builtins.left_over = "here"
    sys.path.append("left over")
    return f"{seen} {'left over' in sys.path[:-1]} {random.random()}"
"""
    package = pack_python(source)
    first, second = start(api, package).read(), start(api, package).read()
    assert first.startswith(b"None False")
    assert second.startswith(b"None False")
    assert first != second


def test_many_small_items_are_not_lost(api: httpx.Client) -> None:
    count = 200_000
    sources = (
        "async def run(context, input, count):\n    for n in range(count):\n        yield f'{n}\\n'\n",
        "def run(context, input, count):\n    return [f'{n}\\n' for n in range(count)]\n",
    )
    for source in sources:
        read = start(api, pack_python(source), args=[count]).read()
        assert read == b"".join(b"%d\n" % number for number in range(count))


def test_a_large_item_and_a_slow_reader(api: httpx.Client) -> None:
    source = "async def run(context, input):\n    yield b'x' * 20_000_000\n    yield b'end'\n"
    run = start(api, pack_python(source))
    size = 0
    with api.stream("GET", f"{run.path}/output") as reply:
        for number, chunk in enumerate(reply.iter_bytes()):
            size += len(chunk)
            if number < 5:
                time.sleep(0.02)
    assert size == 20_000_003


def test_the_runner_says_what_it_lacks() -> None:
    program = "from scramjet_hub.runners.python.main import main; raise SystemExit(main())"
    ran = subprocess.run([sys.executable, "-c", program], env={}, capture_output=True, check=False, timeout=20)
    assert ran.returncode == 20
    assert b"Bad file descriptor" in ran.stderr


@pytest.mark.parametrize("daemon", [False, True])
def test_threads_may_finish_but_need_not(api: httpx.Client, daemon: bool) -> None:
    source = f"""
import threading, time
done = threading.Event()
def work():
    print("working")
    done.wait(600 if {daemon} else 0.05)
    print("finished")
def run(context, input):
    threading.Thread(target=work, daemon={daemon}).start()
    return "x"
"""
    run = start(api, pack_python(source))
    assert run.wait_for_end()["terminated"]["exitcode"] == 0
    assert run.read("stdout") == (b"working\n" if daemon else b"working\nfinished\n")
