"""Clients of the API that others have published: `si`, the JavaScript clients and the Python one, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.published.install import command, folder_of, npm_install, pip_install

if TYPE_CHECKING:
    from pathlib import Path

CLI_VERSION: Final = "0.26.1"
JAVASCRIPT_VERSIONS: Final = ("0.15.1", "0.18.7", "0.26.1")
PYTHON_VERSION: Final = "1.1.1"

# The packages of a version ask for each other with a caret; naming those that do the work pins them.
CLI: Final = ("cli", "api-client", "client-utils", "manager-api-client", "middleware-api-client")
JAVASCRIPT: Final = {"0.15.1": ("api-client",)}
LATER_JAVASCRIPT: Final = ("api-client", "client-utils")
PYTHON: Final = {"scramjet-api-client": PYTHON_VERSION, "scramjet-client-utils": PYTHON_VERSION}

FOLDER_VARIABLE: Final = "OUTSIDE_CLIENTS"


def node() -> str:
    """Find the `node` command.

    Raises:
        UnavailableError: There is none on the PATH.
    """
    return command("node", "The JavaScript clients run on Node.js: install node and npm, then try again")


def cli() -> Path:
    """Install `si`.

    Returns:
        The file to run with `node`.

    Raises:
        UnavailableError: npm is missing or could not install it.
    """
    target = _npm(f"cli-{CLI_VERSION}", CLI, CLI_VERSION)
    return target / "node_modules/@scramjet/cli/bin/index.js"


def javascript_client(version: str) -> Path:
    """Install `@scramjet/api-client`.

    Args:
        version: One of JAVASCRIPT_VERSIONS.

    Returns:
        The folder of the package.

    Raises:
        UnavailableError: npm is missing or could not install it.
    """
    target = _npm(f"api-client-{version}", JAVASCRIPT.get(version, LATER_JAVASCRIPT), version)
    return target / "node_modules/@scramjet/api-client"


def python_client() -> Path:
    """Install `scramjet-api-client` in an environment of its own.

    Returns:
        The interpreter of that environment.

    Raises:
        UnavailableError: pip could not install it.
    """
    return pip_install(folder_of(FOLDER_VARIABLE, "clients") / f"python-{PYTHON_VERSION}", PYTHON)


def _npm(name: str, packages: tuple[str, ...], version: str) -> Path:
    target = folder_of(FOLDER_VARIABLE, "clients") / name
    npm_install(target, {f"@scramjet/{package}": version for package in packages})
    return target
