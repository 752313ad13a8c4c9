"""The snippets for CI in the README do what they are there for."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import yaml
from scramjet_contract.settings import parse

README = Path(__file__).with_name("README.md")
GITHUB, GITLAB = (yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", README.read_text(), re.DOTALL)[-2:])
JOB: dict[Any, Any] = GITHUB["jobs"]["contract"]
STEPS: list[dict[str, Any]] = JOB["steps"]
SCRIPTS = [str(step.get("run", "")) for step in STEPS], GITLAB["contract"]["script"]


def commands(script: list[str], word: str) -> list[str]:
    return [line for line in script if line.startswith(word)]


def test_the_run_ends_before_the_job_does() -> None:
    minutes = [JOB["timeout-minutes"], int(GITLAB["contract"]["timeout"].split()[0])]
    for script, limit in zip(SCRIPTS, minutes, strict=True):
        (command,) = commands(script, "scramjet-contract ")
        settings = parse(command.partition("#")[0].split()[1:], {})
        assert settings.time_limit is not None
        assert settings.time_limit + 120 <= limit * 60
        assert str(settings.reports) == "reports"


def test_what_comes_after_a_failed_run_does_not_fail(tmp_path: Path) -> None:
    """With exit code 2, or when nothing was installed at all, there may be no reports."""
    later = STEPS[STEPS.index(next(step for step in STEPS if "scramjet-contract " in str(step.get("run")))) + 1 :]
    assert later
    assert all(step["if"] == "always()" for step in later)
    for step in later:
        if "run" in step:
            environment = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "PATH": "/usr/bin:/bin"}
            subprocess.run(["sh", "-e", "-c", step["run"]], check=True, cwd=tmp_path, env=environment)
    (upload,) = [step["with"] for step in later if "uses" in step]
    assert upload["if-no-files-found"] == "ignore"
    assert GITLAB["contract"]["artifacts"]["when"] == "always"


def test_the_package_is_installed_from_where_it_is() -> None:
    """From a checkout: no index has it."""
    project = tomllib.loads((README.parents[2] / "pyproject.toml").read_text())["project"]
    assert "contract" in project["optional-dependencies"]
    assert "scramjet-contract" in project["scripts"]
    for script in SCRIPTS:
        (install,) = commands(script, "pip install ")
        assert install == f"pip install './{project['name']}[contract]'"
    (checkout,) = [step["with"] for step in STEPS if str(step.get("uses")).startswith("actions/checkout@")]
    assert checkout["path"] == project["name"]
    (clone,) = commands(SCRIPTS[1], "git clone ")
    assert clone.split()[-1] == project["name"]
