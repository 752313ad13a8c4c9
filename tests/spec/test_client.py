"""Clients in other languages: openapi-generator accepts the bundle and makes what people ask for most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from scripts.description.source import BUNDLE, ROOT
from scripts.generate import other_languages as client
from tests.support.tools import left_out

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module", autouse=True)
def _tool() -> None:
    try:
        client.install()
    except client.ClientError as error:
        pytest.skip(left_out("openapi-generator", because=str(error)))


def operation_names() -> set[str]:
    items = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)["paths"].values()
    return {operation["operationId"] for item in items for operation in item.values()}


def text_of(folder: Path, pattern: str) -> str:
    return "\n".join(path.read_text() for path in folder.rglob(pattern))


def test_its_validator_accepts_the_bundle() -> None:
    told = client.run("validate", "-i", str(BUNDLE))
    assert "No validation issues detected." in told


@pytest.mark.parametrize(
    ("language", "files", "options", "shown"),
    [
        ("typescript-fetch", "*Api.ts", ["--additional-properties=npmName=scramjet-client"], "scramjet-client"),
        ("go", "api_*.go", [], ""),
        ("java", "*Api.java", [], ""),
    ],
)
def test_a_client_has_every_operation(
    language: str, files: str, options: list[str], shown: str, tmp_path: Path
) -> None:
    made = client.make_client(language, options, target=tmp_path / language)
    code = text_of(made, files).lower()
    assert {name for name in operation_names() if f"{name.lower()}(" not in code} == set()
    assert shown in text_of(made, "package.json")
    assert list(tmp_path.iterdir()) == [made]


@pytest.mark.parametrize(
    ("language", "hint"), [("typescipt-fetch", "Did you mean typescript-fetch"), ("c-is-it", "It has: ada")]
)
def test_an_unknown_language_is_refused(language: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert client.main([language]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"openapi-generator has no language '{language}'. {hint}")
    assert not (ROOT / "generated" / language).exists()


def test_no_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        client.main([""])
    assert stop.value.code == 2
    assert "make client LANG=typescript-fetch" in capsys.readouterr().err


def test_a_failure_tells_why_and_leaves_what_was_there(tmp_path: Path) -> None:
    broken = tmp_path / "openapi.yaml"
    broken.write_text("openapi: 3.1.0\ninfo: {title: x}\n")
    target = tmp_path / "go"
    target.mkdir()
    (target / "old.go").touch()
    with pytest.raises(client.ClientError, match=r"attribute info\.version is missing"):
        client.make_client("go", source=broken, target=target)
    assert [path.name for path in target.iterdir()] == ["old.go"]


def test_our_own_client_is_never_overwritten() -> None:
    assert client.FOLDERS["python"] != "python"
