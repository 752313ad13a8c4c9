"""The smoke of one language: its own test tool, told by variables where the Hub and the steps are."""

from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING

import attrs

from scripts.generate.languages.table import SEQUENCE, STEPS, step_names
from scripts.generate.languages.toolchain import ToolError, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scripts.generate.languages.language import Language


@attrs.frozen
class Smoke:
    """What the smoke of a language did.

    Attributes:
        steps: Seconds by step, of the steps that passed.
        printed: What the language's test tool printed.
        failed: Whether that tool says that anything failed.
    """

    steps: Mapping[str, float]
    printed: str
    failed: bool

    @property
    def complete(self) -> bool:
        """Return whether every step passed, in the order of the list."""
        return not self.failed and list(self.steps) == step_names()


def smoke(language: Language, hub: str, client: Path, work: Path) -> Smoke:
    """Run a client's smoke.

    Args:
        language: The client's language.
        hub: The API base of a running Hub; the smoke leaves nothing on it.
        client: The folder of the client, built.
        work: A folder for the package and the results.
    """
    results = work / f"{language.name}.jsonl"
    results.unlink(missing_ok=True)
    variables = {
        "SMOKE_HUB": hub,
        "SMOKE_STEPS": str(STEPS),
        "SMOKE_PACKAGE": str(_pack(work)),
        "SMOKE_RESULTS": str(results),
    }
    try:
        printed, failed = run(language.smoke, client, variables), False
    except ToolError as error:
        printed, failed = str(error), True
    lines = results.read_text(encoding="utf-8").splitlines() if results.is_file() else []
    entries = [json.loads(line) for line in lines]
    return Smoke({entry["step"]: float(entry["seconds"]) for entry in entries}, printed, failed)


def _pack(work: Path) -> Path:
    package = work / "smoke.tar.gz"
    with tarfile.open(package, "w:gz") as archive:
        for name in ("package.json", "main.py"):
            archive.add(SEQUENCE / name, name)
    return package
