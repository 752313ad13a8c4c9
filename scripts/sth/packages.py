"""Where STH and what it needs come from: node, npm, the packages, and a Python its runner can live with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "0.18.7"

# STH is many packages that ask for each other with a caret; naming each pins them all.
PACKAGES = (
    "adapters",
    "api-server",
    "host",
    "load-check",
    "model",
    "obj-logger",
    "python-runner",
    "runner",
    "sth-config",
    "symbols",
    "utility",
    "verser",
)

FOLDER_VARIABLE = "STH_FOLDER"
PYTHON_VARIABLE = "STH_PYTHON"
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "reports" / f"sth-{VERSION}"

# asyncio's StreamWriter closes its socket when it is garbage since 3.11.5,
# and STH's Python runner drops the writers of the connections it only reads from.
PYTHON_TOO_NEW = (3, 11, 5)
PYTHON_TOO_OLD = (3, 7, 0)
PYTHON_NAMES = ("python3.11", "python3.10", "python3.9", "python3.8", "python3.7", "python3")


class UnavailableError(Exception):
    """STH can't run on this machine; the message says what is missing and how to get it."""


def node() -> str:
    """Find the `node` command.

    Raises:
        UnavailableError: There is none on the PATH.
    """
    return _command("node", "STH runs on Node.js: install node (16 or newer) and npm, then try again")


def install(folder: Path | None = None) -> Path:
    """Install STH from npm, unless the folder has it already.

    Args:
        folder: Where to; default: the variable STH_FOLDER, else reports/sth-0.18.7 of this repository.

    Returns:
        The folder, which now has a complete `node_modules`.

    Raises:
        UnavailableError: node or npm is missing, or npm could not install the packages.
    """
    node()
    target = folder or Path(os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER)
    if not is_installed(target):
        _install_into(target)
    return target


def is_installed(folder: Path) -> bool:
    """Tell whether the folder has every package of STH in the version we compare with."""
    return all(_installed_version(folder, name) == VERSION for name in PACKAGES)


def python_for_runner() -> Path | None:
    """Find a Python that STH's Python runner works with: 3.7 up to, not including, 3.11.5.

    Returns:
        Its path, or None when this machine has none. The variable STH_PYTHON overrides the search.
    """
    return next((path for path in _python_candidates() if _python_fits(path)), None)


def _install_into(target: Path) -> None:
    npm = _command("npm", "STH is installed with npm: install npm, then try again")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="sth-install-") as name:
        fresh = Path(name) / "sth"
        fresh.mkdir()
        _npm_install(npm, fresh)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def _npm_install(npm: str, folder: Path) -> None:
    wanted = {f"@scramjet/{name}": VERSION for name in PACKAGES}
    manifest = {"name": "sth-for-comparison", "private": True, "dependencies": wanted}
    (folder / "package.json").write_text(json.dumps(manifest, indent=2))
    # The install scripts only build or download native extras of the Docker client, which is never used here.
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if result.returncode != 0 or not is_installed(folder):
        last = "\n".join(result.stderr.strip().splitlines()[-10:])
        raise UnavailableError(f"npm could not install STH {VERSION} (is the npm registry reachable?):\n{last}")


def _installed_version(folder: Path, name: str) -> str | None:
    manifest = folder / "node_modules" / "@scramjet" / name / "package.json"
    try:
        version = json.loads(manifest.read_text())["version"]
    except (OSError, ValueError, KeyError):
        return None
    return str(version)


def _command(name: str, advice: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise UnavailableError(f"`{name}` is not on the PATH. {advice}.")
    return path


def _python_candidates() -> Iterator[Path]:
    override = os.environ.get(PYTHON_VARIABLE)
    if override:
        yield Path(override)
        return
    folders = [*os.get_exec_path(), "/usr/bin", "/usr/local/bin"]
    seen: set[Path] = set()
    for name in PYTHON_NAMES:
        for folder in folders:
            path = Path(folder) / name
            if path.is_file() and path.resolve() not in seen:
                seen.add(path.resolve())
                yield path


def _python_fits(path: Path) -> bool:
    command = [str(path), "-c", "import sys; print(*sys.version_info[:3])"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)  # noqa: S603 - found above
        version = tuple(int(part) for part in result.stdout.split())
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return PYTHON_TOO_OLD <= version < PYTHON_TOO_NEW
