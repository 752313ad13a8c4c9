"""The writers of the clients for Python and for Node Sequences: all files or none."""

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
"""The ruff rules to fix in rendered files: unused imports, the order of imports and of `__all__`."""


def generate(content: dict[str, object], target: Path, *, templates: Path, classes: Path, runtime: Path) -> Package:
    """Generate the Python client.

    Args:
        content: The bundled description.
        target: The package's folder; its contents are replaced as a whole, and only by a complete client.
            `api.md` is written next to it.
        templates: The folder of templates.
        classes: The folder with the hand-written parts of the client classes.
        runtime: The folder of the runtime.

    Returns:
        The generated package.

    Raises:
        GenerationError: The client would be incomplete.
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
    """Generate the client for Node Sequences.

    Args:
        content: The bundled description.
        target: The client's folder; its contents are replaced as a whole.
        templates: The folder of templates.
        written: The folder of the hand-written half.

    Raises:
        GenerationError: The client would be incomplete.
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
    """Remove unused imports, sort the others, and format."""
    ruff = [sys.executable, "-m", "ruff"]
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet"]
    # The templates end every list item with a comma, which must not make ruff give each item its own line.
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
