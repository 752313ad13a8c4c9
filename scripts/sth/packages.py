"""Installs STH and its requirements: node, npm, the packages, and a Python that works with its runner."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.published.install import command, folder_of, has_npm, npm_install

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
WANTED = {f"@scramjet/{name}": VERSION for name in PACKAGES}

FOLDER_VARIABLE = "STH_FOLDER"
PYTHON_VARIABLE = "STH_PYTHON"

# asyncio's StreamWriter closes its socket when it is garbage since 3.11.5,
# and STH's Python runner drops the writers of the connections it only reads from.
PYTHON_TOO_NEW = (3, 11, 5)
PYTHON_TOO_OLD = (3, 7, 0)
PYTHON_NAMES = ("python3.11", "python3.10", "python3.9", "python3.8", "python3.7", "python3")


def node() -> str:
    """Find the `node` command.

    Raises:
        UnavailableError: There is none on the PATH.
    """
    return command("node", "STH runs on Node.js: install node (16 or newer) and npm, then try again")


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
    target = folder or folder_of(FOLDER_VARIABLE, f"sth-{VERSION}")
    if not is_installed(target):
        npm_install(target, WANTED)
    return target


def is_installed(folder: Path) -> bool:
    """Return whether the folder has every package of STH in the version we compare with."""
    return has_npm(folder, WANTED)


def python_for_runner() -> Path | None:
    """Find a Python that STH's Python runner works with: 3.7 up to, not including, 3.11.5.

    Returns:
        Its path, or None when this machine has none. The variable STH_PYTHON overrides the search.
    """
    return next((path for path in _python_candidates() if _python_fits(path)), None)


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
