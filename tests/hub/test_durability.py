"""Stored data is on the disk and whole; if it is not, clients are told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from scripts.servers.hub import COMMAND
from tests.support.archives import entry, files, manifest, package, targz
from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

RUNS = "def run(context, input):\n    yield 'whole'\n"


def upload(api: httpx.Client, body: bytes, name: str | None = None) -> str:
    reply = api.post("/sequence", content=body, headers={"x-name": name} if name else {})
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


def stored(hub: HubProcess) -> Path:
    """The folder of the only package."""
    (folder,) = (hub.data_dir / "sequences").iterdir()
    return folder


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte was changed": (lambda package: flip(package / "lib" / "data"), "lib/data is not what was uploaded"),
    "the module was changed": (lambda package: flip(package / "main.py"), "main.py is not what was uploaded"),
    "a file was cut off": (lambda package: os.truncate(package / "lib" / "data", 10), "lib/data is not what"),
    "a file is empty": (lambda package: os.truncate(package / "main.py", 0), "main.py is not what was uploaded"),
    "a file is gone": (lambda package: (package / "lib" / "data").unlink(), "lib/data cannot be read"),
    "all is gone": (shutil.rmtree, "cannot be read"),
    "a link leads elsewhere": (lambda package: relink(package / "link"), "link is not what was uploaded"),
}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def relink(path: Path) -> None:
    path.unlink()
    path.symlink_to("package.json")


LINKED = targz(
    [
        *files({"package.json": manifest(), "main.py": RUNS, "lib/data": "x" * 3_000_000}),
        (entry("link", b"2", link="main.py"), b""),
    ]
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_package_is_found_out_and_not_started(start_hub: Callable[..., HubProcess], damage: str) -> None:
    spoil, told = DAMAGES[damage]
    hub = start_hub()
    with hub.client() as api:
        sequence = upload(api, LINKED, "named")
    hub.stop()
    spoil(stored(hub) / "package")
    hub = start_hub()
    with hub.client() as api:
        reply = api.post("/sequence/named/start")
        assert (reply.status_code, told in reply.json()["error"]) == (422, True), reply.text
        assert told in api.get(f"/sequence/{sequence}").json()["config"]["damaged"]
        assert f"{sequence} is damaged" in hub.stderr
        assert told in hub.stderr
        assert api.get("/health").json() == {"healthy": True}
        # It can be made whole again.
        assert api.put("/sequence/named", content=LINKED).status_code == 200
        assert api.post("/sequence/named/start").status_code == 200
        assert api.delete("/sequence/named", headers={"x-seq-kill-inst": "true"}).status_code == 200


@pytest.mark.parametrize("content", ["{", "", "[]", '{"id": "x"}', '{"a":' * 251 + "1" + "}" * 251, "changed", "other"])
def test_a_damaged_record_is_named_and_left_alone(start_hub: Callable[..., HubProcess], content: str) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence = upload(api, package(), "named")
    hub.stop()
    record = stored(hub) / "sequence.json"
    if content == "changed":
        content = record.read_text().replace('"named"', '"nomed"')
    if content == "other":
        content = json.dumps({**json.loads(record.read_text()), "id": "0" * 36, "checksum": None})
    record.write_text(content)
    hub = start_hub()
    with hub.client() as api:
        assert api.get("/sequences").json() == []
        assert api.post(f"/sequence/{sequence}/start").status_code == 404
        assert f"The stored Sequence {stored(hub).name} is damaged" in hub.stderr
        assert api.get("/health").json() == {"healthy": True}
        upload(api, package(), "named")
    assert record.read_text() == content


def test_what_came_to_a_package_since_does_not_count(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        upload(api, pack_python(RUNS), "named")
        instance = api.post("/sequence/named/start").json()["id"]
        assert api.get(f"/instance/{instance}/output").text.strip() == "whole"
    hub.stop()
    cache = stored(hub) / "package" / "__pycache__"
    cache.mkdir(exist_ok=True)
    (cache / "main.pyc").write_text("x")
    hub = start_hub()
    with hub.client() as api:
        instance = api.post("/sequence/named/start").json()["id"]
        assert api.get(f"/instance/{instance}/output").text.strip() == "whole"


def test_names_that_are_not_utf_8_have_checksums_too(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    odd = os.fsdecode(b"caf\xe9")
    with hub.client() as api:
        upload(
            api, targz(files({"package.json": manifest(), "main.py": RUNS, odd: "one", "na\u00efve": "two"})), "named"
        )
    hub.stop()
    hub = start_hub()
    with hub.client() as api:
        assert api.post("/sequence/named/start").status_code == 200
    hub.stop()
    (stored(hub) / "package" / odd).write_text("another")
    hub = start_hub()
    with hub.client() as api:
        reply = api.post("/sequence/named/start")
        assert (reply.status_code, "caf\u00e9 is not what was uploaded" in reply.text) == (422, True), reply.text
        assert api.get("/sequences").status_code == 200


def test_packages_of_hubs_without_checksums_are_taken(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence = upload(api, pack_python(RUNS), "named")
        before = api.get(f"/sequence/{sequence}").json()
    hub.stop()
    record = stored(hub) / "sequence.json"
    content = json.loads(record.read_text())
    record.write_text(json.dumps({name: content[name] for name in ("id", "name", "config", "app_config")}))
    hub = start_hub()
    with hub.client() as api:
        assert api.get("/sequence/named").json() == before
        assert api.post("/sequence/named/start").status_code == 200


def test_of_an_interrupted_replacement_the_later_counts_whatever_the_clock_says(
    start_hub: Callable[..., HubProcess],
) -> None:
    hub = start_hub()
    with hub.client() as api:
        upload(api, package(version="1"), "named")
        old = stored(hub)
        copy = hub.data_dir / "copy"
        shutil.copytree(old, copy)
        api.put("/sequence/named", content=package(version="2"))
    hub.stop()
    copy.rename(old)
    future = 4_000_000_000
    os.utime(old / "sequence.json", (future, future))
    hub = start_hub()
    with hub.client() as api:
        assert [found["config"]["version"] for found in api.get("/sequences").json()] == ["2"]
    stored(hub)


# Tells on stderr, in this order, what reaches the disk and when a reply is sent.
WATCHED = """
import os, sys
from scramjet_hub import cli
from scramjet_hub.sequences import stored
from scramjet_serving.http1.exchange import Exchange

def tell(*words):
    os.write(2, (" ".join(["WATCHED", *map(str, words)]) + "\\n").encode())

def path_of(fd):
    return os.readlink(f"/proc/self/fd/{{fd}}")

fsync, rename, reply = os.fsync, os.rename, Exchange.reply
file_system = stored.sync_file_system

def watch_fsync(fd):
    fsync(fd)
    tell("synced", path_of(fd))

def watch_file_system(folder):
    if {syncfs} and file_system(folder):
        tell("synced", "everything")
        return True
    return False

def watch_rename(source, target, **options):
    rename(source, target, **options)
    tell("renamed", source, target)

async def watch_reply(self, status, *more):
    tell("replied", status)
    await reply(self, status, *more)

os.fsync, os.rename, Exchange.reply = watch_fsync, watch_rename, watch_reply
stored.sync_file_system = watch_file_system
sys.exit(cli.main())
"""


@pytest.mark.parametrize(("count", "syncfs"), [(2, True), (2, False), (100, False)])
def test_a_reply_comes_when_all_of_it_is_on_the_disk(tmp_path: Path, count: int, syncfs: bool) -> None:
    program = WATCHED.format(syncfs=syncfs)
    with HubProcess(tmp_path, command=(sys.executable, "-c", program)) as hub, hub.client() as api:
        extra = {f"lib/{number}": str(number) for number in range(count)}
        for method, path in (("POST", "/sequence"), ("PUT", "/sequence/named"), ("DELETE", "/sequence/named")):
            seen = hub.stderr.count("WATCHED")
            content = None if method == "DELETE" else package(extra=extra)
            reply = api.request(method, path, content=content, headers={"x-name": "named"} if content else {})
            assert reply.status_code == 200, reply.text
            events = [line.split()[1:] for line in hub.stderr.splitlines() if line.startswith("WATCHED")][seen:]
            events = events[: next(n for n, event in enumerate(events) if event[0] == "replied")]
            end = 1 if method == "DELETE" else 2
            moved = next(event[1:] for event in events if event[0] == "renamed" and "/sequences/" in event[end])
            at = events.index(["renamed", *moved])
            assert ["synced", str(hub.data_dir / "sequences")] in events[at:]
            if method == "DELETE":
                continue
            synced = {event[1] for event in events[:at] if event[0] == "synced"}
            names = ["", "/sequence.json", "/package", "/package/lib", "/package/main.py", "/package/package.json"]
            names += [f"/package/lib/{number}" for number in range(count)]
            assert "everything" in synced or {moved[0] + name for name in names} <= synced


def limited(kilobytes: int) -> tuple[str, ...]:
    """The command with a limit to the size of its files, which to it is as good as a full disk."""
    program = (
        "import os, resource, sys; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, resource.RLIM_INFINITY)); "
        "from scramjet_hub.cli import main; sys.exit(main())"
    )
    return (sys.executable, "-c", program)


def contents(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def form(body: bytes, config: dict[str, Any]) -> dict[str, Any]:
    return {"files": {"package": ("x.tar.gz", body)}, "data": {"appConfig": json.dumps(config)}}


def test_a_full_disk_is_507_on_every_road(tmp_path: Path) -> None:
    noise = os.urandom(400_000)
    roads: dict[str, dict[str, Any]] = {
        "the upload does not fit": {"content": package(extra={"noise": noise})},
        "a part of a form does not fit": form(package(extra={"noise": noise}), {}),
        "what is in it does not fit": {"content": package(extra={"zeros": bytes(400_000)})},
        "the record does not fit": form(package(), {"a": "x" * 400_000}),
    }
    with HubProcess(tmp_path, command=limited(300)) as hub, hub.client() as api:
        sequence = upload(api, pack_python(RUNS), "named")
        before = contents(hub.data_dir), api.get("/sequences").json()
        for road, body in roads.items():
            for method, path in (("POST", "/sequence"), ("PUT", "/sequence/named")):
                reply = api.request(method, path, **body)
                assert reply.status_code == 507, f"{road}: {reply.text}"
                assert (contents(hub.data_dir), api.get("/sequences").json()) == before, road
        # Nothing that is there already needs any room.
        instance = api.post("/sequence/named/start").json()["id"]
        assert api.get(f"/instance/{instance}/output").text.strip() == "whole"
        assert api.delete(f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"}).status_code == 200


# No file system that is full is at hand everywhere, so each call that writes says that it is.
@pytest.mark.parametrize("call", ["os.mkdir", "os.fsync", "os.write", "os.rename"])
def test_whatever_finds_the_disk_full_it_is_507(tmp_path: Path, call: str) -> None:
    flag = tmp_path / "full"
    program = f"""
import errno, os, sys
from scramjet_hub import cli

real = {call}

def full(*arguments, **more):
    if os.path.exists({str(flag)!r}) and not (real is os_write and arguments[0] < 3):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return real(*arguments, **more)

os_write = os.write
{call} = full
sys.exit(cli.main())
"""
    with HubProcess(tmp_path, command=(sys.executable, "-c", program)) as hub, hub.client() as api:
        upload(api, package(), "named")
        before = contents(hub.data_dir / "sequences"), api.get("/sequences").json()
        flag.touch()
        for method, path in (("POST", "/sequence"), ("PUT", "/sequence/named")):
            reply = api.request(method, path, content=package())
            assert (reply.status_code, "room" in reply.text) == (507, True), reply.text
            assert (contents(hub.data_dir / "sequences"), api.get("/sequences").json()) == before
        flag.unlink()
        assert api.put("/sequence/named", content=package(version="2")).status_code == 200


def test_a_log_on_a_full_disk_stops_nothing(tmp_path: Path) -> None:
    # As the shell would say `2>/dev/full`.
    command = ("sh", "-c", 'exec "$@" 2>/dev/full', "sh", str(COMMAND), "--access-log")
    with HubProcess(tmp_path, command=command) as hub, hub.client() as api:
        sequence = upload(api, package())
        assert api.get("/sequences").status_code == 200
        assert api.delete(f"/sequence/{sequence}").status_code == 200


def test_it_says_when_its_folder_is_gone(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub, hub.client() as api:
        assert api.get("/health").json() == {"healthy": True}
        upload(api, package(), "named")
        moved = hub.data_dir.with_name("moved")
        hub.data_dir.rename(moved)
        for attempt in range(2):
            if attempt:
                # Another folder in its place, as after a remount, is not the same.
                shutil.copytree(moved, hub.data_dir)
            before = contents(hub.data_dir)
            reply = api.get("/health")
            assert (reply.status_code, reply.json()["healthy"]) == (503, False)
            assert "data folder is gone" in reply.json()["problems"][0]
            uploaded = api.post("/sequence", content=package())
            assert (uploaded.status_code, "data folder is gone" in uploaded.text) == (507, True), uploaded.text
            assert api.get("/load-check").status_code == 200
            assert api.get("/sequences").status_code == 200
            assert api.delete("/sequence/named").status_code == 500
            assert contents(hub.data_dir) == before
        shutil.rmtree(hub.data_dir)
        moved.rename(hub.data_dir)
        assert api.get("/health").json() == {"healthy": True}
        assert api.put("/sequence/named", content=package()).status_code == 200
        # What cleaners of temporary folders take is made again.
        (hub.data_dir / "work").rmdir()
        assert api.get("/health").status_code == 200
        assert api.delete("/sequence/named").status_code == 200
        assert not list((hub.data_dir / "sequences").iterdir())


def test_it_says_when_the_spawner_does_not_answer(hub: HubProcess, api: httpx.Client) -> None:
    assert api.get("/health").status_code == 200
    (spawner,) = psutil.Process(hub.process.pid).children()
    spawner.suspend()
    try:
        reply = api.get("/health")
        assert (reply.status_code, reply.json()["healthy"]) == (503, False)
        assert reply.json()["problems"] == ["The process that starts Instances does not answer"]
        assert api.get("/version").status_code == 200
    finally:
        spawner.resume()
    assert wait_until(lambda: api.get("/health").json() == {"healthy": True}, 20)
    # One that has ended is replaced.
    spawner.send_signal(signal.SIGKILL)
    assert wait_until(lambda: api.get("/health").json() == {"healthy": True}, 20)
    sequence = upload(api, pack_python(RUNS))
    instance = api.post(f"/sequence/{sequence}/start").json()["id"]
    assert api.get(f"/instance/{instance}/output").text.strip() == "whole"
    api.delete(f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"})
