"""The JavaScript clients that people have, as npm gives them, against the embedded Hub."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.published import clients as outside
from tests.support import steps
from tests.support.hub_process import HubProcess
from tests.support.tools import installed, needs

STEPS = Path(__file__).with_name("javascript.cjs")

# What a version cannot do, and how often: most of it once in each language of Sequences.
LEFT_OUT = {
    "0.15.1": {
        "HostClient has no getConfig()": 1,
        "HostClient has no getTopics()": 1,
        "HostClient has no getInstanceClient()": 2,
        "a token cannot be given to it": 1,
        "kill() takes no options": 2,
        "start() takes no topics": 4,
        "overwrite() is not implemented": 2,
    },
    "0.18.7": {
        "HostClient has no getConfig()": 1,
        "HostClient has no getTopics()": 1,
        "HostClient has no getInstanceClient()": 2,
        "InstanceClient has no getStatus()": 2,
        "a token cannot be given to it": 1,
        "kill() takes no options": 2,
        "start() takes no topics": 4,
        "overwrite() is not implemented": 2,
    },
    "0.26.1": {"InstanceClient has no getStatus()": 2, "overwrite() is not implemented": 2},
}


# So many steps take a while where the machine is busy; each has its own limit.
@pytest.mark.timeout(900)
@needs("node", "npm", because="the JavaScript clients were not tried")
@pytest.mark.parametrize("version", outside.JAVASCRIPT_VERSIONS)
def test_it_does_all_it_can(
    version: str, hub: HubProcess, packages: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    client = installed(lambda: outside.javascript_client(version))
    with HubProcess(tmp_path / "guarded", "--token", "secret") as guarded:
        command: list[str | Path] = [outside.node(), STEPS, client, version, guarded.url, hub.url, "secret", packages]
        taken = steps.check(
            steps.play(command, tmp_path, {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}), subtests
        )
    reasons = [step.left_out for step in taken if step.left_out]
    assert {reason: reasons.count(reason) for reason in reasons} == LEFT_OUT[version]
    assert len(taken) - len(reasons) >= 80
