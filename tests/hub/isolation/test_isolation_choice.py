"""Which isolation is in force, what of it, and what a Hub says of one that it cannot give."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest
from scramjet_hub.config import HubConfig
from scramjet_hub.runners.isolation import choice, landlock
from scramjet_hub.runners.isolation.groups import Groups
from scramjet_serving.options import OptionError

from tests.hub.isolation.available import BUBBLEWRAP, ISOLATIONS, LANDLOCK
from tests.support.packages import pack_python
from tests.support.runs import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.hub_process import HubProcess

CONNECTS = """
import json, os, socket
from urllib.parse import urlsplit
def attempt(action):
    try:
        action()
        return "yes"
    except OSError:
        return "no"
def run(context, input, port):
    hub = urlsplit(os.environ["SCRAMJET_HUB_URL"]).port
    return json.dumps({
        "hub": attempt(lambda: socket.create_connection(("127.0.0.1", hub)).close()),
        "other": attempt(lambda: socket.create_connection(("127.0.0.1", port)).close()),
        "listen": attempt(lambda: socket.create_server(("127.0.0.1", 0)).close()),
    })
"""


@LANDLOCK
def test_auto_is_landlock_where_it_works(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        told = api.get("/config").json()["isolation"]
        assert told["kind"] == "landlock"
        assert {"files", "processes", "abstract sockets"} <= set(told["enforces"])
        assert 'scramjet_isolation_info{kind="landlock"' in api.get("/metrics").text


def test_without_landlock_auto_is_none_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    chosen = choice.choose(HubConfig(), tmp_path)
    assert chosen.kind == "none"
    assert "Landlock" in chosen.warning
    with pytest.raises(OptionError, match="--isolation is landlock, but"):
        choice.choose(HubConfig(isolation="landlock"), tmp_path)


def test_an_older_landlock_comes_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 3)
    chosen = choice.choose(HubConfig(isolation="landlock"), tmp_path)
    assert "signalling" in chosen.warning
    assert "processes" not in chosen.enforces(network=True)


def test_a_data_folder_that_sequences_have_to_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    monkeypatch.setattr(landlock, "version", lambda: 7)
    with pytest.raises(OptionError, match="inside /usr"):
        choice.choose(HubConfig(isolation="landlock"), Path("/usr/hub"))


def test_without_bwrap_bubblewrap_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OptionError, match="no bwrap"):
        choice.choose(HubConfig(isolation="bubblewrap"), tmp_path)


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_the_network_can_be_taken_away(start_hub: Callable[..., HubProcess], isolation: str) -> None:
    hub = start_hub("--isolation", isolation, "--no-isolation-network")
    with hub.client() as api, socket.create_server(("127.0.0.1", 0)) as server:
        reached = json.loads(start(api, pack_python(CONNECTS), args=[server.getsockname()[1]]).read())
    # In a network of its own it may listen, and reaches nothing; Landlock leaves the port of the Hub.
    alone = isolation == "bubblewrap"
    assert reached == {"hub": "no" if alone else "yes", "other": "no", "listen": "yes" if alone else "no"}


@BUBBLEWRAP
def test_further_paths_can_be_given(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    for name in ("read", "write"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("before")
    source = (
        "def run(context, input, folder):\n"
        "    open(folder + '/write/file', 'w').write('after')\n"
        "    try:\n"
        "        open(folder + '/read/file', 'a')\n"
        "    except OSError:\n"
        "        return open(folder + '/read/file').read()\n"
    )
    options = ("--isolation-read", str(tmp_path / "read"), "--isolation-write", str(tmp_path / "write"))
    for isolation in ("landlock", "bubblewrap"):
        hub = start_hub("--isolation", isolation, *options, folder=tmp_path / isolation)
        with hub.client() as api:
            assert start(api, pack_python(source), args=[str(tmp_path)]).read() == b"before"
        assert (tmp_path / "write" / "file").read_text() == "after"
        hub.stop()


def unified(root: Path, members: str) -> Path:
    """A cgroup of version 2 that is delegated to a Hub."""
    own = root / "sys/fs/cgroup/service"
    own.mkdir(parents=True)
    (root / "sys/fs/cgroup/cgroup.controllers").write_text("memory pids\n")
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text("0::/service\n")
    (own / "cgroup.controllers").write_text("cpu memory pids\n")
    (own / "cgroup.procs").write_text(members)
    return own


def test_a_delegated_group_gets_the_hub_and_the_instances_apart(tmp_path: Path) -> None:
    own = unified(tmp_path, f"{os.getpid()}\n")
    groups = Groups("x", tmp_path)
    groups.open()
    assert (own / "scramjet-x-hub" / "cgroup.procs").read_text() == str(os.getpid())
    assert (own / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert groups.controllers == ["memory", "pids"]
    group = groups.create("one")
    group.limit("memory", 1000)
    group.limit("pids", 0)
    folder = own / "scramjet-x-one"
    assert group.members == [str(folder / "cgroup.procs")]
    assert (folder / "memory.max").read_text() == "1000"
    assert (folder / "memory.swap.max").read_text() == "0"
    assert (folder / "pids.max").read_text() == "max"


def test_a_group_that_others_live_in_is_left_alone(tmp_path: Path) -> None:
    own = unified(tmp_path, f"{os.getpid()}\n1\n")
    groups = Groups("x", tmp_path)
    groups.open()
    assert groups.controllers == []
    assert not (own / "cgroup.subtree_control").exists()
