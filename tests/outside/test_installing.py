"""How packages of others come to this machine: whole or not at all, and once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from scripts.published import install as installing

if TYPE_CHECKING:
    from pathlib import Path

NPM = """#!/bin/sh
echo run >> {folder}/runs
mkdir -p node_modules/some-package
echo '{{"version": "{version}"}}' > node_modules/some-package/package.json
"""


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an `npm` that installs version 1.2.3 of some-package and notes each run."""
    file = tmp_path / "bin" / "npm"
    file.parent.mkdir()
    file.write_text(NPM.format(folder=tmp_path, version="1.2.3"))
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}:/bin:/usr/bin")
    return file


def test_what_several_want_at_once_is_installed_once(tmp_path: Path, npm: Path) -> None:
    target = tmp_path / "into" / "packages"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: installing.npm_install(target, {"some-package": "1.2.3"}), range(8)))
    assert installing.has_npm(target, {"some-package": "1.2.3"})
    assert (npm.parent.parent / "runs").read_text() == "run\n"
    assert list(target.parent.iterdir()) == [target]


def test_another_version_takes_the_place_of_the_old_one(tmp_path: Path, npm: Path) -> None:
    target = tmp_path / "into" / "packages"
    installing.npm_install(target, {"some-package": "1.2.3"})
    npm.write_text(NPM.format(folder=tmp_path, version="2.0.0"))
    installing.npm_install(target, {"some-package": "2.0.0"})
    assert not installing.has_npm(target, {"some-package": "1.2.3"})
    assert json.loads((target / "package.json").read_text())["dependencies"] == {"some-package": "2.0.0"}


@pytest.mark.usefixtures("npm")
def test_another_version_than_was_asked_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(installing.UnavailableError, match=r"did not install some-package 9\.9\.9"):
        installing.npm_install(tmp_path / "into" / "packages", {"some-package": "9.9.9"})


def test_a_registry_that_is_not_there_is_told_and_nothing_half_installed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("INDEX_URL", "http://127.0.0.1:9/"), ("RETRIES", "0"), ("NO_CACHE_DIR", "1")):
        monkeypatch.setenv(f"PIP_{name}", value)
    target = tmp_path / "into" / "packages"
    with pytest.raises(installing.UnavailableError, match=r"pip could not install some-package 1\.2\.3"):
        installing.pip_install(target, {"some-package": "1.2.3"})
    assert list(target.parent.iterdir()) == []
