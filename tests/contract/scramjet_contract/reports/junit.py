"""JUnit XML for CI systems: test cases for operations, scenarios and the run, with at most one failure each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scramjet_contract.exchange import as_curl, printable
from scramjet_contract.reports.repeat import ALONE, as_command

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scramjet_contract.results import Problem
    from scramjet_contract.run import Report
    from scramjet_contract.settings import Settings

# Characters that XML 1.0 cannot hold, not even escaped.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
END = "comes to its end"
"""The test case that fails if a run was interrupted or stopped."""


def junit(report: Report) -> bytes:
    """Return the report as JUnit XML."""
    suites = [_operations(report), _scenarios(report), _run(report)]
    return _document(suites, report.seconds)


def junit_of_nothing(reason: str) -> bytes:
    """Return JUnit XML for a run without a result, which is an error."""
    suite = ET.Element("testsuite", name="run")
    _error(_case(suite, "run", END, 0.0), reason)
    return _document([suite], 0.0)


def _document(suites: Iterable[ET.Element], seconds: float) -> bytes:
    root = ET.Element("testsuites", name="scramjet-contract", time=f"{seconds:.3f}")
    totals = dict.fromkeys(("tests", "failures", "errors"), 0)
    for suite in suites:
        root.append(suite)
        kinds = {"tests": "testcase", "failures": "*/failure", "errors": "*/error", "skipped": "*/skipped"}
        counts = {name: len(suite.findall(path)) for name, path in kinds.items()}
        for name, count in counts.items():
            suite.set(name, str(count))
            if name in totals:
                totals[name] += count
        suite.set("time", f"{sum(float(case.get('time', 0)) for case in suite):.3f}")
    for name, total in totals.items():
        root.set(name, str(total))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _operations(report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name="operations")
    problems = list(report.results.problems.values())
    for key in report.operations:
        tally = report.results.tallies.get(key)
        found = [item for item in problems if item.operation == key and not _is_of_a_scenario(item)]
        seconds = tally.seconds if tally else 0.0
        _cases(suite, "operations", key, seconds, found, report.settings, skipped="" if tally else "It was not tried.")
    return suite


def _scenarios(report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name="scenarios")
    results = report.results
    for name in {**results.scenarios, **results.not_run}:
        found = [item for item in results.problems.values() if item.source == f"scenario {name}"]
        seconds = results.seconds.get(name, 0.0)
        _cases(suite, "scenarios", name, seconds, found, report.settings, skipped=results.not_run.get(name, ""))
    return suite


def _run(report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name="run")
    case = _case(suite, "run", END, 0.0)
    if report.interrupted or report.stopped:
        _error(case, report.stopped or "The run was interrupted.")
    known = {f"scenario {name}" for name in {**report.results.scenarios, **report.results.not_run}}
    for problem in report.results.problems.values():
        is_told = problem.source in known or (problem.operation in report.operations and not _is_of_a_scenario(problem))
        if not is_told:
            _fail(_case(suite, problem.source, _name(problem), 0.0), problem, report.settings)
    return suite


def _cases(
    suite: ET.Element,
    kind: str,
    name: str,
    seconds: float,
    problems: list[Problem],
    settings: Settings,
    *,
    skipped: str = "",
) -> None:
    """Return one case, or one per problem: a case has room for one failure."""
    if not problems:
        case = _case(suite, kind, name, seconds)
        if skipped:
            ET.SubElement(case, "skipped").text = _legal(skipped)
    for number, problem in enumerate(problems):
        case = _case(suite, kind, f"{name}: {_name(problem)}", 0.0 if number else seconds)
        _fail(case, problem, settings)


def _is_of_a_scenario(problem: Problem) -> bool:
    return problem.source.startswith("scenario")


def _name(problem: Problem) -> str:
    parts = (problem.source.removeprefix("scenario "), problem.check, problem.operation, problem.status)
    return " ".join(str(part) for part in parts if part)


def _case(suite: ET.Element, kind: str, name: str, seconds: float) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_legal(kind), name=_legal(name), time=f"{seconds:.3f}")


def _error(case: ET.Element, reason: str) -> None:
    ET.SubElement(case, "error", type="run", message=_legal(reason)).text = _legal(reason)


def _fail(case: ET.Element, problem: Problem, settings: Settings) -> None:
    failure = ET.SubElement(case, "failure", type=problem.check, message=_legal(problem.message.partition("\n")[0]))
    parts = [problem.message, f"Repeat it: {as_command(problem, settings)}"]
    if problem.exchanges:
        last = problem.exchanges[-1]
        parts += [last.summary(), printable(bytes(last.reply_body)), f"{ALONE} {as_curl(last)}"]
    failure.text = _legal("\n\n".join(parts))


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)
