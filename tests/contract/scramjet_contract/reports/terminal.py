"""The terminal output during a run and at its end."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from scramjet_contract.exchange import as_curl, printable
from scramjet_contract.reports.repeat import ALONE, as_command

if TYPE_CHECKING:
    from scramjet_contract.profile import Profile
    from scramjet_contract.results import Problem
    from scramjet_contract.run import Report


LONGEST = 2000
"""The longest command, in characters, that is still printed."""


class Terminal:
    """Prints the progress: a live line on a terminal, plain lines elsewhere.

    Args:
        plain: Whether to print plain lines only.
        console: The console to print to.
    """

    def __init__(self, *, plain: bool = False, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self._live = self.console.is_terminal and not plain
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()

    def begin(self, report: Report) -> None:
        """Print what is about to be checked."""
        settings = report.settings
        self.console.print(f"Checking [bold]{escape(settings.url)}[/bold] ({escape(report.program)})")
        self.console.print(f"profile {report.profile.name}, seed {settings.seed}")
        self.console.print(escape(expectation(report.profile)))

    def phase(self, what: str, steps: int) -> None:
        """Begin a new part of the run."""
        self.pause()
        if self._live:
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self.console,
                transient=True,
            )
            self._task = self._progress.add_task(what, total=steps)
            self._progress.start()

    def scenario(self, name: str, outcome: str) -> None:
        """Print a played scenario."""
        if outcome == "broken":
            self._say(f"[red]broken[/red] {escape(name)}")
        self._advance(name)

    def generating(self, operation: str, phase: str) -> None:
        """Show the operation that generated requests go to now."""
        self._advance(f"{phase} {operation}")

    def problem(self, problem: Problem) -> None:
        """Print a violation of the contract."""
        first = problem.message.partition("\n")[0]
        self._say(f"[red]✗[/red] {escape(problem.source)}: {escape(problem.operation)} {escape(first)}")

    def pause(self) -> None:
        """Remove the live line."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def end(self, report: Report) -> None:
        """Print the results."""
        self.pause()
        self._operations(report)
        self._problems(report)
        self._summary(report)

    def _say(self, text: str) -> None:
        with self._lock:
            self.console.print(text)

    def _advance(self, what: str) -> None:
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=1, description=what)

    def _operations(self, report: Report) -> None:
        self.console.print()
        width = max((len(key) for key, _, _ in report.matrix.replies), default=0)
        for key in dict.fromkeys(key for key, _, _ in report.matrix.replies):
            if report.operations[key].tag in report.settings.tags or key in report.results.tallies:
                self.console.print(operation_line(report, key, width))

    def _problems(self, report: Report) -> None:
        for problem in report.results.problems.values():
            self.console.print(f"\n[bold red]✗ {escape(problem.source)}[/bold red] {escape(problem.check)}")
            self.console.print(escape(problem.message))
            if problem.exchanges:
                last = problem.exchanges[-1]
                self.console.print(f"  {escape(last.summary())}", style="dim")
                self.console.print(escape(printable(bytes(last.reply_body), 400)), style="dim")
                self.console.print(f"{ALONE} {escape(_short(as_curl(last)))}", style="dim")
            self.console.print(f"Repeat it: {escape(as_command(problem, report.settings))}")

    def _summary(self, report: Report) -> None:
        self.console.print()
        for line in summary_lines(report):
            self.console.print(escape(line))


def operation_line(report: Report, key: str, width: int) -> str:
    """Return one line about one operation: how many requests, which replies were seen, which were not."""
    tally = report.results.tallies.get(key)
    states: dict[int, set[str]] = {}
    for (name, status, _), cell in report.matrix.replies.items():
        if name == key:
            states.setdefault(status, set()).add(cell.state)
    wrong = any(problem.operation == key for problem in report.results.problems.values())
    mark = "[red]✗[/red]" if wrong else "[green]✓[/green]" if tally else "[dim]-[/dim]"
    statuses = " ".join(_status(status, states[status]) for status in sorted(states))
    cases = f"{tally.cases:5} requests, {len(tally.checks):2} checks" if tally else "    0 requests"
    return f"{mark} {key:<{width}} {cases}  {statuses}"


def _status(status: int, states: set[str]) -> str:
    if states == {"seen"}:
        return str(status)
    return f"[dim]({status})[/dim]" if "gap" not in states else f"[red]{status}?[/red]"


def _short(command: str) -> str:
    return command if len(command) <= LONGEST else "see the HTML report (the body is long)"


def left_lines(report: Report) -> list[str]:
    """Return the names of what is left on the Hub of everything created; claims nothing that was not looked at."""
    if not report.looked:
        names = f": {', '.join(report.left)}" if report.left else f"; its names begin with {report.prefix}"
        return [f"The Hub did not say what is left on it. What was created may still be there{names}"]
    if report.left:
        return [f"Left on the Hub, as it could not be deleted: {', '.join(report.left)}"]
    return ["What was created has been deleted; the Hub's lists were read to make sure."]


def expectation(profile: Profile) -> str:
    """Return one line with what is known of the server before the run."""
    lacking = f"; it lacks {len(profile.without)} operations" if profile.without else ""
    return f"{len(profile.expected)} deviations from the description are known of this server{lacking}"


def summary_lines(report: Report) -> list[str]:
    """Return the summary in a few lines."""
    results, covered = report.results, report.matrix
    played = sum(outcome != "not run" for outcome in results.scenarios.values())
    lines = [
        (
            f"{results.cases} requests checked, {played} scenarios played, {len(results.not_run)} left out, "
            f"{report.seconds:.0f} s, seed {report.settings.seed}, cases {results.digest}"
        ),
        (
            f"documented replies: {covered.count('seen')} seen, {covered.count('explained')} explained, "
            f"{covered.count('gap')} not seen"
        ),
    ]
    lines += [f"left out: {name}: {reason}" for name, reason in sorted(results.not_run.items())]
    lines += [f"known deviation: {name} ({len(found)} times)" for name, found in sorted(results.known.items())]
    lines.append(f"known deviations met: {len(results.met)} of {len(report.profile.expected)}")
    lines += [*left_lines(report), *([report.stopped] if report.stopped else [])]
    if report.interrupted:
        return [*lines, "Interrupted."]
    if report.stopped:
        return lines
    return [*lines, "The Hub keeps the contract." if report.kept else f"{len(results.problems)} problems."]
