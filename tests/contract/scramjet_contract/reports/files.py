"""Writes the reports into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_contract.reports.html import html
from scramjet_contract.reports.junit import junit
from scramjet_contract.reports.markdown import markdown

if TYPE_CHECKING:
    from pathlib import Path

    from scramjet_contract.run import Report


def write(report: Report, folder: Path) -> None:
    """Write `junit.xml`, `report.html` and `summary.md`.

    Args:
        report: What to tell.
        folder: Where; it is made if need be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "junit.xml").write_bytes(junit(report))
    # A reply may hold halves of characters, which UTF-8 does not have.
    (folder / "report.html").write_text(html(report), encoding="utf-8", errors="backslashreplace")
    (folder / "summary.md").write_text(markdown(report), encoding="utf-8", errors="backslashreplace")
