"""`make bench-hub`: our Hub beside STH 0.18.7, in one run, in turn, on loopback."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import sth
from scripts.bench.catalogue import MEASURES
from scripts.bench.contenders import THEIRS, embedded, original
from scripts.bench.figures import FULL, QUICK, Result
from scripts.bench.report import data, goals_missed, markdown
from scripts.bench.wire import BenchError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from scripts.bench.contenders import Contender
    from scripts.bench.figures import Effort, Measure

    Opener = Callable[[], AbstractContextManager[Contender]]

REPORTS = Path(__file__).resolve().parents[1] / "reports"


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


def run(openers: Sequence[Opener], measures: Sequence[Measure], effort: Effort, rounds: int) -> list[Result]:
    """Measure everything on all Hubs, in turn.

    Args:
        openers: Each starts one Hub for the length of a `with` block.
        measures: What to measure.
        effort: How much of it.
        rounds: How often; a measure may set itself fewer.
    """
    with contextlib.ExitStack() as stack:
        contenders = [stack.enter_context(opener()) for opener in openers]
        return [_measure(measure, openers, contenders, effort, rounds) for measure in measures]


def _measure(
    measure: Measure, openers: Sequence[Opener], contenders: Sequence[Contender], effort: Effort, rounds: int
) -> Result:
    result = Result(measure)
    for number in range(min(rounds, measure.rounds or rounds)):
        pairs = list(zip(openers, contenders, strict=True))
        # Whoever goes first may find the machine quieter: the order changes with each round.
        for opener, contender in pairs[:: -1 if number % 2 else 1]:
            print(f"{measure.key}, round {number + 1}: {contender.name}", file=sys.stderr)
            _measure_once(result, opener, contender, effort)
    return result


def _measure_once(result: Result, opener: Opener, contender: Contender, effort: Effort) -> None:
    measure = result.measure
    if contender.name in result.failures:
        return
    if measure.language and measure.language not in contender.languages:
        result.left_out[contender.name] = f"{contender.name} has no {measure.language} here that its runner works with"
        return
    try:
        with opener() if measure.fresh else contextlib.nullcontext(contender) as hub:
            result.rounds.setdefault(hub.name, []).append(measure.run(hub, effort))
    except (BenchError, OSError) as error:
        result.failures[contender.name] = f"{contender.name} failed: {error}"


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
    parser = argparse.ArgumentParser(prog="bench_hub", description=__doc__)
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
