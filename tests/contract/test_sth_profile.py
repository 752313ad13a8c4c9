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
from scramjet_contract.results import Problem

from tests.support.tools import needs

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "sth-0.18.7"
SCENARIO = "body-is-sent-when-it-is-wanted"
DEVIATION = "goes-ahead-twice"


def test_every_deviation_shows_its_exchange() -> None:
    deviations = profile.load(NAME).deviations
    assert len({deviation.id for deviation in deviations}) == len(deviations)
    for deviation in deviations:
        assert deviation.what, deviation.id
        assert deviation.reason, deviation.id
        assert "\n-> " in deviation.exchange, deviation.id


@pytest.mark.parametrize("source", ["scenario made-up", "property fuzzing", "cleanup"])
def test_what_is_new_is_not_known(source: str) -> None:
    known = profile.load(NAME).known
    for operation in Description.load().operations:
        message = "never seen before"
        problem = Problem(source=source, check="behaviour", operation=operation, message=message, status=299)
        assert known(problem) is None


def test_what_is_missing_is_described() -> None:
    assert set(profile.load(NAME).without) <= set(Description.load().operations)


def test_it_is_chosen_by_the_version() -> None:
    assert profile.choose({"version": "0.18.7"}).name == NAME
    assert profile.choose({"version": "1.0.1"}).name != NAME


@needs("node", "npm", because="no real STH was checked")
def test_a_deviation_that_is_not_in_the_profile_fails_the_run(tmp_path: Path) -> None:
    raw = yaml.safe_load((resources.files("scramjet_contract") / "profiles" / f"{NAME}.yaml").read_text())
    raw["deviations"] = [item for item in raw["deviations"] if item["id"] != DEVIATION]
    (tmp_path / "without.yaml").write_text(yaml.safe_dump(raw))

    kept = contract("--reports", str(tmp_path / "kept"))
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert f"known deviation: {DEVIATION}" in kept.stdout

    broken = contract("--profile", str(tmp_path / "without.yaml"), "--reports", str(tmp_path / "broken"))
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "expected [100], got [100, 100]" in broken.stdout


def contract(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.contract", "--plain", "--seed", "1", "--only", SCENARIO, *options]
    environment = {**os.environ, "HUB": "sth"}
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
