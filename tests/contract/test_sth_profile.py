"""The profile of STH 0.18.7 says all that is needed to repeat a deviation, and hides nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
import yaml
from scramjet_contract import profile
from scramjet_contract.description import Description

from scripts.sth import packages
from tests.support.tools import left_out, needs

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "sth-0.18.7"
SCENARIO = "body-is-sent-when-it-is-wanted"
DEVIATION = "goes-ahead-twice"
IN_PYTHON = (
    "output-is-whole-and-in-order",
    "bytes-are-not-touched",
    "objects-come-as-lines-of-json",
    "stdout-and-stderr-are-apart",
    "output-comes-as-it-is-made",
    "large-package-arrives-whole",
    "every-reader-gets-everything",
    "bytes-arrive-as-they-are",
    "text-arrives-line-by-line",
)
"""What the suite's own Sequences give, of each kind."""


def test_what_is_missing_is_described() -> None:
    description = Description.load()
    chosen = profile.load(NAME).informed_by(description)
    assert chosen.without
    assert set(chosen.without) <= set(description.operations)


def test_what_is_about_an_operation_is_in_the_description() -> None:
    operations = set(Description.load().operations)
    for name in profile.names():
        for deviation in profile.load(name).deviations:
            assert not operations & {key for sight in deviation.seen for key in sight.operations}, deviation.id


def test_it_is_chosen_by_the_version() -> None:
    assert profile.choose({"version": "0.18.7"}).name == NAME
    assert profile.choose({"version": "0.18.8"}).name != NAME


@needs("node", "npm", because="no real STH was checked")
def test_a_deviation_that_is_not_in_the_profile_fails_the_run(tmp_path: Path) -> None:
    raw = yaml.safe_load((resources.files("scramjet_contract") / "profiles" / f"{NAME}.yaml").read_text())
    raw["server"] = ""
    (tmp_path / "without.yaml").write_text(yaml.safe_dump(raw))

    kept = contract("--reports", str(tmp_path / "kept"))
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert f"known deviation: {DEVIATION}" in kept.stdout

    broken = contract("--profile", str(tmp_path / "without.yaml"), "--reports", str(tmp_path / "broken"))
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "expected [100], got [100, 100]" in broken.stdout


@needs("node", "npm", because="no real STH was checked")
@pytest.mark.skipif(
    packages.python_for_runner() is None,
    reason=left_out("a Python from 3.7 to 3.11.4", because="STH's Python runner runs in it"),
)
def test_our_sequences_run_on_its_python_runner(tmp_path: Path) -> None:
    for _ in range(10):
        run = contract("--language", "python", "--reports", str(tmp_path), only=",".join(IN_PYTHON))
        assert run.returncode == 0, run.stdout + run.stderr
        met = {line.split()[2] for line in run.stdout.splitlines() if line.startswith("known deviation: ")}
        if not met & FORGOTTEN:
            break
    # Nothing but what the Hub does with Node Sequences too: what they give comes out.
    assert met <= {"start-says-ok", "instances-have-no-status", "bytes-become-text"}, run.stdout


FORGOTTEN = {"output-of-the-ended-is-lost", "unknown-instances-have-no-type"}
"""What a run meets if an Instance had ended, and was forgotten, before it was read: another run will tell."""


def contract(*options: str, only: str = SCENARIO) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.contract", "--plain", "--seed", "1", "--only", only, *options]
    environment = {**os.environ, "HUB": "sth"}
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
