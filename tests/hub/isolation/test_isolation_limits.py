"""Resource limits of isolated Instances, and what happens beyond them."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.hub.isolation.available import ISOLATIONS
from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_files, pack_python
from tests.support.runs import Run, start, upload
from tests.support.tools import left_out, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

PROCESSES = 60
FILES = 80
FILE_SIZE = 1_000_000
OPTIONS = (
    *("--instance-processes", str(PROCESSES)),
    *("--instance-files", str(FILES)),
    *("--instance-file-size", str(FILE_SIZE)),
    *("--instance-cpu-time", "1"),
)
SOURCE = """
import json, os, signal, sys, time

def fork():
    children = []
    try:
        for _ in range(300):
            child = os.fork()
            if not child:
                time.sleep(600)
            children.append(child)
        return "no limit"
    except OSError as error:
        return [len(children), error.errno]
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

def open_files():
    files = []
    try:
        while len(files) < 5000:
            files.append(open(os.devnull))
        return "no limit"
    except OSError as error:
        return [len(files), error.errno]

def write():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open(os.environ["SCRAMJET_INSTANCE_DIR"] + "/big", "wb", buffering=0) as file:
        try:
            for _ in range(1000):
                file.write(bytes(10_000))
            return "no limit"
        except OSError as error:
            return [file.tell(), error.errno]

def burn():
    while True:
        pass

def fill():
    # Together more than the limit, each for itself less.
    children = []
    for _ in range(5):
        child = os.fork()
        if not child:
            held = bytearray(40_000_000)
            time.sleep(600)
        children.append(child)
    _, status = os.waitpid(-1, 0)
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return os.waitstatus_to_exitcode(status)

def run(context, input, deed, *_):
    return json.dumps(globals()[deed]())

if __name__ == "__main__":
    print(run(None, None, sys.argv[1]))
"""
NODE = """
const { spawnSync } = require("node:child_process");
module.exports = (input, deed, python) => {
    const child = spawnSync(python, ["-I", "main.py", deed], { encoding: "utf8" });
    return child.stdout.trim() || JSON.stringify(child.signal ?? child.stderr);
};
"""
MANIFEST = {"name": "limits", "version": "1.0.0", "main": "index.js", "engines": {"node": ">=18"}}
LANGUAGES = ["python", pytest.param("node", marks=needs("node"))]


@pytest.fixture(scope="module", params=ISOLATIONS)
def limited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a Hub with limits, for each isolation."""
    folder = tmp_path_factory.mktemp("limited")
    with HubProcess(folder, "--isolation", request.param, *OPTIONS) as hub, hub.client() as api:
        yield api


@pytest.fixture(scope="module")
def sequences(limited: httpx.Client) -> dict[str, str]:
    node = {"main.py": SOURCE.encode(), "index.js": NODE.encode(), "package.json": json.dumps(MANIFEST).encode()}
    return {"python": upload(limited, pack_python(SOURCE)), "node": upload(limited, pack_files(node))}


def deed(api: httpx.Client, sequence: str, name: str, **options: Any) -> Run:
    return start(api, sequence, args=[name, sys.executable], **options)


def result(api: httpx.Client, sequence: str, name: str) -> list[int]:
    run = deed(api, sequence, name)
    output = run.read()
    assert output, run.read("stderr").decode()
    decoded = json.loads(output)
    told: list[int] = json.loads(decoded) if isinstance(decoded, str) else decoded
    return told


def needs_limit(api: httpx.Client, name: str) -> None:
    if name not in api.get("/config").json()["isolation"]["limits"]:
        pytest.skip(left_out(f"a control group or user namespace that limits {name}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fork_bomb_ends_at_the_limit(limited: httpx.Client, sequences: dict[str, str], language: str) -> None:
    needs_limit(limited, "processes")
    count, error = result(limited, sequences[language], "fork")
    assert 0 < count <= PROCESSES
    assert error == 11


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_process_opens_no_more_files(limited: httpx.Client, sequences: dict[str, str], language: str) -> None:
    count, error = result(limited, sequences[language], "open_files")
    assert 0 < count <= FILES
    assert error == 24


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_grows_no_larger(limited: httpx.Client, sequences: dict[str, str], language: str) -> None:
    size, error = result(limited, sequences[language], "write")
    assert size == FILE_SIZE
    assert error == 27


def test_a_process_that_computes_too_long_is_killed(limited: httpx.Client, sequences: dict[str, str]) -> None:
    run = deed(limited, sequences["python"], "burn")
    assert wait_until(lambda: run.info()["status"] == "errored", 60)
    assert run.info()["terminated"]["exitcode"] in (128 + signal.SIGXCPU, 128 + signal.SIGKILL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_processes_share_one_limit_of_memory(
    limited: httpx.Client, sequences: dict[str, str], language: str
) -> None:
    needs_limit(limited, "memory")
    run = deed(limited, sequences[language], "fill", limits={"memory": 120})
    output = run.read()
    # The kernel kills one of the processes, or all.
    assert output in (b"-9", b'"-9"\n', b"") or b"SIGKILL" in output, output


def test_a_daemon_ends_with_its_instance(limited: httpx.Client, tmp_path: Path) -> None:
    label = f"daemon-of-{tmp_path}"
    source = (
        "import os, sys, time\n"
        "def run(context, input, label):\n"
        "    if not os.fork():\n"
        "        os.setsid()\n"
        "        if os.fork():\n"
        "            os._exit(0)\n"
        "        os.execve(sys.executable, [sys.executable, '-I', '-c', 'import time; time.sleep(3600)', label], {})\n"
        "    os.wait()\n"
        "    context.emit('started', 1)\n"
        "    time.sleep(3600)\n"
    )
    run = start(limited, pack_python(source), args=[label])
    assert limited.get(f"{run.path}/event/started").status_code == 200
    assert wait_until(lambda: daemons(label), 20)
    run.post("_kill")
    run.wait_for_end()
    assert not daemons(label)


def daemons(label: str) -> list[int]:
    return [process.pid for process in psutil.process_iter(["cmdline"]) if label in (process.info["cmdline"] or ())]
