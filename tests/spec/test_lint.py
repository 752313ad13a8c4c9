"""Every rule of `make lint` finds what it is for, at its file and line, in a broken copy of the description."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from scripts.description.bundle import bundle
from scripts.description.source import BUNDLE, ROOT, SOURCE, DescriptionError, Source
from scripts.lint import rules as lint
from scripts.lint.subject import Subject
from scripts.lint.whole import references_stay_inside
from tests.support.lint_breaks import BREAKS, GET_STATUS, STATUS, Break

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the description, to be broken."""
    shutil.copytree(SOURCE, tmp_path / "openapi")
    return tmp_path / "openapi"


RULES = {rule.__name__: rule for rule in lint.RULES}


class Examined(NamedTuple):
    """What lint finds in a broken copy."""

    lines: list[str]
    blamed: list[str]
    """The text of the line that each of `lines` names."""
    by_rule: list[str]
    """What the rule of the case says by itself."""


@pytest.fixture(scope="module")
def examine(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Break], Examined]:
    """Examines a case; every case breaks the same copy, which is mended after it."""
    copy = tmp_path_factory.mktemp("copy") / "openapi"
    shutil.copytree(SOURCE, copy)
    return functools.partial(examine_in, copy)


def examine_in(copy: Path, case: Break) -> Examined:
    file = copy / case.file
    text = file.read_text()
    assert case.old in text, "the description has changed; this case breaks nothing any more"
    file.write_text(text.replace(case.old, case.new, 1))
    try:
        lines, by_rule = findings(copy, case.rule)
        return Examined(lines, [blamed_line(copy, line) for line in lines], by_rule)
    finally:
        file.write_text(text)


def findings(copy: Path, rule: str) -> tuple[list[str], list[str]]:
    source = Source(copy)
    try:
        subject = Subject(source, bundle(source))
    except DescriptionError as error:
        return [str(error)], []
    found = lint.findings(subject)
    told = [f"openapi/{finding.file}:{finding.line}: {finding.reason}" for finding in found]
    return told, [finding.reason for finding in RULES[rule](subject)] if rule else []


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: case.name)
def test_a_broken_description_is_told_with_file_line_and_reason(
    case: Break, examine: Callable[[Break], Examined]
) -> None:
    result = examine(case)
    marked = case.marked or case.new.splitlines()[0].strip()
    assert marked, "the case does not say which line is to be blamed"
    told = zip(result.lines, result.blamed, strict=True)
    assert any(case.reason in line and marked in blamed for line, blamed in told), result
    assert not case.rule or any(case.reason in reason for reason in result.by_rule), result


def blamed_line(copy: Path, finding: str) -> str:
    """The text of the line that a finding names."""
    match = re.match(r"(openapi/[\w/.-]+):(\d+): .", finding)
    assert match, finding
    return (copy.parent / match[1]).read_text().splitlines()[int(match[2]) - 1]


def test_every_rule_is_shown() -> None:
    unreachable = {"references_stay_inside"}  # what it finds does not come out of the bundler; see below
    assert unreachable | {case.rule for case in BREAKS if case.rule} == RULES.keys()


@pytest.mark.parametrize(
    "target", ["#/components/schemas/None", "schemas.yaml#/Status", "#/paths/~1status", "https://a.b/c"]
)
def test_a_reference_out_of_the_bundle_is_told(target: str) -> None:
    source = Source()
    subject = Subject(source, bundle(source))
    media = subject.document["paths"]["/status"]["get"]["responses"]["200"]["content"]["application/json"]
    media["schema"] = {"$ref": target}
    (finding,) = references_stay_inside(subject)
    assert finding.file == STATUS
    assert target in finding.reason


def test_the_description_is_clean() -> None:
    assert lint.lint() == []


def test_a_missing_file_is_told(copy: Path) -> None:
    (copy / STATUS).unlink()
    assert f"there is no file {STATUS}" in lint.lint(copy)[0]


def test_a_file_that_is_no_yaml_and_not_listed_is_told(copy: Path) -> None:
    (copy / "components/spare.yaml").write_text("Spare: [\n")
    assert "not YAML" in lint.lint(copy)[0]


def test_an_outdated_bundle_is_told(tmp_path: Path) -> None:
    lines = BUNDLE.read_text().splitlines(keepends=True)
    old = tmp_path / "openapi.yaml"
    old.write_text("".join([*lines[:9], "# edited by hand\n", *lines[9:]]))
    assert lint.lint(committed=old) == [f"{tmp_path.name}/openapi.yaml:10: not what openapi/ gives; run make generate"]


@pytest.mark.parametrize("text", ["", "# Made by `make generate` from openapi/. Do not edit.\n"])
def test_a_bundle_cut_short_is_told(tmp_path: Path, text: str) -> None:
    old = tmp_path / "openapi.yaml"
    old.write_text(text)
    assert len(lint.lint(committed=old)) == 1


def test_the_command_fails_and_prints_places(copy: Path) -> None:
    file = copy / STATUS
    file.write_text(file.read_text().replace(GET_STATUS, ""))
    run = subprocess.run(
        [sys.executable, "-m", "scripts.lint", "--source", copy, "--bundle", BUNDLE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert re.match(r"openapi/paths/hub/getStatus\.yaml:\d+: get /status has no operationId\n", run.stdout)
    assert run.stderr == ""
