"""What the documents show works as they show it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PYTHON_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = PYTHON_BLOCK.findall((ROOT / "README.md").read_text())
PRINTED = [
    "STREAMS\nARE\nREAL\n",
    "0.1.0\n['STREAMS', 'ARE', 'REAL']\n",
    "one\ntwo\n",
    "404 from GET http://*/api/v1/sequence/missing: Sequence missing not found\n",
    "An Instance of the Sequence *\n",
]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("hub")) as process:
        yield process


def run_as_it_stands(example: str, hub: HubProcess) -> str:
    """What an example prints, run as a reader would: in the project's folder, told by the environment of the Hub."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=ROOT,
        env={**os.environ, "SCRAMJET_URL": hub.url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_example_is_known_here() -> None:
    assert len(EXAMPLES) == len(PRINTED)


@pytest.mark.parametrize(("example", "printed"), [*zip(EXAMPLES, PRINTED, strict=True)], ids=range(len(EXAMPLES)))
def test_example(example: str, printed: str, hub: HubProcess) -> None:
    pattern = re.escape(printed).replace(r"\*", ".*")
    assert re.fullmatch(pattern, run_as_it_stands(example, hub))
    with hub.client() as client:
        assert client.get("/sequences").json() == []


def test_every_target_named_in_the_readme_exists() -> None:
    named = re.findall(r"^\$ make ([a-z-]+)|`make ([a-z-]+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    targets = {first or second for first, second in named}
    assert targets <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
