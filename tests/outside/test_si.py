"""`si`, the command line of Scramjet, as npm gives it, against the embedded Hub."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scripts.published import clients as outside
from tests.support import steps
from tests.support.hub_process import HubProcess
from tests.support.tools import installed, needs

STEPS = Path(__file__).with_name("si_steps.py")


# So many steps take a while where the machine is busy; each has its own limit.
@pytest.mark.timeout(900)
@needs("node", "npm", because="`si` was not tried")
def test_every_command_for_a_hub_works(
    hub: HubProcess, packages: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cli = installed(outside.cli)
    home = tmp_path / "home"
    home.mkdir()
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home)}
    with HubProcess(tmp_path / "other") as other:
        command: list[str | Path] = [sys.executable, STEPS, outside.node(), cli, hub.url, other.url, packages]
        taken = steps.check(steps.play(command, home, environ), subtests)
    assert len(taken) >= 50
