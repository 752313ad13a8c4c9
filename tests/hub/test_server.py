"""The beginning and the end of a Hub."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest
from scramjet_hub import handlers
from scramjet_hub.handlers import OPERATIONS
from scramjet_serving import description
from scramjet_serving.description import DescriptionError
from scramjet_serving.routing import Router

from scripts.servers.hub import COMMAND
from scripts.servers.wire import connect
from tests.support.archives import files, manifest, targz
from tests.support.hub_process import HubProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

assert handlers


def start(api: httpx.Client, source: str, **body: object) -> str:
    """Start a Sequence with this source and wait until it runs; the id of the Instance."""
    uploaded = api.post("/sequence", content=targz(files({"package.json": manifest(), "main.py": source})))
    instance = api.post(f"/sequence/{uploaded.json()['id']}/start", json=body).json()["id"]
    assert wait_until(lambda: api.get(f"/instance/{instance}").json()["status"] == "running", 10)
    return str(instance)


STOPPING = """
import asyncio

async def run(context, input):
    async def on_stop(timeout, can_keep_alive):
        {action}
        with open({path!r}, "w") as file:
            file.write("stopped in order")
    context.set_stop_handler(on_stop)
    yield "ready"
    await asyncio.sleep(3600)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_although_streams_are_open(
    start_hub: Callable[..., HubProcess], number: signal.Signals
) -> None:
    hub = start_hub()
    with connect(hub) as log, connect(hub) as topic, connect(hub) as upload, connect(hub) as idle:
        log.send("GET /api/v1/log HTTP/1.1\nHost: localhost\n\n")
        topic.send("GET /api/v1/topic/x HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n\n")
        upload.send("POST /api/v1/sequence HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n")
        idle.send("GET /api/v1/version HTTP/1.1\nHost: localhost\n\n")
        assert idle.read_reply().status == 200
        assert (log.read_head()[0], topic.read_head()[0]) == (200, 200)
        started = time.monotonic()
        assert hub.stop(number) == 0

        # Well within what it says: nothing ran that would have had to be waited for.
        assert time.monotonic() - started < 5
        # Both streams were ended, not cut.
        assert topic.read_chunk() == b""
        while log.read_chunk():
            pass


def test_it_drains(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    hub = start_hub("--isolation-write", str(tmp_path))
    trace = tmp_path / "trace"
    with hub.client() as api:
        instance = start(api, STOPPING.format(action="await asyncio.sleep(1)", path=str(trace)))
        sequence = api.get(f"/instance/{instance}").json()["sequence"]["id"]
        hub.process.send_signal(signal.SIGTERM)
        assert wait_until(lambda: api.get("/health").status_code == 503, 5)

        refused = api.post(f"/sequence/{sequence}/start")
        assert (refused.status_code, "stopping" in refused.json()["error"]) == (503, True)
        assert int(refused.headers["retry-after"]) > 0
        assert api.post("/sequence", content=b"x").status_code == 503
        # It still tells what it does.
        assert api.get(f"/instance/{instance}").json()["status"] == "stopping"
        assert hub.process.wait(10) == 0
    assert trace.read_text() == "stopped in order"


def test_stop_handlers_have_their_time_and_no_more(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    hub = start_hub("--isolation-write", str(tmp_path), "--drain-timeout", "1")
    trace = tmp_path / "trace"
    with hub.client() as api:
        start(api, STOPPING.format(action="await asyncio.sleep(60)", path=str(trace)))
        started = time.monotonic()
        assert hub.stop() == 0
    assert 1 <= time.monotonic() - started < 10
    assert not trace.exists()


def test_a_second_signal_does_not_wait(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    hub = start_hub("--isolation-write", str(tmp_path), "--drain-timeout", "60")
    with hub.client() as api:
        start(api, STOPPING.format(action="await asyncio.sleep(60)", path=str(tmp_path / "trace")))
        hub.process.send_signal(signal.SIGTERM)
        assert wait_until(lambda: api.get("/health").status_code == 503, 5)
        started = time.monotonic()
        assert hub.stop(signal.SIGINT) == 0
    assert time.monotonic() - started < 5


BUSY = """
import subprocess, sys, time

def run(context, input):
    for _ in range(2):
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"], start_new_session=True)
    yield "ready"
    time.sleep(3600)
"""


def marked(hub: HubProcess) -> set[int]:
    """Processes that run for a Hub's Instances: what watches over them, runners and what those have started."""
    found = set()
    for process in psutil.process_iter():
        try:
            environment = process.environ()
        except psutil.Error:
            continue
        if environment.get("SCRAMJET_HUB_DIR") == str(hub.data_dir) and process.status() != psutil.STATUS_ZOMBIE:
            found.add(process.pid)
    return found


def children_of_sequence(hub: HubProcess) -> int:
    """How many of the processes that `BUSY` starts are there."""
    count = 0
    for pid in marked(hub):
        with contextlib.suppress(psutil.Error):
            count += "time.sleep(3600)" in " ".join(psutil.Process(pid).cmdline())
    return count


def test_nothing_outlives_a_hub_that_is_killed(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        start(api, BUSY)
        assert wait_until(lambda: children_of_sequence(hub) == 2, 10)
    hub.stop(signal.SIGKILL)
    assert wait_until(lambda: not marked(hub), 10)
    # What is left in the folder is for the next one to clear away.
    start_hub()


def test_a_new_hub_ends_what_outlived_the_last_one(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        start(api, BUSY)
        assert wait_until(lambda: children_of_sequence(hub) == 2, 10)
    family = psutil.Process(hub.process.pid).children()
    for process in (psutil.Process(hub.process.pid), *family):
        process.suspend()
    # Both the Hub and what watches over its Instances; neither can do anything about the other's end.
    for process in (*family, psutil.Process(hub.process.pid)):
        process.kill()
    hub.process.wait()
    (hub.data_dir / "work" / ("0" * 32)).write_text("half a package")
    # The others had somebody to tell them; these have nobody any more.
    assert wait_until(lambda: len(marked(hub)) == children_of_sequence(hub) == 2, 10)
    left = marked(hub)
    start_hub()
    assert wait_until(lambda: not marked(hub) & left, 5)


def test_only_one_hub_works_in_a_folder(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    second = subprocess.run(
        [COMMAND, "--port", "0", "--data-dir", hub.data_dir], capture_output=True, text=True, check=False, timeout=20
    )

    assert second.returncode == 2
    assert f"process {hub.process.pid}" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [COMMAND, "--port", port, "--data-dir", tmp_path / "other"], capture_output=True, text=True, check=False
        )

    assert done.returncode == 2
    assert done.stderr.startswith(f"scramjet-hub: Cannot listen on 127.0.0.1:{port}: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [COMMAND, "--port", "0", "--data-dir", tmp_path / "file" / "data"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert str(tmp_path / "file" / "data") in done.stderr
    assert len(done.stderr.splitlines()) == 1


CRIPPLED = """
import sys
from scramjet_hub import cli, handlers
from scramjet_hub.handlers import OPERATIONS
{crime}
sys.exit(cli.main(["--port", "0", "--data-dir", {path!r}]))
"""


@pytest.mark.parametrize(
    ("crime", "complaint"),
    [
        ('del OPERATIONS["getLoad"]', "no handler for the operation getLoad"),
        ('OPERATIONS["getLoads"] = OPERATIONS["getLoad"]', "no operation for the handler getLoads"),
    ],
)
def test_a_missing_or_superfluous_handler_keeps_it_from_starting(tmp_path: Path, crime: str, complaint: str) -> None:
    program = CRIPPLED.format(crime=crime, path=str(tmp_path / "data"))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=20)

    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr


def test_operations_of_others_need_no_handler() -> None:
    served = {operation.id for operation in description.load("hub").operations}

    assert "getSpaceVersion" not in served
    assert served == set(OPERATIONS)


def test_both_kinds_of_difference_are_named() -> None:
    described = description.load("hub")
    others = {name: handler for name, handler in OPERATIONS.items() if name != "getVersion"}
    with pytest.raises(DescriptionError, match="operation getVersion; no operation for the handler nonsense"):
        Router(described, {**others, "nonsense": OPERATIONS["getVersion"]})


def test_it_does_not_wait_for_who_does_not_read_its_stderr(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    command = [str(COMMAND), "--port", "0", "--data-dir", str(tmp_path / "data"), "--access-log"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=write_end) as process:
        os.close(write_end)
        assert process.stdout is not None
        url = process.stdout.readline().decode().split()[-1]
        with httpx.Client(base_url=url, trust_env=False) as client:
            for _ in range(1500):
                assert client.get("/version").status_code == 200
        process.terminate()
        assert process.wait(10) == 0
    os.close(read_end)


def test_it_may_open_as_many_files_as_the_system_allows(tmp_path: Path) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # With the usual limit of a shell, 1024, this many connections would be too many.
    limited = ("sh", "-c", 'ulimit -S -n 256; exec "$@"', "sh", str(COMMAND))
    with HubProcess(tmp_path, command=limited) as hub, contextlib.ExitStack() as connections:
        assert psutil.Process(hub.process.pid).rlimit(psutil.RLIMIT_NOFILE)[0] == min(hard, 65536)
        wires = [connections.enter_context(connect(hub)) for _ in range(400)]
        for wire in wires:
            wire.send("GET /api/v1/log HTTP/1.1\nHost: localhost\n\n")
        for wire in wires:
            assert wire.read_head()[0] == 200


def test_uploads_end_with_the_hub(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    noise = os.urandom(1 << 20)
    body = targz(files({"package.json": manifest(), **{f"f{n}": noise for n in range(40)}}))
    replies: list[int] = []

    def upload() -> None:
        try:
            with hub.client() as client:
                replies.append(client.post("/sequence", content=body).status_code)
        except httpx.HTTPError:
            replies.append(0)

    threads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert wait_until(lambda: list((hub.data_dir / "work").iterdir()), 10)
    assert hub.stop() == 0
    for thread in threads:
        thread.join()
    assert set(replies) <= {0, 200, 503}
    assert len(list((hub.data_dir / "sequences").iterdir())) == replies.count(200)
