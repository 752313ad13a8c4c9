"""Instances from their start to their end, and that nothing of them stays."""

from __future__ import annotations

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.support.hub_process import wait_until
from tests.support.packages import pack, pack_python
from tests.support.runs import start, upload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from tests.support.hub_process import HubProcess

FOR_EVER = """
import asyncio
async def run(context, input):
    yield "up"
    await asyncio.get_running_loop().create_future()
"""

STOPPABLE = """
import asyncio
async def run(context, input, *args):
    async def stop(timeout, can_keep_alive):
        print("stopping", timeout, can_keep_alive)
        await asyncio.sleep(0.01)
        print("stopped")
    context.set_stop_handler(stop)
    yield "up"
    await asyncio.get_running_loop().create_future()
"""


def test_what_the_api_shows_along_the_way(api: httpx.Client) -> None:
    sequence = upload(api, pack("echo"))
    run = start(api, sequence, appConfig={"a": 1}, args=[1], limits={"memory": 512}, instanceName="one")
    running = run.wait_for("running")
    assert running["id"] == run.id
    assert running["instanceName"] == "one"
    assert running["appConfig"] == {"a": 1}
    assert running["args"] == [1]
    assert running["limits"] == {"memory": 512}
    assert running["sequence"]["id"] == sequence
    assert running["created"] <= running["started"]
    assert "ended" not in running
    assert "terminated" not in running
    assert api.get("/instance/one").json() == run.info()
    assert [item["id"] for item in api.get("/instances").json()].count(run.id) == 1
    assert api.get(f"/sequence/{sequence}/instances").json() == [run.id]
    run.write(b"")
    ended = run.wait_for_end()
    assert ended["ended"] >= ended["started"]
    assert api.get(f"/sequence/{sequence}/instances").json() == []
    assert api.delete(f"/sequence/{sequence}").status_code == 200


def test_ids_and_names_are_unique(api: httpx.Client) -> None:
    sequence = upload(api, pack_python(FOR_EVER))
    wanted = str(uuid.uuid4())
    run = start(api, sequence, instanceId=wanted, instanceName="only")
    assert run.id == wanted
    for body in ({"instanceId": wanted}, {"instanceName": "only"}):
        reply = api.post(f"/sequence/{sequence}/start", json=body)
        assert (reply.status_code, "already exists" in reply.json()["error"]) == (409, True)
    run.post("_kill", {"removeImmediately": True})
    assert wait_until(lambda: api.get(run.path).status_code == 404, 5)
    again = start(api, sequence, instanceId=wanted, instanceName="only")
    again.post("_kill")
    again.wait_for_end()


def test_a_missing_file_is_told_at_start(api: httpx.Client) -> None:
    reply = api.post(f"/sequence/{upload(api, pack_python('', main='lost.py'))}/start", json={})
    assert reply.status_code == 400
    assert "Sequence entrypoint path lost.py is invalid" in reply.json()["error"]


def test_stopping_runs_the_handlers(api: httpx.Client) -> None:
    run = start(api, pack_python(STOPPABLE))
    run.wait_for("running")
    begun = time.monotonic()
    reply = run.post("_stop", {"timeout": 7000})
    assert (reply.status_code, reply.json()["status"]) == (202, "stopping")
    ended = run.wait_for_end()
    assert time.monotonic() - begun < 3
    assert ended["status"] == "completed"
    assert ended["terminated"] == {"exitcode": 138, "reason": "Instance stopped"}
    assert run.read("stdout") == b"stopping 7.0 False\nstopped\n"
    assert run.read() == b"up"


def test_stopping_without_a_body_and_asking_again(api: httpx.Client) -> None:
    run = start(api, pack_python(STOPPABLE))
    run.wait_for("running")
    assert api.post(f"{run.path}/_stop").status_code == 202
    assert run.post("_stop").status_code in (202, 400)
    assert run.wait_for_end()["terminated"]["exitcode"] == 138
    for command, body in (("_stop", {}), ("_kill", {}), ("_monitoring_rate", {"monitoringRate": 500})):
        reply = run.post(command, body)
        assert (reply.status_code, reply.json()) == (400, {"error": "Instance not running"})
    assert run.info()["status"] == "completed"


def test_what_does_not_stop_is_killed(api: httpx.Client) -> None:
    run = start(api, pack_python("import time\ndef run(context, input):\n    time.sleep(600)\n"))
    run.wait_for("running")
    begun = time.monotonic()
    run.post("_stop", {"timeout": 200})
    ended = run.wait_for_end()
    assert 0.15 < time.monotonic() - begun < 5
    assert ended["status"] == "completed"
    assert ended["terminated"] == {"exitcode": 137, "reason": "Instance killed: it did not stop in time"}


KEEP_ALIVE = """
import asyncio
async def run(context, input):
    stopping = asyncio.Event()
    async def stop(timeout, can_keep_alive):
        await context.keep_alive(5)
        stopping.set()
    context.set_stop_handler(stop)
    yield "up"
    await stopping.wait()
    await asyncio.sleep(0.4)
    yield " and done"
"""


def test_keep_alive_prolongs_the_time(api: httpx.Client) -> None:
    run = start(api, pack_python(KEEP_ALIVE))
    run.wait_for("running")
    run.post("_stop", {"timeout": 200, "canCallKeepalive": True})
    assert run.read() == b"up and done"
    assert run.wait_for_end()["terminated"]["exitcode"] == 0


def test_keep_alive_does_not_help_unless_allowed(api: httpx.Client) -> None:
    run = start(api, pack_python(KEEP_ALIVE))
    run.wait_for("running")
    run.post("_stop", {"timeout": 5000, "canCallKeepalive": False})
    assert run.read() == b"up"
    assert run.wait_for_end()["terminated"]["exitcode"] == 138


def test_a_stop_handler_that_fails_is_told(api: httpx.Client) -> None:
    source = """
import asyncio
async def run(context, input):
    async def stop(timeout, can_keep_alive):
        raise RuntimeError("cannot stop")
    context.set_stop_handler(stop)
    await asyncio.get_running_loop().create_future()
"""
    run = start(api, pack_python(source))
    run.wait_for("running")
    run.post("_stop")
    assert run.wait_for_end()["terminated"] == {
        "exitcode": 138,
        "reason": "A stop handler failed: RuntimeError: cannot stop",
    }


@pytest.mark.parametrize("status", ["initializing", "running", "stopping"])
def test_killing_works_at_any_time(api: httpx.Client, status: str) -> None:
    run = start(api, pack_python("import time\ndef run(context, input):\n    time.sleep(600)\n"))
    if status != "initializing":
        run.wait_for("running")
    if status == "stopping":
        run.post("_stop", {"timeout": 60000})
    reply = run.post("_kill")
    assert (reply.status_code, reply.json()["status"]) == (202, "killing")
    ended = run.wait_for_end()
    assert (ended["status"], ended["terminated"]) == ("completed", {"exitcode": 137, "reason": "Instance killed"})


def test_killing_removes_at_once_if_asked_to(api: httpx.Client) -> None:
    run = start(api, pack_python(FOR_EVER))
    run.wait_for("running")
    run.post("_kill", {"removeImmediately": True})
    assert wait_until(lambda: api.get(run.path).status_code == 404, 5)
    assert api.get(f"{run.path}/log").status_code == 404


DESCENDANTS = """
import os, subprocess, sys, time
ESCAPE = '''
import os, sys, time
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
print(os.getpid(), flush=True)
os.close(1)
time.sleep(600)
'''
def run(context, input, how):
    child = subprocess.Popen(["sleep", "600"])
    grandchild = subprocess.Popen(["sh", "-c", "sleep 600 & echo $!; wait"], stdout=subprocess.PIPE)
    daemon = subprocess.Popen([sys.executable, "-c", ESCAPE], stdout=subprocess.PIPE)
    pids = [child.pid, grandchild.pid, int(grandchild.stdout.readline()), int(daemon.stdout.readline())]
    yield " ".join(map(str, [os.getpid(), *pids])) + "\\n"
    if how == "wait":
        time.sleep(600)
    if how == "crash":
        os.abort()
    if how == "exit":
        os._exit(0)
"""


@pytest.mark.parametrize("how", ["wait", "crash", "exit", "return"])
def test_children_of_children_end_with_it(api: httpx.Client, how: str) -> None:
    run = start(api, pack_python(DESCENDANTS), args=[how])
    with api.stream("GET", f"{run.path}/output") as reply:
        pids = [int(pid) for pid in next(reply.iter_lines()).split()]
    assert len(pids) == 5
    if how == "wait":
        assert all(psutil.pid_exists(pid) for pid in pids)
        run.post("_kill")
    run.wait_for_end()
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


def test_nothing_outlives_a_hub_that_is_killed(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        run = start(api, pack_python(DESCENDANTS), args=["wait"])
        with api.stream("GET", f"{run.path}/output") as reply:
            pids = [int(pid) for pid in next(reply.iter_lines()).split()]
    hub.kill()
    assert wait_until(lambda: not [pid for pid in pids if psutil.pid_exists(pid)], 5)
    hub.start()  # it clears away what the one before could not


def test_a_hub_that_stops_lets_stop_handlers_run(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    witness = tmp_path / "open" / "witness"
    witness.parent.mkdir()
    hub = start_hub("--isolation-write", str(witness.parent))
    source = """
import asyncio, pathlib
async def run(context, input, path):
    async def stop(timeout, can_keep_alive):
        pathlib.Path(path).write_text(f"{timeout > 1}")
    context.set_stop_handler(stop)
    await asyncio.get_running_loop().create_future()
"""
    with hub.client() as api:
        start(api, pack_python(source), args=[str(witness)]).wait_for("running")
    assert hub.stop() == 0
    assert witness.read_text() == "True"


def test_a_hub_whose_spawner_died_starts_another(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        run = start(api, pack_python(FOR_EVER))
        run.wait_for("running")
        spawner = psutil.Process(api.get(f"{run.path}/health").json()["processId"]).parent()
        assert spawner is not None
        spawner.kill()
        ended = run.wait_for_end()
        assert (ended["status"], ended["terminated"]["exitcode"]) == ("errored", 20)
        assert start(api, pack("plain"), appConfig={"name": "you"}).read() == b"Hello, you ()\n"


def test_one_that_blocks_its_thread_is_not_healthy(api: httpx.Client) -> None:
    run = start(api, pack_python("import sys\ndef run(context, input):\n    return sys.stdin.read()\n"))
    health = api.get(f"{run.path}/health", timeout=30).json()
    assert (health["healthy"], psutil.pid_exists(health["processId"])) == (False, True)
    run.post("_kill")


def test_finished_ones_are_forgotten_after_a_while(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--instance-lifetime", "0.3")
    with hub.client() as api:
        run = start(api, pack_python("def run(context, input):\n    return 'left'\n"))
        run.wait_for_end()
        assert run.read() == b"left"
        assert wait_until(lambda: api.get(run.path).status_code == 404, 5)
        assert api.get("/instances").json() == []


def test_the_oldest_finished_ones_are_forgotten_when_they_hold_too_much(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--finished-memory", "250000")
    with hub.client() as api:
        sequence = upload(api, pack_python("def run(context, input):\n    return b'x' * 100_000\n"))
        runs = [start(api, sequence) for _ in range(4)]
        for run in runs:
            run.wait_for_end()
        assert wait_until(lambda: len(api.get("/instances").json()) == 2, 10)
        # What the others hold fits, and stays.
        kept = [run for run in runs if api.get(run.path).status_code == 200]
        assert [len(run.read()) for run in kept] == [100_000, 100_000]


def test_what_is_being_read_is_read_to_its_end(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--instance-lifetime", "0.2")
    size = 3_000_000
    with hub.client() as api, hub.client() as other:
        run = start(api, pack_python(f"def run(context, input):\n    return b'x' * {size}\n"))
        with api.stream("GET", f"{run.path}/output") as reply:
            chunks = reply.iter_bytes(chunk_size=1000)
            read = 0
            while read < size - 2_000_000:
                read += len(next(chunks))
            # By now the Instance has written all, and ends; what is left is in the Hub and on its way.
            assert wait_until(lambda: other.get(run.path).status_code == 404, 10)
            assert read + sum(map(len, chunks)) == size


def test_no_more_than_the_hub_is_set_up_for(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--max-instances", "2")
    with hub.client() as api:
        sequence = upload(api, pack_python(FOR_EVER))
        runs = [start(api, sequence) for _ in range(2)]
        reply = api.post(f"/sequence/{sequence}/start", json={})
        assert reply.status_code == 507
        assert "2 Instances run" in reply.json()["error"]
        runs[0].post("_kill")
        runs[0].wait_for_end()
        start(api, sequence)


def test_a_memory_limit_holds(api: httpx.Client) -> None:
    run = start(api, pack_python("def run(context, input):\n    return bytes(400_000_000)\n"), limits={"memory": 100})
    assert "MemoryError" in run.wait_for_end()["terminated"]["reason"]


def test_its_token_dies_with_it(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--token", "hub-secret", environment={"MY_SECRET": "s", "SCRAMJET_HUB_CORS_ORIGIN": "http://x"})
    hub.token = "hub-secret"
    source = """
import json, os
async def run(context, input):
    yield json.dumps(dict(os.environ))
    [x async for x in input]
"""
    with hub.client() as api:
        run = start(api, pack_python(source))
        with api.stream("GET", f"{run.path}/output") as reply:
            environ = next(reply.iter_bytes())
        assert b"hub-secret" not in environ
        assert b"MY_SECRET" not in environ
        assert b"CORS" not in environ
        own = {"authorization": f"Bearer {json.loads(environ)['SCRAMJET_HUB_TOKEN']}"}
        assert api.get("/sequences", headers=own).status_code == 200
        run.write(b"")
        run.wait_for_end()
        assert api.get("/sequences", headers=own).status_code == 401


def test_its_own_client_reaches_its_hub(api: httpx.Client) -> None:
    source = """
async def run(context, input):
    async with context.hub as hub:
        return (await hub.get_version()).api_version + "\\n"
"""
    run = start(api, pack_python(source))
    assert run.read() == b"v1\n", run.read("stderr").decode()


def test_deleting_a_sequence_kills_its_instances_if_asked_to(api: httpx.Client) -> None:
    sequence = upload(api, pack_python(FOR_EVER))
    runs = [start(api, sequence) for _ in range(3)]
    pids = [api.get(f"{run.path}/health").json()["processId"] for run in runs]
    assert api.delete(f"/sequence/{sequence}").status_code == 409
    assert api.delete(f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"}).status_code == 200
    assert [api.get(run.path).status_code for run in runs] == [404] * 3
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


@pytest.mark.parametrize("path", ["", "/health", "/stdout", "/output", "/log", "/event/x", "/once", "/events/x"])
def test_an_unknown_instance_is_404(api: httpx.Client, path: str) -> None:
    reply = api.get(f"/instance/none{path}")
    assert (reply.status_code, reply.json()) == (404, {"error": "Instance none not found"})


def test_many_at_once(api: httpx.Client) -> None:
    sequence = upload(api, pack("echo"))
    runs = [start(api, sequence) for _ in range(30)]
    for number, run in enumerate(runs):
        assert run.write(f"{number}").status_code == 200
    assert [run.read() for run in runs] == [b"%d" % number for number in range(30)]
    assert {run.wait_for_end()["status"] for run in runs} == {"completed"}


def test_what_starts_while_a_sequence_is_deleted_by_force_ends_too(
    start_hub: Callable[..., HubProcess], tmp_path: Path
) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    source = f"""
import asyncio, atexit, pathlib
folder = pathlib.Path({str(folder)!r})
async def run(context, input):
    def dying():
        (folder / "dying").touch()
        while not (folder / "die").exists():
            pass
    atexit.register(dying)
    (folder / "running").touch()
    await asyncio.sleep(600)
"""
    with start_hub("--isolation-write", str(folder)).client() as api:
        first = start(api, pack_python(source))
        sequence = first.info()["sequence"]["id"]
        assert wait_until((folder / "running").exists, 30)
        with ThreadPoolExecutor(1) as background:
            deletion = background.submit(api.delete, f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"})
            assert wait_until((folder / "dying").exists, 30)
            late = api.post(f"/sequence/{sequence}/start", json={})
            (folder / "die").touch()
            assert deletion.result(30).status_code == 200
        assert late.status_code == 200
        assert api.get("/sequences").json() == []
        assert late.json()["id"] not in {instance["id"] for instance in api.get("/instances").json()}
