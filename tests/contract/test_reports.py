"""Reports can be read by those for whom they are."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console
from scramjet_contract import matrix, profile
from scramjet_contract.description import Description
from scramjet_contract.exchange import Exchange
from scramjet_contract.reports.files import write
from scramjet_contract.reports.html import html
from scramjet_contract.reports.junit import junit
from scramjet_contract.reports.markdown import markdown
from scramjet_contract.reports.terminal import Terminal
from scramjet_contract.results import Problem, Results
from scramjet_contract.run import Report
from scramjet_contract.settings import Settings


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
