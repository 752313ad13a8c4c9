"""The bundle: the same bytes every time, in one piece, and with nothing lost or changed on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts.description import bundle
from scripts.description.source import BUNDLE, ROOT, SOURCE, DescriptionError, Source, parse_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(BUNDLE.read_text())
    return loaded


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(SOURCE, tmp_path / "openapi")
    return tmp_path / "openapi"


def test_the_committed_bundle_is_that_of_the_sources() -> None:
    assert bundle.bundle(Source()).text() == BUNDLE.read_text()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_other_hash_seeds_give_the_same_bytes(seed: str) -> None:
    program = "import sys; from scripts.description import bundle as b; sys.stdout.write(b.bundle(b.Source()).text())"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert run.stdout == BUNDLE.read_bytes()


def test_where_components_are_written_makes_no_difference(copy: Path) -> None:
    """Order within a file of components, and which file it is, do not show."""
    schemas = copy / "components" / "schemas"
    blocks = (schemas / "event.yaml").read_text().strip().split("\n\n")
    (schemas / "event.yaml").write_text("\n\n".join(reversed(blocks)) + "\n")
    (schemas / "error.yaml").rename(schemas / "failure.yaml")
    for file in (*copy.rglob("*.yaml"),):
        file.write_text(file.read_text().replace("schemas/error.yaml#", "schemas/failure.yaml#"))
    assert bundle.bundle(Source(copy)).text() == BUNDLE.read_text()


def test_the_text_says_what_the_document_says(document: dict[str, Any]) -> None:
    assert document == bundle.bundle(Source()).document


def test_every_value_is_one_that_json_has(document: dict[str, Any]) -> None:
    """No date, no number as a key: what every other reader of YAML and JSON sees is the same."""
    for value in walk(document):
        assert isinstance(value, dict | list | str | int | float | None)
        if isinstance(value, dict):
            assert all(isinstance(key, str) for key in value)


def walk(value: Any) -> Iterator[Any]:
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


def test_references_stay_inside_and_resolve(document: dict[str, Any]) -> None:
    references = [value["$ref"] for value in walk(document) if isinstance(value, dict) and "$ref" in value]
    assert len(references) > 100
    for reference in references:
        mark, _, pointer = reference.partition("#")
        assert mark == ""
        target = document
        for part in parse_pointer(pointer):
            target = target[part]


def test_the_bundle_is_valid_openapi(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_no_alias_of_yaml_is_left() -> None:
    tokens = yaml.scan(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    assert not [token for token in tokens if isinstance(token, yaml.AnchorToken | yaml.AliasToken)]


def test_an_unused_component_stays_out(copy: Path) -> None:
    file = copy / "components" / "schemas" / "hub.yaml"
    file.write_text(file.read_text() + "\nSpare:\n  title: Spare\n")
    assert bundle.bundle(Source(copy)).text() == BUNDLE.read_text()


def test_what_stands_beside_a_reference_is_kept(document: dict[str, Any]) -> None:
    topic = document["components"]["schemas"]["StartRequest"]["properties"]["inputTopic"]
    assert topic.keys() == {"$ref", "description"}
    assert topic["$ref"] == "#/components/schemas/OptionalTopicName"


def test_origins_know_file_and_line() -> None:
    source = Source()
    made = bundle.bundle(source)
    origin = made.origin(("components", "schemas", "Version", "required"))
    line = source.file(origin.file).line(origin.pointer)
    assert (SOURCE / origin.file).read_text().splitlines()[line - 1].strip().startswith("required: [service")


def test_a_broken_description_is_not_bundled(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "paths" / "hub.yaml").write_text("version: [\n")
    monkeypatch.setattr(bundle, "Source", lambda: Source(copy))
    target = tmp_path / "out.yaml"
    assert bundle.main(target) == 1
    assert not target.exists()


def test_a_source_that_is_no_mapping_is_told(copy: Path) -> None:
    (copy / "components" / "headers.yaml").write_text("- a\n- b\n")
    with pytest.raises(DescriptionError, match=r"there is no RequestId in components/headers\.yaml"):
        bundle.bundle(Source(copy))
