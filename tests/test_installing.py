"""What README.md says about installing: a Hub from the wheel, in an environment of its own, runs the first example."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
FIRST_EXAMPLE = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[0]
VERSION = re.findall(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[0]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with nothing but the wheel and the extra that its Hub needs."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder / "dist", ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    found = folder / "venv/bin/python"
    wheel = folder / "dist" / f"scramjet_openapi-{VERSION}-py3-none-any.whl"
    subprocess.run([*pip, "--python", found, "install", "--quiet", f"{wheel}[hub]"], check=True)
    return found


@pytest.fixture
def url(python: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a Hub that runs from there."""
    command: list[str | Path] = [python.parent / "scramjet-hub", "--port", "0", "--data-dir", tmp_path / "data"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=bare_environment()) as hub:
        assert hub.stdout
        yield hub.stdout.readline().split()[-1]
        hub.send_signal(signal.SIGTERM)
        assert hub.wait(60) == 0


def bare_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCRAMJET_"))}


def test_the_readme_names_the_wheel() -> None:
    assert f"dist/scramjet_openapi-{VERSION}-py3-none-any.whl[hub]" in README


def test_the_first_example_runs_on_it(python: Path, url: str) -> None:
    done = subprocess.run(
        [python, "-W", "error", "-c", FIRST_EXAMPLE],
        cwd=ROOT,
        env={**bare_environment(), "SCRAMJET_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("STREAMS\nARE\nREAL\n", "")


def test_an_extra_can_be_added_as_the_message_says(python: Path) -> None:
    lacking = subprocess.run([python.parent / "scramjet-contract"], capture_output=True, text=True, check=False)
    assert lacking.returncode == 2
    (named,) = re.findall(r"pip install '(.*?)'", lacking.stderr)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    added = subprocess.run([*pip, "install", "--dry-run", named], capture_output=True, text=True, check=True)
    assert "schemathesis" in added.stdout.splitlines()[-1]
