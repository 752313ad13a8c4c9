"""The directions of imports that pyproject.toml states: import-linter finds an import against each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = (
    "client",
    "scripts",
    "generated/python/scramjet_client",
    "hub/scramjet_hub",
    "hub/scramjet_serving",
    "hub/scramjet_space",
    "tests/contract/scramjet_contract",
)
AGAINST = {
    "client to servers": ("client/runtime/texts.py", "from scramjet_hub import cli", "The client knows nothing"),
    "client to scripts": (
        "generated/python/scramjet_client/host.py",
        "import scripts.sth",
        "The client knows nothing of the servers",
    ),
    "runtime to classes": (
        "generated/python/scramjet_client/_runtime/texts.py",
        "from ..host import HostClient",
        "The client's runtime",
    ),
    "hub to tests": ("hub/scramjet_hub/hub.py", "from tests.support import wire", "The Hub knows nothing"),
    "hub to contract": ("hub/scramjet_hub/hub.py", "from scramjet_contract import cli", "The Hub knows nothing"),
    "serving to hub": ("hub/scramjet_serving/app.py", "from scramjet_hub import config", "What serves an API knows"),
    "a lower room of the Hub to a higher one": (
        "hub/scramjet_hub/runners/codes.py",
        "from scramjet_hub.instances import events",
        "The Hub is built in one direction",
    ),
    "space to hub": ("hub/scramjet_space/version.py", "from scramjet_hub import version", "The Space never imports"),
    "serving in a circle": (
        "hub/scramjet_serving/errors.py",
        "from scramjet_serving import app",
        "No circle in the servers",
    ),
    "contract to hub": (
        "tests/contract/scramjet_contract/wire.py",
        "from scramjet_hub import cli",
        "The contract tests ask",
    ),
    "contract to scripts": (
        "tests/contract/scramjet_contract/run.py",
        "from scripts import sth",
        "The contract tests ask",
    ),
    "a lower job to a higher one": (
        "scripts/description/source.py",
        "import scripts.generate.naming",
        "The jobs of scripts/",
    ),
    "in a circle": ("scripts/soak/ledger.py", "from scripts.soak.run import Soak", "No circle in scripts/"),
}


def contracts(folder: Path) -> str:
    path = os.pathsep.join(str(folder / place) for place in ("", "generated/python", "hub", "tests/contract"))
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "500"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_all_directions_are_kept(copy: Path) -> None:
    told = contracts(copy)
    assert " 0 broken." in told, told


@pytest.mark.parametrize("case", AGAINST)
def test_an_import_against_a_direction_is_found(copy: Path, case: str) -> None:
    name, line, contract = AGAINST[case]
    file = copy / name
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n\n{line}\n", encoding="utf-8")
    try:
        broken = [told for told in contracts(copy).splitlines() if " BROKEN" in told]
    finally:
        file.write_text(text, encoding="utf-8")
    assert [told for told in broken if told.startswith(contract)], broken
