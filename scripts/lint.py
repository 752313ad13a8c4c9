"""Check the description: `python -m scripts.lint`, a part of `make lint`.

What is wrong is printed as `file:line: reason`; the exit code is 1 if anything is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.description.bundle import bundle
from scripts.description.source import BUNDLE, SOURCE, DescriptionError, Source
from scripts.linting import deviations, extensions, operations, schemas, whole
from scripts.linting.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.linting.subject import Finding

RULES = (*whole.RULES, *operations.RULES, *extensions.RULES, *deviations.RULES, *schemas.RULES)
"""Every rule: a function from a subject to findings, which explains itself in its docstring."""


def lint(folder: Path = SOURCE, committed: Path = BUNDLE) -> list[str]:
    """Check a description.

    Args:
        folder: Its sources.
        committed: The bundle that was made of them.

    Returns:
        What is wrong, each as `file:line: reason`, in the order of files and lines.
    """
    source = Source(folder)
    try:
        subject = Subject(source, bundle(source))
    except DescriptionError as error:
        return [str(error)]
    found = sorted(set(findings(subject)))
    lines = [f"{folder.name}/{finding.file}:{finding.line}: {finding.reason}" for finding in found]
    outdated = whole.outdated_line(committed, subject.bundle.text())
    if outdated is not None:
        where = f"{committed.parent.name}/{committed.name}:{outdated}"
        lines.append(f"{where}: not what {folder.name}/ gives; run make generate")
    return lines


def findings(subject: Subject) -> list[Finding]:
    """What is wrong with a description that could be bundled."""
    errors = whole.openapi_errors(subject)
    # Where the bundle is no OpenAPI, the rules could not even look at it.
    if found := [subject.finding(pointer, message) for pointer, message in errors if pointer]:
        return found
    # Errors without a place are mostly such that a rule finds too, and places.
    found = [finding for rule in RULES for finding in rule(subject)]
    return found or [subject.finding(pointer, message) for pointer, message in errors]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the description, or one that is named; print what is wrong.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m scripts.lint", description="Check the description.")
    parser.add_argument("--source", type=Path, default=SOURCE, help="the folder with scramjet.yaml")
    parser.add_argument("--bundle", type=Path, default=BUNDLE, help="the bundle that was made of it")
    options = parser.parse_args(arguments)
    lines = lint(options.source, options.bundle)
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
