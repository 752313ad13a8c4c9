"""`make bench-client`: our Python client beside generated ones, the published one and bare HTTP clients, in one run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bench.client import figures as measures
from scripts.bench.client.environment import Environment, EnvironmentFailedError
from scripts.bench.client.report import data, markdown
from scripts.description.source import ROOT
from scripts.generate.other_languages import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scripts.bench.client.figures import Effort, Figure

REPORTS = ROOT / "reports"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and write its report to the terminal and to `reports/`.

    Returns:
        0; 1 when something failed or, with --check, a goal was missed.
    """
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.client", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a little of everything, to see that it works")
    parser.add_argument("--check", action="store_true", help="fail if a goal is missed")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="where to write the report")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-client-") as folder:
            environment = Environment(Path(folder))
            print("Making an environment with all clients ...", file=sys.stderr, flush=True)
            environment.make()
            results = list(measure(environment, measures.QUICK if options.quick else measures.FULL))
    except (EnvironmentFailedError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    report = markdown(results, os.cpu_count() or 1)
    options.reports.mkdir(parents=True, exist_ok=True)
    (options.reports / "bench-client.md").write_text(report, encoding="utf-8")
    (options.reports / "bench-client.json").write_text(json.dumps(data(results), indent=2), encoding="utf-8")
    print(report)
    return 1 if options.check and any(figure.missed for figure in results) else 0


def measure(environment: Environment, effort: Effort) -> Iterator[Figure]:
    """Measure everything, telling what is done."""
    for figure in _figures(environment, effort):
        print(f"measured: {figure.name}", file=sys.stderr, flush=True)
        yield figure


def _figures(environment: Environment, effort: Effort) -> Iterator[Figure]:
    yield measures.imports(environment, effort)
    for kind in ("short", "full"):
        yield measures.decoding(environment, effort, kind)
    yield from measures.calling(environment, effort)
    with measures.server() as url:
        yield from measures.streaming(environment, effort, url)
        yield from measures.remembering(environment, effort, url)


if __name__ == "__main__":
    sys.exit(main())
