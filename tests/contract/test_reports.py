"""Reports can be read by those for whom they are."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console
from scramjet_contract import matrix, profile
from scramjet_contract.description import Description
from scramjet_contract.errors import NoHub
from scramjet_contract.exchange import Exchange
from scramjet_contract.reports.files import UNFINISHED, kept, write
from scramjet_contract.reports.html import html
from scramjet_contract.reports.junit import junit, junit_of_nothing
from scramjet_contract.reports.markdown import markdown
from scramjet_contract.reports.terminal import Terminal
from scramjet_contract.results import Problem, Results
from scramjet_contract.run import Report
from scramjet_contract.settings import Settings

from tests.support.junit_schema import violations

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def report() -> Report:
    chosen = profile.load("embedded")
    operations = chosen.operations(Description.load())
    results = Results()
    seen = Exchange("getStatus", "GET", "http://hub/", status=200, reply_headers=[("content-type", "application/json")])
    results.saw(seen, "scenario x", ["check"])
    results.scenarios["says-who-it-is"] = "broken"
    results.not_run["asks-for-a-token"] = "needs <token>"
    wrong = Exchange("getVersion", "GET", "http://hub/api/v1/version", status=500)
    wrong.request_headers = [("Authorization", "Bearer secret")]
    wrong.received(b"<script>alert(1)</script>\x00\x1b")
    message = "it says <b>no</b> & more\x0b\nsecond line"
    results.problem(
        Problem(
            source="scenario says-who-it-is",
            check="behaviour",
            operation="getVersion",
            message=message,
            exchanges=(seen, wrong),
            status=500,
        )
    )
    results.problem(Problem(source="cleanup", check="cleanup", operation="", message="left"))
    judged = matrix.judge(operations, chosen, results)
    settings = Settings(url="http://hub/api/v1", token="secret", seed=7)
    return Report(settings, chosen, {"service": "s", "version": "1"}, operations, results, judged, 1.5)


def test_junit_has_a_case_for_everything(report: Report) -> None:
    root = ET.fromstring(junit(report))  # noqa: S314 - it is our own
    suites = {suite.get("name"): suite for suite in root}
    assert suites["scenarios"].get("failures") == "1"
    assert suites["scenarios"].get("skipped") == "1"
    assert suites["run"].get("failures") == "1"
    assert {case.get("name") for case in suites["operations"]} == set(report.operations)
    failure = suites["scenarios"].find("testcase/failure")
    assert failure is not None
    assert "curl" in (failure.text or "")


class Page(HTMLParser):
    """Notes what is open and what leads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)
        self.scripts += tag == "script"
        self.outside += [value for name, value in attrs if name in ("src", "href") and not value.startswith("data:")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_whole_and_by_itself(report: Report) -> None:
    page = Page()
    text = html(report)
    page.feed(text)
    assert (page.open, page.outside, page.scripts) == ([], [], 1)
    assert "secret" not in text
    assert "&lt;script&gt;alert(1)" in text
    for key in report.operations:
        assert key in text


def test_markdown_fits_and_tells(report: Report) -> None:
    text = markdown(report)
    assert text.startswith("# ❌")
    assert "| getStatus | 1 | 200 |" in text
    assert "secret" not in text


def test_terminal_prints_one_line_an_operation(report: Report) -> None:
    out = io.StringIO()
    Terminal(console=Console(file=out, width=200, highlight=False)).end(report)
    lines = out.getvalue().splitlines()
    for key in report.operations:
        assert sum(line[2:].startswith(f"{key} ") for line in lines) == 1, key
    assert "2 problems." in lines
    assert any("curl" in line for line in lines)


def test_progress_is_live_on_a_terminal(report: Report) -> None:
    out = io.StringIO()
    terminal = Terminal(console=Console(file=out, width=100, force_terminal=True))
    terminal.begin(report)
    terminal.phase("scenarios", 2)
    terminal.scenario("one", "kept")
    terminal.generating("getVersion", "coverage")
    terminal.pause()
    assert "scenarios" in out.getvalue()


def test_files_are_written(report: Report, tmp_path: Any) -> None:
    write(report, tmp_path / "deep" / "folder")
    assert {path.name for path in (tmp_path / "deep" / "folder").iterdir()} == {
        "junit.xml",
        "report.html",
        "summary.md",
    }


def test_junit_is_as_jenkins_takes_it(report: Report) -> None:
    for document in (junit(report), junit_of_nothing("because <this> & \x00 that")):
        root = ET.fromstring(document)  # noqa: S314 - it is our own
        assert list(violations(root)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<testsuites><testsuite tests='1'/></testsuites>", "testsuite lacks name"),
        ("<testsuites><testcase name='x'/></testsuites>", "testsuites holds ['testcase']"),
        ("<testsuite name='x' tests='one'/>", "tests of testsuite is one"),
        ("<testsuite name='x' tests='1' skips='1'/>", "testsuite has skips"),
        ("<testcase name='x'><failure/><skipped/></testcase>", "in another order"),
        ("<testcase name='x'><skipped message='why'/></testcase>", "skipped has message"),
        ("<testcase name='x' time='1 s'/>", "time of testcase is 1 s"),
        ("<testcase name='x'>text</testcase>", "testcase holds text"),
        ("<report/>", "no element report"),
    ],
)
def test_the_schema_can_be_violated(text: str, wrong: str) -> None:
    assert any(wrong in found for found in violations(ET.fromstring(text)))  # noqa: S314 - it is our own


def test_junit_has_one_failure_a_case_and_counts_them(report: Report) -> None:
    for check in ("one", "two"):
        for source in ("property coverage", "scenario says-who-it-is", "matrix"):
            report.results.problem(Problem(source=source, check=check, operation="getVersion", message="m"))
    report.results.problem(Problem(source="scenario says-who-it-is", check="one", operation="getStatus", message="m"))
    root = ET.fromstring(junit(report))  # noqa: S314 - it is our own
    cases = root.findall("testsuite/testcase")
    assert all(len(case) <= 1 for case in cases)
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    failures = len(report.results.problems)
    assert [root.get(name) for name in ("tests", "failures", "errors")] == [str(len(cases)), str(failures), "0"]
    assert sum(int(suite.get("failures", "")) for suite in root) == failures


def test_junit_tells_what_was_not_tried(report: Report) -> None:
    root = ET.fromstring(junit(report))  # noqa: S314 - it is our own
    skipped = {case.get("name"): case.findtext("skipped") for case in root.iter("testcase")}
    assert skipped["listTopics"] == "It was not tried."
    assert skipped["getStatus"] is None
    assert skipped["asks-for-a-token"] == "needs <token>"


def test_junit_has_times(report: Report) -> None:
    report.results.seconds["says-who-it-is"] = 1.25
    report.results.tallies["getStatus"].seconds = 0.5
    root = ET.fromstring(junit(report))  # noqa: S314 - it is our own
    times = {str(case.get("name")).partition(":")[0]: case.get("time") for case in root.iter("testcase")}
    assert (times["says-who-it-is"], times["getStatus"]) == ("1.250", "0.500")
    assert [suite.get("time") for suite in root][:2] == ["0.500", "1.250"]


@pytest.mark.parametrize(("interrupted", "stopped"), [(True, ""), (False, "Stopped at the time limit of 3 s.")])
def test_reports_of_a_run_that_did_not_end_are_red(report: Report, interrupted: bool, stopped: str) -> None:
    report.results.problems.clear()
    report.results.scenarios["says-who-it-is"] = "kept"
    report.interrupted, report.stopped = interrupted, stopped
    root = ET.fromstring(junit(report))  # noqa: S314 - it is our own
    assert list(violations(root)) == []
    assert (root.get("errors"), root.get("failures")) == ("1", "0")
    (error,) = root.iter("error")
    assert (stopped or "interrupted") in str(error.get("message"))
    assert markdown(report).startswith("# ❌")
    assert "keeps the contract" not in html(report) + markdown(report)


def test_reports_of_an_earlier_run_do_not_stay(tmp_path: Path, report: Report) -> None:
    with kept(tmp_path) as keep:
        for name in ("junit.xml", "summary.md", "report.html"):
            assert UNFINISHED in (tmp_path / name).read_text(), name
        keep(report)
        assert UNFINISHED not in (tmp_path / "junit.xml").read_text()
    with pytest.raises(NoHub), kept(tmp_path):
        raise NoHub("nobody is there")
    for name in ("junit.xml", "summary.md", "report.html"):
        assert "nobody is there" in (tmp_path / name).read_text(), name
