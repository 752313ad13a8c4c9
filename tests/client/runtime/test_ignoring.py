"""`.siignore` means what git takes the same lines for."""

from __future__ import annotations

import io
import os
import random
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scramjet_client._runtime.uploads.ignoring import IgnoreRules, lines_of
from scramjet_client._runtime.uploads.packing import IGNORE_FILE, LEFT_OUT, pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ["a", "b", "ab", "a.b", "abc", "#a", "!a", "a b", "a ", "foo", "[a]", "a*", "\\a", "-", "]", "é", ".a", "a?"]
PLAIN = ["a", "b", "ab", "*", "**", "?", "[ab]", "[!a]", "[a-c]", "/", "/", "a.b", "foo", "**/", "/**", "a/", " ", "#"]
ODD = [
    "[^a]",
    "[]]",
    "[]a]",
    "[[:alpha:]]",
    "[a",
    "]",
    "\t",
    "\r",
    "é",
    "-",
    "[a-]",
    "[!-b]",
    "[\\]]",
    ".",
    "\\*",
    "\\a",
]
ODDER = [
    "[z-a]",
    "!",
    "\\",
    "[[:nothing:]]",
    "[[:]",
    "[a[:digit:]b]",
    "\\ ",
    "  ",
    "***",
    "\\/",
    "\ufeff",
    "\x01",
    "$",
    "^",
]
QUIET = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of git in which each name is a file somewhere and a folder elsewhere."""
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", folder], check=True, env=QUIET)
    chosen = random.Random(1)  # noqa: S311 -- no secret
    for _ in range(120):
        path = folder.joinpath(*chosen.choices(NAMES, k=chosen.randint(1, 4)))
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return folder


def kept_by_git(repository: Path, rules: bytes, scratch: Path) -> set[str]:
    scratch.write_bytes(rules)
    command = ["git", "-C", str(repository), "ls-files", "--others", "-z", "--exclude-from", str(scratch)]
    done = subprocess.run(command, check=True, capture_output=True, env=QUIET)
    return {os.fsdecode(name) for name in done.stdout.split(b"\0")} - {""}


def kept_here(repository: Path, rules: bytes) -> set[str]:
    matcher = IgnoreRules(lines_of(rules))

    def walk(inside: str) -> Iterator[str]:
        for entry in os.scandir(repository / inside):
            path = f"{inside}/{entry.name}" if inside else entry.name
            if path == ".git" or matcher.leave_out(path, is_folder=entry.is_dir()):
                continue
            yield from walk(path) if entry.is_dir() else [path]

    return set(walk(""))


def lines(atoms: list[str]) -> st.SearchStrategy[bytes]:
    line = st.tuples(st.sampled_from(["", "", "!"]), st.lists(st.sampled_from(atoms), min_size=1, max_size=6))
    texts = st.lists(line.map(lambda parts: parts[0] + "".join(parts[1])), min_size=1, max_size=5)
    return st.tuples(texts, st.sampled_from(["\n", "\n", "\r\n"])).map(lambda pair: pair[1].join(pair[0]).encode())


@pytest.mark.parametrize("atoms", [PLAIN, PLAIN + ODD, PLAIN + ODD + ODDER], ids=["plain", "odd", "odder"])
def test_the_same_files_stay_out_as_with_git(atoms: list[str], repository: Path, tmp_path: Path) -> None:
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lines(atoms))
    def compare(rules: bytes) -> None:
        assert kept_here(repository, rules) == kept_by_git(repository, rules, tmp_path / "rules")

    compare()


@given(
    st.lists(st.binary(max_size=12) | st.text("[]!^-:\\*?/ab", max_size=12).map(str.encode)),
    st.text("ab/[]-é", min_size=1),
)
def test_any_bytes_are_rules(rules: list[bytes], path: str) -> None:
    assert IgnoreRules(rules).decide(path, is_folder=False) in {True, False, None}


def packed(folder: Path) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(b"".join(pack(folder)))) as archive:
        return archive.getnames()


def fill(folder: Path, *paths: str) -> None:
    for name in paths:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" if path.suffix != ".json" else "{}")


JUNK = [
    ".git/config",
    ".env",
    ".env.production",
    ".npmrc",
    ".venv/bin/python",
    "__pycache__/a.pyc",
    "lib/__pycache__/b.pyc",
    "lib/.env",
    ".mypy_cache/x",
    ".pytest_cache/x",
    ".DS_Store",
    ".idea/x",
    "node_modules/.cache/x",
]


def test_histories_secrets_environments_and_caches_stay_out(tmp_path: Path) -> None:
    fill(tmp_path, "package.json", "index.js", ".env.example", "lib/a.pyc", "node_modules/dep/index.js", *JUNK)
    fill(tmp_path, "own/pyvenv.cfg", "own/lib/site.py", ".siignore")
    assert [name for name in packed(tmp_path) if (tmp_path / name).is_file()] == [
        ".env.example",
        "index.js",
        "lib/a.pyc",
        "node_modules/dep/index.js",
        "package.json",
    ]


@pytest.mark.parametrize("junk", [path for path in JUNK if "/" not in path])
def test_a_file_that_is_wanted_is_brought_back(tmp_path: Path, junk: str) -> None:
    fill(tmp_path, "package.json", junk)
    assert packed(tmp_path) == ["package.json"]
    (tmp_path / ".siignore").write_text(f"!{junk}\n")
    assert sorted(packed(tmp_path)) == sorted(["package.json", junk])


@pytest.mark.parametrize("folder", [".git", ".venv", "own", "__pycache__"])
def test_a_folder_that_is_wanted_is_brought_back(tmp_path: Path, folder: str) -> None:
    fill(tmp_path, "package.json", f"{folder}/pyvenv.cfg")
    assert packed(tmp_path) == ["package.json"]
    (tmp_path / ".siignore").write_text(f"!{folder}\n")
    assert sorted(packed(tmp_path)) == sorted(["package.json", folder, f"{folder}/pyvenv.cfg"])


@pytest.mark.parametrize(
    ("manifest", "kept"),
    [
        ('{"main": "index.js"}', True),
        ('{"main": "index.js", "engines": {"node": ">=16"}}', True),
        ('{"main": "main.py"}', False),
        ('{"main": "main", "engines": {"python3": "3.9"}}', False),
        ("no JSON", True),
        ("[1]", True),
        ("[" * 100_000, True),
        ('{"engines": [3], "main": 5}', True),
    ],
)
def test_node_modules_go_with_a_node_program_only(tmp_path: Path, manifest: str, kept: bool) -> None:
    fill(tmp_path, "node_modules/dep/index.js")
    (tmp_path / "package.json").write_text(manifest)
    assert ("node_modules/dep/index.js" in packed(tmp_path)) is kept


def test_the_rules_need_not_be_text(tmp_path: Path) -> None:
    fill(tmp_path, "a", "b", "caf\udce9")
    (tmp_path / IGNORE_FILE).write_bytes(b"\xff\xfe[\ncaf\xe9\r\n\xef\xbb\xbfb")
    assert packed(tmp_path) == ["a", "b"]
    assert not [line for line in LEFT_OUT if line != line.strip()]
