"""JUnit XML, which CI systems show: a test case for every operation, every scenario and every gap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scramjet_contract.exchange import as_curl, printable

if TYPE_CHECKING:
    from scramjet_contract.results import Problem
    from scramjet_contract.run import Report

# What XML 1.0 cannot hold, not even escaped.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> bytes:
    """The report as JUnit XML."""
    root = ET.Element("testsuites", name="scramjet-contract", time=f"{report.seconds:.3f}")
    _operations(root, report)
    _scenarios(root, report)
    _others(root, report)
    for suite in root:
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _operations(root: ET.Element, report: Report) -> None:
    suite = ET.SubElement(root, "testsuite", name="operations")
    for key in dict.fromkeys(key for key, _, _ in report.matrix.replies):
        case = ET.SubElement(suite, "testcase", classname="operations", name=key)
        for problem in report.results.problems.values():
            if problem.operation == key and problem.source.startswith(("property", "matrix")):
                _fail(case, problem)


def _scenarios(root: ET.Element, report: Report) -> None:
    suite = ET.SubElement(root, "testsuite", name="scenarios")
    for name in report.results.scenarios | report.results.not_run:
        case = ET.SubElement(suite, "testcase", classname="scenarios", name=name)
        if name in report.results.not_run:
            ET.SubElement(case, "skipped", message=_legal(report.results.not_run[name]))
        for problem in report.results.problems.values():
            if problem.source == f"scenario {name}":
                _fail(case, problem)


def _others(root: ET.Element, report: Report) -> None:
    suite = ET.SubElement(root, "testsuite", name="run")
    for problem in report.results.problems.values():
        if problem.source.startswith(("scenario", "matrix")) or (problem.operation and problem.source != "cleanup"):
            continue
        _fail(ET.SubElement(suite, "testcase", classname=problem.source, name=problem.check), problem)


def _fail(case: ET.Element, problem: Problem) -> None:
    failure = ET.SubElement(case, "failure", type=problem.check, message=_legal(problem.message.partition("\n")[0]))
    parts = [problem.message]
    if problem.exchanges:
        last = problem.exchanges[-1]
        parts += [last.summary(), printable(bytes(last.reply_body)), as_curl(last)]
    failure.text = _legal("\n\n".join(parts))


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)


def junit_of_nothing(reason: str) -> bytes:
    """JUnit XML of a run in which nothing was found out, which is an error."""
    root = ET.Element("testsuites", name="scramjet-contract", tests="1", errors="1", failures="0")
    suite = ET.SubElement(root, "testsuite", name="run", tests="1", errors="1", failures="0", skipped="0")
    case = ET.SubElement(suite, "testcase", classname="run", name="comes to its end")
    ET.SubElement(case, "error", type="run", message=_legal(reason))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
