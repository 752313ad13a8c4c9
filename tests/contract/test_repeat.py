"""The command that is printed for a failure repeats it, with all that it needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from scramjet_contract.http_policy import HttpPolicy, Proxy
from scramjet_contract.reports.repeat import as_command
from scramjet_contract.results import Problem
from scramjet_contract.settings import Settings

from scripts.servers import embedded
from tests.mutants import load_all
from tests.mutants.serve import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND = re.compile(r"^✗ (\S+ \S+) (\S+)$", re.MULTILINE)
REPEAT = re.compile(r"^Repeat it: (.*)$", re.MULTILINE)
TOKEN = "a-token-of-many-letters"


def told(output: str) -> list[tuple[str, str]]:
    return FOUND.findall(output)


def run(command: Sequence[str] | str, **variables: str) -> tuple[int, str]:
    """Run something as a user would; what it prints."""
    environment = {"PATH": os.environ["PATH"], "TOKEN": TOKEN, "NO_COLOR": "1", **variables}
    done = subprocess.run(
        command, shell=isinstance(command, str), capture_output=True, text=True, env=environment, timeout=280
    )
    return done.returncode, done.stdout + done.stderr


CASES = {
    # By an Instance of a scenario, which is gone when the command is read.
    "kill-works-twice": ("--only", "kill-works-once,runs-to-its-end"),
    # By generated requests to an Instance that they share.
    "event-is-accepted-as-true": ("--only", "fuzzing", "--operations", "sendEvent,createTopic,getVersion"),
    "a-sequence-is-listed-twice": ("--only", "examples,coverage,stateful", "--tags", "sequences"),
}


@pytest.mark.parametrize("mutant", CASES)
def test_the_command_repeats_the_failure(mutant: str, tmp_path: Path) -> None:
    assert mutant in load_all()
    with embedded.running(tmp_path, "--token", TOKEN, command=serving(mutant)) as (url, _):
        start = [str(Path(sys.executable).with_name("scramjet-contract")), url, "--plain", "--seed", "11"]
        code, output = run([*start, *CASES[mutant]])
        assert code == 1, output
        first, command = told(output)[0], REPEAT.findall(output)[0]
        assert TOKEN not in command
        code, output = run(command)
    assert code == 1, (command, output)
    assert first in told(output), command


def problem(source: str, operation: str = "getVersion") -> Problem:
    return Problem(source=source, check="c", operation=operation, message="m")


def test_what_the_command_names() -> None:
    settings = Settings(url="http://hub/api/v1", seed=7, command=("scramjet-contract",))
    base = "scramjet-contract http://hub/api/v1 --seed 7"
    assert as_command(problem("scenario x-y"), settings) == f"{base} --only x-y"
    assert as_command(problem("property fuzzing"), settings) == f"{base} --only examples,coverage,fuzzing"
    assert as_command(problem("property stateful"), settings) == f"{base} --only examples,coverage,fuzzing,stateful"
    narrow = attrs.evolve(settings, only=("says-who-it-is", "examples", "fuzzing"), operations=("a", "b"))
    assert as_command(problem("property fuzzing"), narrow) == f"{base} --only examples,fuzzing --operations a,b"
    assert as_command(problem("matrix"), settings) == base
    assert as_command(problem("cleanup", ""), settings) == base


def test_the_command_has_what_the_run_was_told_and_no_secret() -> None:
    policy = HttpPolicy("ca.pem", "c.pem", "k.pem", True, {"X-Key": "hidden"}, Proxy("p", 1, "me", "hidden"))
    settings = Settings(
        url="http://hub/a b",
        token="hidden",
        read_token="hidden",
        full_hub="http://full",
        profile="my profile.yaml",
        tags=("hub", "topics"),
        effort=2.5,
        pace=3,
        policy=policy,
        command=("/a path/scramjet-contract",),
    )
    command = as_command(problem("property coverage"), settings)
    assert "hidden" not in command
    for part in (
        "'/a path/scramjet-contract' 'http://hub/a b' --token \"$TOKEN\" --read-token \"$READ_TOKEN\"",
        "--full-hub http://full",
        "--profile 'my profile.yaml'",
        "--tags hub,topics",
        "--effort 2.5 --pace 3",
        "--ca-file ca.pem --cert c.pem --key k.pem --proxy http://p:1 --insecure",
        '--header "X-Key: $X_KEY"',
    ):
        assert part in command


@pytest.mark.parametrize(
    ("command", "start"),
    [
        (("make", "contract"), "make contract SEED=7 ONLY=x"),
        (("make", "contract", "HUB=sth"), "make contract HUB=sth SEED=7 ONLY=x"),
        (("make", "contract", "HUB=http://h"), "make contract HUB=http://h SEED=7 ONLY=x PROFILE=embedded"),
        (("python", "-m", "scripts.contract"), "python -m scripts.contract --seed 7 --only x"),
    ],
)
def test_make_is_told_by_variables(command: tuple[str, ...], start: str) -> None:
    settings = Settings(url="http://127.0.0.1:1", token="hidden", profile="embedded", seed=7, command=command)
    assert as_command(problem("scenario x"), settings) == start
