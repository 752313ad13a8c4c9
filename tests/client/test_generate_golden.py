"""The files that the templates make of a small description, as they were agreed upon.

Neither the generator's templates nor its use as a library are a promised interface: these files show what a new version
of it, or a change of ours, does to the client. Run this module with `UPDATE_GOLDEN=1` in the environment to renew them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.generation import generated

GOLDEN = Path(__file__).parent / "golden"
FILES = (
    "small_client/models/thing.py",
    "small_client/models/thing_state.py",
    "small_client/models/__init__.py",
    "small_client/api/things/__init__.py",
    "small_client/api/things/list_things.py",
    "small_client/api/things/create_thing.py",
    "small_client/api/things/get_thing.py",
    "small_client/api/things/read_data.py",
    "small_client/api/things/write_data.py",
    "small_client/_operations/host.py",
    "small_client/_operations/instance.py",
    "small_client/_operations/raw_host.py",
    "small_client/sync/_operations/instance.py",
    "api.md",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is generated now."""
    content: dict[str, Any] = yaml.safe_load((GOLDEN / "description.yaml").read_text())
    folder = tmp_path_factory.mktemp("golden")
    generated(content, folder)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_as_agreed(made: Path, name: str) -> None:
    # With another suffix, so that no tool takes them for code of the project.
    golden = GOLDEN / f"{name.replace('/', '.')}.txt"
    text = (made / name).read_text()
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)

    assert text == golden.read_text()


def test_there_are_no_stale_files() -> None:
    expected = {f"{name.replace('/', '.')}.txt" for name in FILES} | {"description.yaml"}

    assert {path.name for path in GOLDEN.iterdir()} == expected
