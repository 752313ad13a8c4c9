"""The data folder: what a Hub takes for its own, and what it never touches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from scramjet_hub.history.history import FILE as HISTORY

from scripts.servers.hub import COMMAND
from tests.support.archives import package
from tests.support.hub_process import HubProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARK = "scramjet-hub.json"
MADE_UP = "0123456789abcdef" * 2


def contents(folder: Path) -> dict[str, bytes | str | None]:
    """All there is below a folder, with what is in it."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in folder.rglob("*")
    }


def run(*arguments: str | Path, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command where it is not to start."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}
    return subprocess.run(
        [COMMAND, "--port", "0", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=cwd,
        env={**inherited, **variables},
    )


def assert_refused(done: subprocess.CompletedProcess[str], message: str) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def fill(folder: Path, *names: str) -> Path:
    """Make files, and folders where a name ends in a slash."""
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            place.mkdir(exist_ok=True)
        else:
            place.write_text("123" if name == "lock" else f"the content of {name}")
    return folder


FOREIGN = {
    "a file": ["notes.txt"],
    "a folder named as the Hub's": ["work/precious"],
    "all the Hub's folders": ["work/precious", "sequences/precious"],
    "a lock and sequences of somebody else": ["lock", "sequences/reads.fasta"],
    "a lock and work of somebody else": ["lock", "sequences/", "work/precious"],
    "something unfinished": [f"work/{MADE_UP}/precious"],
    "a package": ["sequences/" + "1" * 8 + "-1111" * 3 + "-" + "1" * 12 + "." + "1" * 8 + "/precious"],
    "an id": ["id"],
    "a hidden file": [".git/config"],
    "a folder named as the mark": [f"{MARK}/precious", "work/precious"],
    "something else named as the mark": [MARK, "work/precious"],
    "lost+found and more": ["lost+found/", "work/precious"],
}


@pytest.mark.parametrize("case", FOREIGN)
def test_nothing_is_touched_in_a_folder_that_is_not_a_hubs(tmp_path: Path, case: str) -> None:
    folder = fill(tmp_path / "mine", *FOREIGN[case])
    before = contents(folder)
    link = tmp_path / "link"
    link.symlink_to(folder)

    with ThreadPoolExecutor(2) as pool:
        for done in pool.map(lambda path: run("--data-dir", path, cwd=folder), (".", link)):
            assert_refused(done, str(folder))
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["lock", MARK, "work", "sequences"])
def test_links_inside_lead_nowhere(tmp_path: Path, name: str) -> None:
    with HubProcess(tmp_path) as hub:
        assert hub.stop() == 0
    victim = tmp_path / "victim"
    fill(victim, *([f"{MADE_UP}/precious", "precious"] if name in ("work", "sequences") else ["file"]))
    before = contents(victim)
    place = hub.data_dir / name
    remove(place)
    place.symlink_to(victim if name in ("work", "sequences") else victim / "file")

    assert_refused(run("--data-dir", hub.data_dir), str(hub.data_dir))
    assert contents(victim) == before


def remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def test_an_empty_variable_does_not_mean_this_folder(tmp_path: Path) -> None:
    precious = fill(tmp_path / "here", "work/precious", "notes")
    before = contents(precious)
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}
    with subprocess.Popen(
        [COMMAND, "--port", "0"],
        cwd=precious,
        env={**inherited, "SCRAMJET_HUB_DATA_DIR": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"Scramjet Hub listening")
        process.terminate()
        assert process.wait(20) == 0
    kept = contents(precious)

    assert {name: kept[name] for name in before} == before
    assert {name.partition("/")[0] for name in kept} == {"work", "notes", ".scramjet-hub"}
    assert_refused(run("--data-dir", "", cwd=precious), "--data-dir is ''")


@pytest.mark.parametrize("place", [["lost+found/"], ["lock"], [MARK]])
def test_a_folder_with_nothing_of_anybodys_is_taken(tmp_path: Path, place: list[str]) -> None:
    # A new file system; a Hub that was interrupted between two steps of making the folder its own.
    folder = fill(tmp_path / "data", *place)
    if place == [MARK]:
        (folder / MARK).write_text("")
    with HubProcess(tmp_path) as hub, hub.client() as api:
        assert api.post("/sequence", content=package()).status_code == 200
        assert (folder / MARK).stat().st_size
        if "lost+found/" in place:
            (folder / "lost+found").rmdir()


def test_the_folder_of_an_older_hub_is_taken_over(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence = api.post("/sequence", content=package()).json()["id"]
        location = api.get(f"/sequence/{sequence}").json()["location"]
    hub.stop()
    # Hubs before there were marks left this, and what they had been at when they were killed. They had no history.
    (hub.data_dir / MARK).unlink()
    (hub.data_dir / HISTORY).unlink()
    fill(hub.data_dir, f"work/{MADE_UP}/upload")
    hub = start_hub()
    with hub.client() as api:
        assert api.get(f"/sequence/{sequence}").json()["location"] == location
    assert (hub.data_dir / MARK).is_file()
    assert not (hub.data_dir / "work" / MADE_UP).exists()


def test_what_is_not_the_hubs_in_its_own_folder_stays(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence = api.post("/sequence", content=package()).json()["id"]
        (stored,) = (hub.data_dir / "sequences").iterdir()
    backup = hub.data_dir / "sequences" / f"{stored.name}.bak"
    shutil.copytree(stored, backup)
    names = ["notes", "work/notes", "work/more/notes", "sequences/notes", "sequences/more/sequence.json"]
    fill(hub.data_dir, *names)
    before = contents(hub.data_dir)
    hub.stop()
    hub = start_hub()
    with hub.client() as api:
        assert [found["id"] for found in api.get("/sequences").json()] == [sequence]
        assert api.delete(f"/sequence/{sequence}").status_code == 200
    hub.stop()
    after = contents(hub.data_dir)

    for name in [*names, *(f"sequences/{backup.name}/{path}" for path in contents(backup))]:
        assert after[name] == before[name]
    for name in ("notes", "work", "sequences/notes", "sequences/more", f"sequences/{backup.name}"):
        remove(hub.data_dir / name)


def test_one_folder_has_one_hub_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "data")
    with HubProcess(tmp_path) as hub:
        assert_refused(run("--data-dir", tmp_path / "link"), f"process {hub.process.pid}")
        assert_refused(run("--data-dir", tmp_path / "x" / ".." / "data"), f"process {hub.process.pid}")


def test_a_link_to_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    # The disk that it leads to may not have been mounted.
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "data")
    assert_refused(run("--data-dir", tmp_path / "link"), "which is not there")
    assert not (tmp_path / "disk").exists()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert_refused(run("--data-dir", tmp_path / "circle"), "circle")


def test_of_hubs_that_start_at_once_in_a_new_folder_one_has_it(tmp_path: Path) -> None:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}

    def start(_: int) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [COMMAND, "--port", "0", "--data-dir", tmp_path / "data"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=inherited,
        )
        assert process.stdout is not None
        return process, process.stdout.readline()

    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(start, range(4)))
    winners = [process for process, line in started if line]
    assert len(winners) == 1
    for process, line in started:
        if line:
            process.terminate()
        _, errors = process.communicate(timeout=30)
        assert process.returncode == (0 if line else 2)
        assert line or "Another Hub (process " in errors


@pytest.mark.parametrize("content", ["", "\n", "\xff\xfe", "two\nlines", "x" * 200, "sth-\0", "ä"])
def test_a_damaged_id_is_refused_and_stays(start_hub: Callable[..., HubProcess], content: str) -> None:
    hub = start_hub()
    hub.stop()
    place = hub.data_dir / "id"
    place.write_bytes(content.encode("latin-1"))

    assert_refused(run("--data-dir", hub.data_dir), str(place))
    assert place.read_bytes() == content.encode("latin-1")
    # Who gives another does not need it.
    hub = start_hub("--id", "mine")
    with hub.client() as api:
        assert api.get("/config").json()["host"]["id"] == "mine"


def test_an_id_that_is_a_folder_is_refused(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    hub.stop()
    (hub.data_dir / "id").unlink()
    (hub.data_dir / "id").mkdir()

    assert_refused(run("--data-dir", hub.data_dir), "cannot be read: Is a directory")
    (hub.data_dir / "id").rmdir()


@pytest.mark.parametrize("mark", ['{"format": 2}', "{", '{"format": "1"}', "[]", "rubbish"])
def test_a_mark_that_says_something_else_is_refused(tmp_path: Path, mark: str) -> None:
    folder = fill(tmp_path / "data", f"work/{MADE_UP}/precious")
    (folder / MARK).write_text(mark)
    before = contents(folder)

    assert_refused(run("--data-dir", folder), MARK if "2" not in mark else "later version")
    assert contents(folder) == before


# Root may write anywhere, unless this is taken from it (PR_CAPBSET_DROP of CAP_DAC_OVERRIDE).
WITHOUT_PRIVILEGE = (
    "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); os.execv(sys.argv[1], sys.argv[1:])"
)


@pytest.mark.parametrize("marked", [False, True])
def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path: Path, marked: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    if marked:
        (folder / MARK).write_text('{"format": 1}')
    folder.chmod(0o555)
    before = contents(folder)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PRIVILEGE, COMMAND, "--port", "0", "--data-dir", folder],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert_refused(done, "Permission denied")
    assert contents(folder) == before


def test_what_is_left_after_a_stop_is_the_mark_and_what_is_stored(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        assert hub.stop() == 0
    left = {MARK, "id", "lock", "sequences", HISTORY}
    assert wait_until(lambda: {path.name for path in hub.data_dir.iterdir()} == left, 5)
