"""STH 0.18.7 as a tool of ours: it is found, installed, started on loopback, and leaves nothing behind."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from scripts import sth
from scripts.sth import packages
from tests.support.tools import left_out, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[2]

needs_node = needs("node", "npm", because="nothing was compared with a real STH")
needs_python = pytest.mark.skipif(
    packages.python_for_runner() is None,
    reason=left_out("a Python from 3.7 to 3.11.4", because="STH's Python runner runs in it"),
)

PYTHON_SEQUENCE = """
import asyncio
from scramjet.streams import Stream

async def said():
    yield "ready\\n"
    await asyncio.sleep(600)

def run(context, input):
    return Stream.read_from(said())
"""

NODE_SEQUENCE = """
const { PassThrough } = require("stream");
module.exports = function () {
    const out = new PassThrough();
    out.write("ready\\n");
    return out;
};
"""


def archive(main: str, source: str, engine: str) -> bytes:
    manifest = json.dumps({"name": "ready", "version": "1.0.0", "main": main, "engines": {engine: "*"}})
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in (("package.json", manifest), (main, source)):
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def call(url: str, body: bytes | None = None, content_type: str = "application/json") -> Any:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": content_type})  # noqa: S310 - http only
    with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310 - http only
        return json.load(reply)


def first_output(url: str, package: bytes) -> bytes:
    sequence = call(f"{url}/sequence", package, "application/octet-stream")["id"]
    # The Python runner of 0.18.7 dies of a start without these two.
    instance = call(f"{url}/sequence/{sequence}/start", b'{"appConfig": {}, "args": []}')["id"]
    with urllib.request.urlopen(f"{url}/instance/{instance}/output", timeout=30) as output:  # noqa: S310 - http only
        return bytes(output.readline())


def in_group(group: int) -> list[int]:
    return [p.pid for p in psutil.process_iter(["status"]) if _getpgid(p.pid) == group and p.info["status"] != "zombie"]


def _getpgid(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


@pytest.fixture(scope="module")
def hub() -> Iterator[sth.Sth]:
    with sth.start() as running:
        yield running


@needs_node
def test_it_serves_as_the_version_it_says(hub: sth.Sth) -> None:
    assert call(f"{hub.url}/version") == {"version": "0.18.7"}


@needs_node
def test_both_of_its_servers_are_bound_to_loopback_alone(hub: sth.Sth) -> None:
    listening = [c.laddr for c in psutil.Process(hub.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert {address.port for address in listening} == set(hub.ports)


@needs_node
def test_it_runs_a_node_sequence(hub: sth.Sth) -> None:
    assert first_output(hub.url, archive("index.js", NODE_SEQUENCE, "node")) == b"ready\n"


@needs_node
@needs_python
def test_it_runs_a_python_sequence(hub: sth.Sth) -> None:
    assert first_output(hub.url, archive("main.py", PYTHON_SEQUENCE, "python3")) == b"ready\n"


@needs_node
def test_nothing_is_left_of_it_and_its_runners() -> None:
    with sth.start() as hub:
        assert first_output(hub.url, archive("index.js", NODE_SEQUENCE, "node")) == b"ready\n"
        assert len(in_group(hub.pid)) == 2
        assert list(hub.folder.glob("sequences/*"))
    assert in_group(hub.pid) == []
    assert not hub.folder.exists()
    assert not Path("/tmp/sth-id.json").exists()  # noqa: S108 - where STH would put it


@needs_node
def test_it_dies_with_a_parent_that_was_killed() -> None:
    script = (
        "import time; from scripts import sth; s = sth.start(); print(s.pid, s.folder, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid, folder = parent.stdout.readline().split()
        orphan = psutil.Process(int(pid))
        parent.send_signal(signal.SIGKILL)
    # Whoever was killed could not remove the folder: this test does.
    shutil.rmtree(folder)
    psutil.wait_procs([orphan], timeout=20)
    assert in_group(int(pid)) == []


@needs_node
def test_a_failed_start_shows_the_last_words_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in packages.PACKAGES:
        package = tmp_path / "node_modules" / "@scramjet" / name
        package.mkdir(parents=True)
        package.joinpath("package.json").write_text('{"version": "0.18.7", "main": "index.js"}')
        package.joinpath("index.js").write_text(f"throw new Error('broken {name}')")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv(packages.FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(sth.UnavailableError, match=r"ended with exit code 1.*(?s:.*)broken sth-config"):
        sth.start()
    assert list(temporary.iterdir()) == []


def test_a_missing_node_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(sth.UnavailableError, match=r"`node` is not on the PATH"):
        sth.install(tmp_path / "sth")


def test_a_missing_npm_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "node").write_text("#!/bin/sh\n")
    (tmp_path / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(sth.UnavailableError, match=r"`npm` is not on the PATH"):
        sth.install(tmp_path / "sth")


def test_what_npm_says_is_passed_on_and_nothing_half_installed_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, script in (("node", "exit 0"), ("npm", "echo no such registry >&2; exit 1")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    target = tmp_path / "into" / "sth"
    with pytest.raises(sth.UnavailableError, match="no such registry"):
        sth.install(target)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("version", "fits"),
    [("3.6.9", False), ("3.7.0", True), ("3.10.14", True), ("3.11.4", True), ("3.11.5", False), ("3.12.1", False)],
)
def test_a_python_is_chosen_by_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, fits: bool
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho {version.replace('.', ' ')}\n")
    python.chmod(0o755)
    monkeypatch.setenv(packages.PYTHON_VARIABLE, str(python))
    assert packages.python_for_runner() == (python if fits else None)
