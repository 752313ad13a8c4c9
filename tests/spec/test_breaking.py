"""Which changes of the description break a caller: a table of them, breaking and not."""

from __future__ import annotations

import copy
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scripts.breaking import __main__ as breaking
from scripts.breaking.base import load_base
from scripts.breaking.operations import breaking_changes
from scripts.description.source import BUNDLE
from tests.support.api_changes import BASE, BREAKING, HARMLESS, Edit, edited

if TYPE_CHECKING:
    from pathlib import Path


def test_the_table_is_long_enough() -> None:
    names = [edit.name for edit in (*BREAKING, *HARMLESS)]
    assert len(names) >= 150
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("edit", BREAKING, ids=lambda edit: edit.name)
def test_a_breaking_change_is_named(edit: Edit) -> None:
    told = [str(change) for change in breaking_changes(yaml.safe_load(BASE), edited(edit))]
    assert any(edit.says in line for line in told), told
    assert edit.says


@pytest.mark.parametrize("edit", BREAKING, ids=lambda edit: edit.name)
def test_a_change_is_told_once_and_nothing_beside_it(edit: Edit) -> None:
    """What follows from one change is told where it shows, not again and again."""
    told = [str(change) for change in breaking_changes(yaml.safe_load(BASE), edited(edit))]
    assert len(told) == len(set(told))
    operations = {line.split(":")[0].split(",")[0] for line in told}
    concerns_all = edit.place.startswith(("security", "components/securitySchemes"))
    assert len(told) <= 2 or concerns_all, told
    assert len(operations) == 1 or concerns_all or edit.place == "paths//things/{id}", told


@pytest.mark.parametrize("edit", HARMLESS, ids=lambda edit: edit.name)
def test_a_harmless_change_is_not_told(edit: Edit) -> None:
    assert edited(edit) != yaml.safe_load(BASE)
    assert breaking_changes(yaml.safe_load(BASE), edited(edit)) == []


def test_a_parameter_of_the_path_may_be_renamed() -> None:
    text = BASE.replace("/things/{id}:", "/things/{name}:").replace(
        "parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 40}}]",
        "parameters: [{name: name, in: path, required: true, schema: {type: string, maxLength: 40}}]",
    )
    assert breaking_changes(yaml.safe_load(BASE), yaml.safe_load(text)) == []


def test_a_component_may_be_renamed_or_written_out() -> None:
    text = BASE.replace("#/components/schemas/Owner", "#/components/schemas/Keeper").replace(
        "    Owner:\n", "    Keeper:\n"
    )
    document = yaml.safe_load(text)
    document["paths"]["/things"]["get"]["responses"]["404"] = document["components"]["responses"].pop("None")
    assert breaking_changes(yaml.safe_load(BASE), document) == []


def test_parts_of_allof_count() -> None:
    document = yaml.safe_load(BASE)
    thing = document["components"]["schemas"]["Thing"]
    extra = {"type": "object", "properties": {"note": thing["properties"].pop("note")}}
    thing["allOf"] = [extra]
    assert breaking_changes(yaml.safe_load(BASE), document) == []
    del extra["properties"]["note"]  # type: ignore[attr-defined]  # it is a dict
    (change,) = breaking_changes(yaml.safe_load(BASE), document)
    assert change.what == "the property is gone"


def test_the_description_does_not_break_itself() -> None:
    document = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    assert breaking_changes(document, copy.deepcopy(document)) == []


def test_dropping_any_operation_of_the_description_is_told() -> None:
    document = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    for path, item in document["paths"].items():
        less = {**document, "paths": {other: rest for other, rest in document["paths"].items() if other != path}}
        told = [str(change) for change in breaking_changes(document, less)]
        assert told == [f"{method.upper()} {path}: the operation is gone" for method in sorted_methods(item)]


def sorted_methods(item: dict[str, Any]) -> list[str]:
    return [method for method in ("get", "put", "post", "delete") if method in item]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose one commit holds the description without GET /version of today, and a status more."""
    document = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    document["paths"]["/version"]["get"]["responses"]["418"] = {"description": "Tea."}
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated" / "openapi.yaml").write_text(yaml.safe_dump(document))
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "Begin"],
    ):
        subprocess.run(["git", "-C", tmp_path, *command], check=True)
    return tmp_path


def test_the_command_compares_with_a_commit(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load_base, "__defaults__", (repository,))
    assert breaking.main(["HEAD"]) == 1
    assert capsys.readouterr().out == "GET /version, 418: the status is gone\n"


def test_the_command_compares_with_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert breaking.main([str(BUNDLE)]) == 0
    assert capsys.readouterr().out.startswith("Nothing breaks callers since")


@pytest.mark.parametrize("base", ["no-such-ref", "--output=x", "HEAD^^^^^^^^"])
def test_a_base_that_is_not_there_is_told(
    base: str, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load_base, "__defaults__", (repository,))
    assert breaking.main(["--", base]) == 2
    assert capsys.readouterr().err.startswith(f"There is no {base}:generated/openapi.yaml")


@pytest.mark.parametrize(("text", "told"), [("a: [", "is not YAML"), ("a: b", "holds no description")])
def test_a_base_that_is_no_description_is_told(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "base.yaml"
    file.write_text(text)
    assert breaking.main([str(file)]) == 2
    assert told in capsys.readouterr().err


def test_no_base_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        breaking.main([""])
    assert stop.value.code == 2
    assert "make breaking BASE=main" in capsys.readouterr().err
