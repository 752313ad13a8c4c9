"""`make bench-hub`: our Hub beside STH 0.18.7, in one run, in turn, on loopback."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import sth
from scripts.bench.hub.catalogue import MEASURES
from scripts.bench.hub.contenders import THEIRS, embedded, original
from scripts.bench.hub.figures import FULL, QUICK
from scripts.bench.hub.report import data, goals_missed, markdown
from scripts.bench.hub.rounds import run
from scripts.description.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.bench.hub.figures import Result
    from scripts.bench.hub.rounds import Opener

REPORTS = ROOT / "reports"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and write its report to the terminal and to `reports/`.

    Returns:
        0; 1 when our Hub failed at something, or, with --check, missed a goal.
    """
    options = _options(arguments)
    effort = QUICK if options.quick else FULL
    openers = _openers(ours_alone=options.ours_alone)
    measures = [measure for measure in MEASURES if not options.only or measure.key in options.only]
    results = run(openers, measures, effort, 1 if options.quick else options.rounds)
    report = markdown(results, effort, os.cpu_count() or 1)
    _write(options.reports, report, results)
    print(report)
    failed = [why for result in results for name, why in result.failures.items() if name != THEIRS]
    missed = goals_missed(results) if options.check else []
    for line in [*failed, *(f"missed: {name}" for name in missed)]:
        print(line, file=sys.stderr)
    return 1 if failed or missed else 0


def _openers(*, ours_alone: bool) -> list[Opener]:
    if ours_alone:
        return [embedded]
    try:
        sth.node()
        sth.install()
    except sth.UnavailableError as error:
        print(f"Only our Hub is measured. {error}", file=sys.stderr)
        return [embedded]
    return [embedded, original]


def _write(folder: Path, report: str, results: Sequence[Result]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench-hub.md").write_text(report)
    (folder / "bench-hub.json").write_text(json.dumps(data(results), indent=2) + "\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.hub", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a little of everything, once: does the bench work?")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure is measured (default: 5)")
    parser.add_argument(
        "--only", nargs="+", metavar="KEY", choices=[m.key for m in MEASURES], help="not all, but these"
    )
    parser.add_argument("--ours-alone", action="store_true", help="leave STH out")
    parser.add_argument("--check", action="store_true", help="fail when a goal is missed")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="the folder for the report")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
