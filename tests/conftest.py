"""Reports, at the end of a test run, the tests that this machine could not run."""

from __future__ import annotations

import pytest

from tests.support import tools


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and tools.must_be_complete() and tools.report(reporter.stats.get("skipped", [])):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = tools.report(terminalreporter.stats.get("skipped", []))
    if lines:
        terminalreporter.section("left out on this machine", yellow=True, bold=True)
    for line in lines:
        terminalreporter.line(line)
    if lines and tools.must_be_complete():
        terminalreporter.line("CI is set, and there nothing may be left out: this run has failed.")
