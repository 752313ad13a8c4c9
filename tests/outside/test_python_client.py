"""The Python client that others have published, as PyPI gives it, against the embedded Hub."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.published import clients as outside
from tests.support import steps
from tests.support.hub_process import HubProcess
from tests.support.tools import installed, needs

STEPS = Path(__file__).with_name("published_python.py")

# What it cannot do, once in each language of Sequences.
LEFT_OUT = ["get_event_stream() awaits what cannot be awaited", "send_stdin() leaves out an argument"]


# So many steps take a while where the machine is busy; each has its own limit.
@pytest.mark.timeout(900)
@needs("node", because="half of the Sequences are for it")
def test_it_does_all_it_can(hub: HubProcess, packages: Path, tmp_path: Path, subtests: pytest.Subtests) -> None:
    python = installed(outside.python_client)
    with HubProcess(tmp_path / "guarded", "--token", "secret") as guarded:
        command: list[str | Path] = [python, STEPS, hub.url, guarded.url, "secret", packages]
        taken = steps.check(
            steps.play(command, tmp_path, {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}), subtests
        )
    assert [step.left_out for step in taken if step.left_out] == LEFT_OUT * 2
    assert len(taken) >= 48
