"""The whole bench, a little of everything, on a real Hub of ours and a real STH."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.bench.hub.catalogue import MEASURES
from scripts.bench.hub.contenders import OURS, THEIRS
from scripts.sth.packages import python_for_runner

REPOSITORY = Path(__file__).resolve().parents[2]
WITH_STH = shutil.which("node") is not None and shutil.which("npm") is not None


def contenders(language: str) -> set[str]:
    """Who can be measured here, in something that needs a language or none."""
    ours = {OURS} if language != "Node" or shutil.which("node") else set()
    theirs = {THEIRS} if WITH_STH and (language != "Python" or python_for_runner()) else set()
    return ours | theirs


@pytest.mark.timeout(300)
def test_everything_is_measured(tmp_path: Path) -> None:
    keys = [measure.key for measure in MEASURES]
    command = [sys.executable, "-m", "scripts.bench.hub", "--quick", "--reports", str(tmp_path), "--only", *keys]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    figures = json.loads((tmp_path / "bench-hub.json").read_text())
    for measure in MEASURES:
        able = contenders(measure.language)
        for figure in measure.figures:
            assert figures[figure.name]["failures"] == {}
            values = figures[figure.name]["values"]
            assert values.keys() == able
            assert all(value > 0 for values in values.values() for value in values)
            assert f"| {figure.name} | {figure.unit} |" in done.stdout
    assert (tmp_path / "bench-hub.md").read_text() in done.stdout
