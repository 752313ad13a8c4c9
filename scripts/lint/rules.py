"""Every rule for the description, and the check that applies them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.description.bundle import bundle
from scripts.description.source import BUNDLE, SOURCE, DescriptionError, Source
from scripts.lint import deviations, extensions, operations, schemas, whole
from scripts.lint.subject import Subject

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.lint.subject import Finding

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
        # A file that the bundle has no use for is read by the rules alone.
        found = sorted(set(findings(subject)))
    except DescriptionError as error:
        return [str(error)]
    lines = [f"{folder.name}/{finding.file}:{finding.line}: {finding.reason}" for finding in found]
    outdated = whole.outdated_line(committed, subject.bundle.text())
    if outdated is not None:
        where = f"{committed.parent.name}/{committed.name}:{outdated}"
        lines.append(f"{where}: not what {folder.name}/ gives; run make generate")
    return lines


def findings(subject: Subject) -> list[Finding]:
    """Return the findings on a description that could be bundled."""
    errors = whole.openapi_errors(subject)
    # Where the bundle is no OpenAPI, the rules could not even look at it.
    if found := [subject.finding(pointer, message) for pointer, message in errors if pointer]:
        return found
    # Errors without a place are mostly such that a rule finds too, and places.
    found = [finding for rule in RULES for finding in rule(subject)]
    return found or [subject.finding(pointer, message) for pointer, message in errors]
