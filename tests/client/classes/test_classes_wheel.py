"""The wheel, in an environment that has nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.hub_process import HubProcess

ROOT = Path(__file__).parents[3]
ASKED_FOR = {"attrs", "h11", "httpx", "scramjet-openapi"}
BROUGHT = {"anyio", "certifi", "exceptiongroup", "httpcore", "idna", "sniffio", "typing_extensions"}
"""What attrs, h11 and httpx bring, and nothing of the Hub or of the tools."""

PROGRAM = """
import asyncio, sys
import scramjet_client.sync
from scramjet_client import HostClient

async def main(url):
    async with HostClient(url) as host:
        async with host.run(sys.argv[2], input="a\\nb\\n") as run:
            return [line async for line in run.lines()]

with scramjet_client.sync.HostClient(sys.argv[1]) as host:
    host.get_version()
print(asyncio.run(main(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        folder,
        ROOT,
    ]
    subprocess.run(command, check=True)
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    found = folder / "bin/python"
    subprocess.run([sys.executable, "-m", "pip", "--python", found, "install", "--quiet", wheel], check=True)
    return found


pytestmark = pytest.mark.timeout(300)


def test_the_wheel_holds_the_client_with_its_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {"scramjet_client/py.typed", "scramjet_client/sync/__init__.py", "scramjet_client/_runtime/call.py"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/") or "mutants" in name]


def test_it_brings_little_along(python: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "list", "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
    )
    names = {entry["name"] for entry in json.loads(done.stdout)}
    assert names >= ASKED_FOR
    assert names - ASKED_FOR <= BROUGHT


def test_it_works_there(python: Path, hub: HubProcess, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(PROGRAM)
    done = subprocess.run(
        [python, "-W", "error", tmp_path / "main.py", hub.url, ROOT / "tests/sequences/echo"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
    )

    assert done.stdout == "['a', 'b']\n"
    assert done.stderr == ""


@pytest.mark.parametrize(("command", "extra"), [("scramjet-hub", "hub"), ("scramjet-contract", "contract")])
def test_commands_name_the_extra_that_they_lack(python: Path, command: str, extra: str) -> None:
    done = subprocess.run([python.parent / command, "--help"], check=False, capture_output=True, text=True, timeout=60)

    assert done.returncode == 2
    assert done.stderr.startswith(f"{command}: ")
    assert f"pip install 'scramjet-openapi[{extra}]'" in done.stderr
    assert done.stderr.count("\n") == 1
