"""Programs that take a client through many steps and tell of each in a line of JSON."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pytest


@attrs.frozen
class Step:
    """How one step went.

    Attributes:
        name: What was done.
        error: Why it failed; empty if it did not.
        left_out: Why the client cannot do it; empty if it can.
    """

    name: str
    error: str = ""
    left_out: str = ""


def play(command: Sequence[str | os.PathLike[str]], folder: Path, environ: Mapping[str, str]) -> Iterator[Step]:
    """Run a program and give its steps as it takes them.

    It runs as the leader of a session of its own, of which nothing is left afterwards.

    Args:
        command: The program; each line that it prints is an object with `step` and maybe `error` or `leftOut`.
        folder: Where it runs.
        environ: All of its environment.

    Raises:
        AssertionError: It did not end well; the text has what it wrote to stderr.
    """
    with tempfile.TemporaryFile("w+") as stderr:
        with subprocess.Popen(
            command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=stderr, text=True, start_new_session=True
        ) as process:
            try:
                yield from map(_step, process.stdout or ())
                code = process.wait()
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        stderr.seek(0)
        assert code == 0, f"{command[1]} ended with {code}:\n{stderr.read()}"


def _step(line: str) -> Step:
    told = json.loads(line)
    return Step(told["step"], told.get("error", ""), told.get("leftOut", ""))


def check(steps: Iterator[Step], subtests: pytest.Subtests) -> list[Step]:
    """Make each step a result of its own; give them all."""
    taken = []
    for step in steps:
        taken.append(step)
        with subtests.test(step.name + (f" (left out: {step.left_out})" if step.left_out else "")):
            assert not step.error, step.error
    return taken
