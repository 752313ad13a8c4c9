"""Writes the reports into a folder; during a run, and if it fails, they say that there is no result."""

from __future__ import annotations

import contextlib
from html import escape
from typing import TYPE_CHECKING

from scramjet_contract.errors import CannotCheck
from scramjet_contract.reports.html import html
from scramjet_contract.reports.junit import junit, junit_of_nothing
from scramjet_contract.reports.markdown import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scramjet_contract.run import Report

UNFINISHED = "The run has not come to its end."


@contextlib.contextmanager
def kept(folder: Path | None) -> Iterator[Callable[[Report], None]]:
    """Manage the reports in a folder so that they are never those of an earlier run.

    Args:
        folder: The folder, created if necessary. None for no reports.

    Yields:
        A function that writes the report when the run has ended.
    """
    if folder is None:
        yield lambda _: None
        return
    write_reason(UNFINISHED, folder)
    try:
        yield lambda report: write(report, folder)
    except CannotCheck as error:
        write_reason(f"Nothing could be checked: {error}", folder)
        raise


def write(report: Report, folder: Path) -> None:
    """Write `junit.xml`, `report.html` and `summary.md`.

    Args:
        report: The report.
        folder: The folder, created if necessary.
    """
    _write(folder, junit(report), html(report), markdown(report))


def write_reason(reason: str, folder: Path) -> None:
    """Write the same files for a run that has no result, only a reason."""
    page = f'<!doctype html><meta charset="utf-8"><title>{escape(reason)}</title><p>{escape(reason)}</p>\n'
    _write(folder, junit_of_nothing(reason), page, f"# ❌ {reason}\n")


def _write(folder: Path, xml: bytes, page: str, summary: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "junit.xml").write_bytes(xml)
    # A reply may hold lone surrogates, which UTF-8 cannot encode.
    (folder / "report.html").write_text(page, encoding="utf-8", errors="backslashreplace")
    (folder / "summary.md").write_text(summary, encoding="utf-8", errors="backslashreplace")
