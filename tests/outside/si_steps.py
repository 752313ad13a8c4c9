"""Takes `si`, the command line of Scramjet, through every command that has to do with a Hub.

It has to be the leader of a session: `si` keeps what `-` stands for by session, and forgets it with the leader.
Each step is a line of JSON on stdout: {step} or {step, error}.

Left out is what 0.26.1 only has for a Platform (`hub create`, `use`, `list`, `info`, all of `space`),
and what says that it is to be implemented (`topic create`, `topic delete`).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tarfile
import threading
import time
import traceback
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NODE, CLI, URL, OTHER_URL, PACKAGES = sys.argv[1:]
PATIENCE = 40.0
STEPS: list[Callable[[], None]] = []

# What steps leave for later ones: ids by name, and what runs while others are taken.
kept: dict[str, str] = {}
running: dict[str, subprocess.Popen[str]] = {}


def step(play: Callable[[], None]) -> Callable[[], None]:
    """Make a function one of the steps, in the order in which they are written."""
    STEPS.append(play)
    return play


def begin(*arguments: str, home: str = "") -> subprocess.Popen[str]:
    """Run `si` and go on at once."""
    environ = {**os.environ, **({"HOME": home, "TMPDIR": home} if home else {})}
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([NODE, CLI, *arguments], text=True, env=environ, **pipes)


def si(*arguments: str, stdin: str = "", code: int = 0, home: str = "") -> str:
    """Run `si` to its end; what it printed."""
    with begin(*arguments, home=home) as process:
        out, err = process.communicate(stdin, timeout=PATIENCE)
    assert process.returncode == code, f"si {' '.join(arguments)} gave {process.returncode}:\n{out}{err}"
    return out


def told(*arguments: str, **options: Any) -> Any:
    """Run `si` to its end; the JSON that it printed last."""
    return json.loads(si(*arguments, **options).splitlines()[-1])


@contextlib.contextmanager
def following(*arguments: str) -> Iterator[Iterator[str]]:
    """Run `si` for as long as its lines are wanted."""
    with begin(*arguments) as process:
        try:
            yield iter(process.stdout or ())
        finally:
            process.kill()


def ask(path: str, body: Any = None, base: str = URL) -> Any:
    """Ask the Hub without `si`: for what takes long with it, and to see what it did."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}/{path}", data, {"Content-Type": "application/json"})  # noqa: S310 - http
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310 - http
        return json.load(reply)


def until(holds: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"not so within {PATIENCE} seconds"
        time.sleep(0.02)


def ended(instance: str) -> int:
    """Wait for the end of an Instance; its exit code."""
    until(lambda: ask(f"instance/{instance}")["status"] in ("completed", "errored"))
    return int(ask(f"instance/{instance}")["terminated"]["exitcode"])


def unpacked(name: str) -> str:
    """A folder with a Sequence."""
    folder = Path.cwd() / name
    if not folder.exists():
        with tarfile.open(f"{PACKAGES}/{name}.tar.gz") as archive:
            archive.extractall(folder, filter="data")
    return str(folder)


def start(name: str, *arguments: str) -> str:
    """Send and start a Sequence; the id of the Instance."""
    kept[name] = told("seq", "send", f"{PACKAGES}/{name}.tar.gz")["_id"]
    return str(told("seq", "start", kept[name], *arguments)["_id"])


@step
def the_version_of_si() -> None:
    assert si("--version").strip() == "CLI version: 0.26.1"


@step
def config_set_api_url() -> None:
    si("config", "set", "apiUrl", URL)


@step
def config_set_log() -> None:
    si("config", "set", "log", "--format", "json")


@step
def config_print() -> None:
    printed = told("config", "print")
    assert printed["apiUrl"] == URL
    assert printed["log"]["format"] == "json"


@step
def another_hub_begins_to_be_pruned() -> None:
    # It waits for fifteen seconds by itself: others go on meanwhile.
    home = str(Path.cwd() / "other")
    Path(home).mkdir()
    si("config", "set", "json", json.dumps({"apiUrl": OTHER_URL}), home=home)
    si("seq", "deploy", f"{PACKAGES}/node-bell.tar.gz", home=home)
    si("seq", "send", f"{PACKAGES}/python-hello.tar.gz", home=home)
    assert len(ask("instances", base=OTHER_URL)) == 1
    running["prune"] = begin("seq", "prune", "--force", home=home)


@step
def hub_version() -> None:
    assert told("hub", "version")["apiVersion"] == "v1"


@step
def hub_load() -> None:
    assert told("hub", "load")["memFree"] > 0


@step
def hub_logs() -> None:
    with following("hub", "logs") as lines:
        assert json.loads(next(lines))["msg"]


@step
def seq_list_of_nothing() -> None:
    assert told("seq", "list") == []


@step
def seq_prune_of_nothing() -> None:
    assert si("seq", "prune") == ""


@step
def seq_pack() -> None:
    si("seq", "pack", unpacked("node-settings"), "--output", "packed.tar.gz")
    with tarfile.open("packed.tar.gz") as archive:
        assert {"package.json", "main.js"} <= {name.removeprefix("./") for name in archive.getnames()}


@step
def seq_pack_to_stdout() -> None:
    command = [NODE, CLI, "seq", "pack", unpacked("python-settings"), "--stdout"]
    Path("stdout.tar.gz").write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    with tarfile.open("stdout.tar.gz") as archive:
        assert {"package.json", "main.py"} <= {name.removeprefix("./") for name in archive.getnames()}


@step
def seq_send_of_what_was_packed_last() -> None:
    kept["node-settings"] = told("seq", "send", "-")["_id"]


@step
def seq_send_of_a_file() -> None:
    kept["python-settings"] = told("seq", "send", f"{PACKAGES}/python-settings.tar.gz")["_id"]


@step
def seq_send_of_what_is_no_package() -> None:
    Path("no-package").write_text("x")
    si("seq", "send", "no-package")
    assert len(ask("sequences")) == 2


@step
def seq_get() -> None:
    assert told("seq", "get", "-")["config"]["name"] == "python-settings"


@step
def seq_get_of_nothing() -> None:
    error = told("seq", "get", "nope", code=1)
    assert (error["code"], error["apiStatusCode"]) == ("NOT_FOUND", "404")


@step
def seq_use() -> None:
    si("seq", "use", kept["node-settings"])
    assert told("seq", "get", "-")["id"] == kept["node-settings"]


@step
def seq_list() -> None:
    assert [one["id"] for one in told("seq", "ls")] == [kept["node-settings"], kept["python-settings"]]


@step
def seq_start_with_configuration_and_arguments() -> None:
    told("seq", "start", "-", "--config-string", '{"a": [1]}', "--args", '["x", 2]')
    assert told("inst", "output", "-") == {"config": {"a": [1]}, "args": ["x", 2]}


@step
def seq_start_with_a_configuration_file_and_limits() -> None:
    Path("config.json").write_text('{"from": "a file"}')
    told("seq", "start", kept["python-settings"], "--config-file", "config.json", "--limits", '{"memory": 256}')
    assert told("inst", "output", "-") == {"config": {"from": "a file"}, "args": []}
    assert told("inst", "info", "-")["limits"] == {"memory": 256}


@step
def seq_start_of_nothing() -> None:
    si("seq", "start", "nope", code=1)


@step
def inst_list_and_use() -> None:
    kept["bell"] = start("python-bell")
    told("seq", "start", kept["node-settings"])
    si("inst", "use", kept["bell"])
    assert kept["bell"] in [one["id"] for one in told("inst", "list")]


@step
def inst_info() -> None:
    until(lambda: ask(f"instance/{kept['bell']}")["status"] == "running")
    info = told("inst", "info", "-")
    assert (info["id"], info["status"]) == (kept["bell"], "running")


@step
def inst_info_of_nothing() -> None:
    assert told("inst", "info", "nope", code=1)["apiStatusCode"] == "404"


@step
def inst_health() -> None:
    until(lambda: ask(f"instance/{kept['bell']}/health")["healthy"])
    assert told("inst", "health", "-")["healthy"] is True


@step
def inst_event_emit_and_on() -> None:
    assert told("inst", "event", "emit", "-", "ping", '{"a": 1}') == {"accepted": "OK"}
    # `si` sends the payload as text.
    assert told("inst", "event", "on", "-", "pong") == '{"a": 1}'


@contextlib.contextmanager
def repeated(event: str, message: Any) -> Iterator[None]:
    """Send an event again and again: who waits for the next one has to wait before it comes, and nothing tells when."""
    enough = threading.Event()

    def send() -> None:
        while not enough.wait(0.02):
            ask(f"instance/{kept['bell']}/_event", {"eventName": event, "message": message})

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield
    finally:
        enough.set()
        sender.join()


@step
def inst_event_on_next() -> None:
    with repeated("other", "again"):
        assert told("inst", "event", "on", "-", "reply", "--next") == "again"


@step
def inst_event_on_stream() -> None:
    with repeated("ping", {"n": 1}), following("inst", "event", "on", "-", "pong", "--stream") as lines:
        assert [next(lines), next(lines)] == ['{"n":1}\n'] * 2


@step
def inst_log() -> None:
    ask(f"instance/{kept['bell']}/_event", {"eventName": "log", "message": "heard of it"})
    with following("inst", "log", "-") as lines:
        assert any("heard of it" in line for line in lines)


@step
def inst_kill() -> None:
    assert told("inst", "kill", "-")["status"] == "killing"
    assert ended(kept["bell"]) == 137


@step
def inst_kill_of_what_has_ended() -> None:
    assert told("inst", "kill", "-", code=1)["apiStatusCode"] == "400"


@step
def inst_input_from_stdin_and_from_a_file() -> None:
    Path("input.txt").write_text("from a file\n")
    for language in ("python", "node"):
        start(f"{language}-echo")
        si("inst", "input", "-", stdin="from stdin\n")
        si("inst", "input", "-", "input.txt", "--end")
        assert si("inst", "output", "-") == "from stdin\nfrom a file\n"


@step
def inst_input_of_records() -> None:
    start("node-echo")
    si("inst", "input", "-", "--content-type", "application/x-ndjson", "--end", stdin='{"a":1}\n[2]\n')
    assert si("inst", "output", "-") == '{"a":1}\n[2]\n'


@step
def inst_stdin_stdout_and_stderr() -> None:
    Path("stdin.txt").write_text("one\ntwo\n")
    start("python-stdio")
    si("inst", "stdin", "-", "stdin.txt")
    assert si("inst", "stdout", "-") == "one\ntwo\nend of stdin\n"
    assert si("inst", "stderr", "-") == "[one]\n[two]\n"


@step
def inst_stdio() -> None:
    start("node-stdio")
    with begin("inst", "stdio", "-") as process:
        out, err = process.communicate("one\n", timeout=PATIENCE)
    assert (out, err) == ("one\nend of stdin\n", "[one]\n")


@step
def inst_stop() -> None:
    for language in ("python", "node"):
        instance = start(f"{language}-patient")
        with following("inst", "output", "-") as lines:
            assert next(lines) == "waiting\n"
            assert told("inst", "stop", "-", "5000")["status"] == "stopping"
            # `si` allows for keep-alive.
            assert next(lines) in ("stop 5000 true\n", "stop 5 true\n", "stop 5.0 true\n")
            assert next(lines) == "stopped\n"
        ended(instance)


@step
def inst_stop_of_what_is_stubborn() -> None:
    instance = start("python-stubborn")
    until(lambda: ask(f"instance/{instance}")["status"] == "running")
    told("inst", "stop", "-", "100")
    assert ended(instance) == 137


@step
def seq_deploy_of_a_folder() -> None:
    told("seq", "deploy", unpacked("python-settings"), "--args", '["deployed"]')
    assert told("inst", "output", "-") == {"config": {}, "args": ["deployed"]}


@step
def seq_run_of_a_package() -> None:
    Path("config.json").write_text('{"from": "a file"}')
    si("seq", "run", f"{PACKAGES}/node-settings.tar.gz", "--config-file", "config.json")
    assert told("inst", "output", "-") == {"config": {"from": "a file"}, "args": []}


@step
def topic_send_and_get() -> None:
    Path("topic.txt").write_text("one\ntwo\n")
    si("topic", "send", "sent", "topic.txt")
    with following("topic", "get", "sent") as lines:
        assert [next(lines), next(lines)] == ["one\n", "two\n"]


@step
def topic_get_before_send() -> None:
    with following("topic", "get", "early") as lines:
        until(lambda: any(topic["topic"] == "early" for topic in ask("topics")))
        si("topic", "send", "early", stdin="from stdin\n")
        assert next(lines) == "from stdin\n"


@step
def topic_send_of_records() -> None:
    si("topic", "send", "records", "--content-type", "application/x-ndjson", stdin='{"a":1}\n')
    with following("topic", "get", "records", "--content-type", "application/x-ndjson") as lines:
        assert next(lines) == '{"a":1}\n'


@step
def topic_send_of_another_type() -> None:
    si("topic", "send", "records", stdin="x\n", code=1)


@step
def topic_ls() -> None:
    types = {topic["topic"]: topic["contentType"] for topic in told("topic", "ls")}
    assert types == {"sent": "text/plain", "early": "text/plain", "records": "application/x-ndjson"}


@step
def topics_given_at_start() -> None:
    instance = start("node-echo", "--input-topic", "in", "--output-topic", "out")
    until(lambda: ask(f"instance/{instance}")["status"] == "running")
    with following("topic", "get", "out") as lines:
        si("topic", "send", "in", stdin="one\n")
        assert next(lines) == "one\n"
    info = told("inst", "info", "-")
    assert (info["requires"], info["provides"]) == ("in", "out")
    kept["tied"] = instance


@step
def util_log_format() -> None:
    record = json.dumps({"level": "INFO", "msg": "to be formatted", "ts": 1661330645068, "from": "Host"})
    assert "to be formatted" in si("util", "log-format", "--no-color", stdin=f"{record}\n")


@step
def seq_delete_of_what_is_in_use() -> None:
    assert told("seq", "delete", kept["node-echo"], code=1)["apiStatusCode"] == "409"


@step
def seq_delete() -> None:
    si("seq", "delete", kept["node-settings"])
    assert kept["node-settings"] not in [one["id"] for one in ask("sequences")]


@step
def seq_prune() -> None:
    si("seq", "prune")
    assert [one["id"] for one in ask("sequences")] == [kept["node-echo"]]
    si("inst", "kill", kept["tied"])
    ended(kept["tied"])
    si("seq", "prune")
    assert ask("sequences") == []


@step
def seq_prune_by_force() -> None:
    with running["prune"] as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, out + err
    assert ask("sequences", base=OTHER_URL) == []
    assert ask("instances", base=OTHER_URL) == []


def main() -> None:
    """Take all steps."""
    for play in STEPS:
        outcome = {"step": play.__name__.replace("_", " ")}
        try:
            play()
        except Exception:  # noqa: BLE001 - whatever goes wrong, it is told and the next step follows
            outcome["error"] = traceback.format_exc()
        print(json.dumps(outcome), flush=True)


main()
