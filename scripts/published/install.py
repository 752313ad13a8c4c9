"""Packages of others, installed from npm or PyPI in pinned versions into folders that are kept."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

REPORTS = Path(__file__).resolve().parents[2] / "reports"


class UnavailableError(Exception):
    """Something can't be installed or run on this machine; the message says what is missing and how to get it."""


def command(name: str, advice: str) -> str:
    """Find a command on the PATH.

    Args:
        name: Its name.
        advice: What to do if there is none.

    Raises:
        UnavailableError: There is none.
    """
    path = shutil.which(name)
    if path is None:
        raise UnavailableError(f"`{name}` is not on the PATH. {advice}.")
    return path


def npm_install(target: Path, wanted: Mapping[str, str]) -> None:
    """Install packages from npm into a folder, unless it has them already.

    Args:
        target: The folder; it is replaced as a whole, once everything is there.
        wanted: Version by name; name a package's own dependencies too where they ask for each other with a caret.

    Raises:
        UnavailableError: npm is missing, or could not install them.
    """
    title = _title(wanted)
    npm = command("npm", f"{title} is installed with npm: install npm, then try again")

    def install(fresh: Path) -> None:
        manifest = {"name": "installed-for-tests", "private": True, "dependencies": dict(wanted)}
        (fresh / "package.json").write_text(json.dumps(manifest, indent=2))
        # None of these packages needs its install scripts: they build or download native extras that nothing here uses.
        _run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"], fresh, title, "npm")

    _install_once(target, lambda: has_npm(target, wanted), install)
    if not has_npm(target, wanted):
        raise UnavailableError(f"npm did not install {title} as asked for")


def has_npm(target: Path, wanted: Mapping[str, str]) -> bool:
    """Return whether a folder has these packages in these versions."""
    return all(_npm_version(target, name) == version for name, version in wanted.items())


def pip_install(target: Path, wanted: Mapping[str, str]) -> Path:
    """Install packages from PyPI into an environment of their own, unless it has them already.

    Args:
        target: The folder of the environment; it is replaced as a whole, once everything is there.
        wanted: Version by name.

    Returns:
        Its interpreter.

    Raises:
        UnavailableError: pip could not install them.
    """
    mark = json.dumps(dict(wanted), sort_keys=True)
    interpreter = target / "bin" / "python"

    def is_there() -> bool:
        with contextlib.suppress(OSError):
            return interpreter.exists() and (target / "installed.json").read_text() == mark
        return False

    def install(fresh: Path) -> None:
        venv.create(fresh)
        pinned = [f"{name}=={version}" for name, version in wanted.items()]
        pip = [sys.executable, "-m", "pip", "--python", str(fresh / "bin" / "python"), "--disable-pip-version-check"]
        _run([*pip, "install", "--quiet", *pinned], fresh, _title(wanted), "pip")
        (fresh / "installed.json").write_text(mark)

    _install_once(target, is_there, install)
    return interpreter


def _install_once(target: Path, is_there: Callable[[], bool], install: Callable[[Path], None]) -> None:
    if is_there():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target), tempfile.TemporaryDirectory(dir=target.parent, prefix="install-") as name:
        if is_there():
            return  # another process was faster
        fresh = Path(name) / "fresh"
        fresh.mkdir()
        install(fresh)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep other processes from installing beside it: tests run in several."""
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _run(arguments: list[str], folder: Path, title: str, tool: str) -> None:
    result = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if result.returncode != 0:
        last = "\n".join((result.stderr or result.stdout).strip().splitlines()[-10:])
        raise UnavailableError(f"{tool} could not install {title} (is its registry reachable?):\n{last}")


def _npm_version(target: Path, name: str) -> str | None:
    manifest = target / "node_modules" / name / "package.json"
    try:
        version = json.loads(manifest.read_text())["version"]
    except (OSError, ValueError, KeyError):
        return None
    return str(version)


def _title(wanted: Mapping[str, str]) -> str:
    first, version = next(iter(wanted.items()))
    return f"{first} {version}" + (f" and {len(wanted) - 1} more" if len(wanted) > 1 else "")


def folder_of(variable: str, name: str) -> Path:
    """Choose where to install: where a variable of the environment says, else below `reports` of this repository."""
    return Path(os.environ.get(variable) or REPORTS / name)
