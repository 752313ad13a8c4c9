"""The clients for Python and for Node Sequences, made from the bundle as a whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.description.source import ROOT
from scripts.generate.commonjs import commonjs_files
from scripts.generate.document import Document
from scripts.generate.package import Package
from scripts.generate.parsing import GenerationError

TIDY = ("F401", "I001", "RUF022", "TC005")
"""What ruff mends in the rendered files: imports that are not needed, their order, and that of `__all__`."""


def generate(content: dict[str, object], target: Path, *, templates: Path, classes: Path, runtime: Path) -> Package:
    """Make the client.

    Args:
        content: The bundled description.
        target: The package's folder; what is there is replaced as a whole, and only by a complete client.
            `api.md` goes beside it.
        templates: The folder of templates.
        classes: The folder with the hand-written parts of the client classes.
        runtime: The folder of the runtime.

    Returns:
        What was made.

    Raises:
        GenerationError: The client would not be complete.
    """
    package = Package(content, templates=templates, classes=classes, runtime=runtime)
    files = package.files()
    reference = package.reference(files)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as folder:
        made = Path(folder) / target.name
        _write(made, files)
        _tidy(made)
        _replace(target, made)
    (target.parent / "api.md").write_text(reference, encoding="utf-8")
    return package


def generate_commonjs(content: dict[str, object], target: Path, *, templates: Path, written: Path) -> None:
    """Make the client for Node Sequences.

    Args:
        content: The bundled description.
        target: The client's folder; what is there is replaced as a whole.
        templates: The folder of templates.
        written: The folder of the half that is written by hand.

    Raises:
        GenerationError: The client would not be complete.
    """
    files = commonjs_files(Document(content), written, templates)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as folder:
        made = Path(folder) / target.name
        _write(made, files)
        _replace(target, made)


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _tidy(folder: Path) -> None:
    """Remove imports that a file does not need, sort the others, and format."""
    ruff = [sys.executable, "-m", "ruff"]
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet"]
    # The templates end every item of a list with a comma, which is no wish to have it on a line of its own.
    layout = ["--config", "format.skip-magic-trailing-comma=true"]
    for command in (["check", "--fix", "--select", ",".join(TIDY)], ["format", *layout]):
        done = subprocess.run(  # noqa: S603 # our own arguments
            [*ruff, *command, *config, str(folder)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise GenerationError(f"ruff {command[0]} does not take what was generated:\n{done.stdout}{done.stderr}")


def _replace(target: Path, made: Path) -> None:
    if target.exists():
        old = made.parent / "old"
        target.rename(old)
    made.rename(target)
