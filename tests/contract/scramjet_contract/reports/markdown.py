"""A summary in Markdown, for the page that a CI system shows of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_contract.exchange import as_curl
from scramjet_contract.reports.repeat import ALONE, as_command
from scramjet_contract.reports.terminal import summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.matrix import Cell
    from scramjet_contract.results import Problem
    from scramjet_contract.run import Report

MOST = 30
"""Problems that are reported in full; a summary has to fit on a page."""


def markdown(report: Report) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {'✅' if report.kept else '❌'} Contract of {report.settings.url}"
    yield ""
    yield f"{report.program}, profile `{report.profile.name}`"
    yield ""
    yield from (f"- {line}" for line in summary_lines(report))
    yield from _problems(report)
    yield from _matrix(report)


def _problems(report: Report) -> Iterator[str]:
    problems = list(report.results.problems.values())
    if problems:
        yield from ("", "## Problems")
    for problem in problems[:MOST]:
        yield from _problem(problem, as_command(problem, report.settings))
    if len(problems) > MOST:
        yield from ("", f"... and {len(problems) - MOST} more.")


def _problem(problem: Problem, command: str) -> Iterator[str]:
    yield from ("", f"<details><summary><b>{problem.operation or problem.source}</b> {_cell(problem)}</summary>", "")
    yield f"{problem.source}, {problem.check}"
    yield from ("", "```text", problem.message.replace("```", "'''"), "```")
    yield from ("", "Repeat it:", "", "```sh", command, "```")
    if problem.exchanges:
        last = problem.exchanges[-1]
        yield from ("", f"`{last.summary()}`", "", ALONE, "", "```sh", as_curl(last), "```")
    yield from ("", "</details>")


def _cell(problem: Problem) -> str:
    first = problem.message.partition("\n")[0]
    return first.replace("&", "&amp;").replace("<", "&lt;")[:160]


def _matrix(report: Report) -> Iterator[str]:
    if not report.matrix.replies:
        return
    yield from ("", "## Coverage", "", "| operation | requests | replies seen | explained | not seen |")
    yield "|---|--:|---|---|---|"
    for key in dict.fromkeys(key for key, _, _ in report.matrix.replies):
        cells = {(status, kind): cell for (name, status, kind), cell in report.matrix.replies.items() if name == key}
        tally = report.results.tallies.get(key)
        columns = (_of(cells, state) for state in ("seen", "explained", "gap"))
        yield f"| {key} | {tally.cases if tally else 0} | {' | '.join(columns)} |"


def _of(cells: dict[tuple[int, str], Cell], state: str) -> str:
    return " ".join(dict.fromkeys(str(status) for (status, _), cell in cells.items() if cell.state == state))
