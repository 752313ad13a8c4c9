"""The Python environment of the clients that are compared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import attrs

from scripts.description.source import BUNDLE, ROOT
from scripts.generate.other_languages import make_client
from scripts.published.clients import PYTHON

OURS = ROOT / "generated/python"
WORKERS = Path(__file__).parent / "workers"
PACKAGES = (
    "attrs>=23.2",
    "httpx>=0.27,<1",
    "aiohttp",
    "pydantic>=2",
    "python-dateutil",
    "urllib3",
    *(f"{name}=={version}" for name, version in PYTHON.items()),
)
"""What the clients need, and the published client itself."""


class EnvironmentFailedError(Exception):
    """The environment cannot be made; the message says why."""


@attrs.frozen
class Environment:
    """A Python with all clients in it.

    Attributes:
        folder: Where it is; it may be thrown away afterwards.
    """

    folder: Path

    @property
    def python(self) -> str:
        """The interpreter."""
        return str(self.folder / "venv/bin/python")

    def make(self) -> None:
        """Install the packages, and generate the clients that are generated.

        Raises:
            EnvironmentFailedError: One of the tools failed.
        """
        venv.create(self.folder / "venv", with_pip=True)
        _run(self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES)
        clients = self.folder / "clients"
        clients.mkdir()
        stock = ["generate", "--path", str(BUNDLE), "--output-path", str(clients / "stock_client"), "--meta", "none"]
        _run(sys.executable, "-m", "openapi_python_client", *stock)
        options = ["--additional-properties=packageName=generator_client"]
        made = make_client("python", options, target=self.folder / "generator")
        shutil.copytree(made / "generator_client", clients / "generator_client")

    def run(self, *arguments: str) -> str:
        """Run Python in it and give what it printed.

        Raises:
            EnvironmentFailedError: It failed.
        """
        path = os.pathsep.join([str(OURS), str(self.folder / "clients")])
        # The caller's environment variables must not configure any of the clients.
        return _run(self.python, *arguments, environ={"PYTHONPATH": path, "PATH": os.environ["PATH"], "HOME": "/"})

    def work(self, worker: str, *arguments: str) -> dict[str, Any]:
        """Run a worker and give its figures.

        Raises:
            EnvironmentFailedError: It failed.
        """
        figures: dict[str, Any] = json.loads(self.run(str(WORKERS / f"{worker}.py"), *arguments))
        return figures


def _run(*command: str, environ: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 -- our own
    if done.returncode:
        shown = " ".join(map(str, command[:4]))
        raise EnvironmentFailedError(f"{shown} ... failed ({done.returncode}):\n{(done.stderr or done.stdout)[-2000:]}")
    return done.stdout
