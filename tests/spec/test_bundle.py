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
    (copy / "paths" / "hub" / "getVersion.yaml").write_text("tags: [\n")
    monkeypatch.setattr(bundle, "Source", lambda: Source(copy))
    target = tmp_path / "out.yaml"
    assert bundle.main(target) == 1
    assert not target.exists()


def test_what_openapi_has_no_shared_place_for_is_copied(copy: Path) -> None:
    """Links, request bodies and media types: in full, with what stands beside the reference."""
    operation = copy / "paths" / "instances" / "writeInput.yaml"
    operation.write_text(operation.read_text().replace("#/Input\n", "#/Input\n  description: Other words.\n"))
    paths = bundle.bundle(Source(copy)).document["paths"]
    written, exchanged = (paths[f"/instance/{{id}}/{name}"]["post"]["requestBody"] for name in ("input", "inout"))
    assert written == {**exchanged, "description": "Other words."}
    assert exchanged["content"]["text/plain"] == {
        "schema": {"type": "string"},
        "examples": {"line": {"value": "hello\n"}},
    }


def test_what_is_copied_is_known_by_its_own_file() -> None:
    source = Source()
    pointer = ("paths", "/sequence/{id}", "get", "responses", "200", "links", "startSequence", "operationId")
    origin = bundle.bundle(source).origin(pointer)
    assert (origin.file, origin.pointer) == ("components/links.yaml", ("StartSequence", "operationId"))


@pytest.mark.parametrize("text", ["", "- a\n", "text\n"])
def test_a_file_that_holds_no_operation_is_told(copy: Path, text: str) -> None:
    (copy / "paths" / "hub" / "getVersion.yaml").write_text(text)
    with pytest.raises(DescriptionError, match=r"openapi/paths/hub/getVersion\.yaml:1: .* is not an operation"):
        bundle.bundle(Source(copy))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &a {b: c}\nd: *a\n", 2),
        ("a: &a [b]\nd:\n  e: 1\n  f: *a\n", 4),
        ("a: &a b\nc:\n  - d\n  - *a\n", 2),
        ("a: &a {b: c}\nd:\n  <<: *a\n", 3),
        ("a: &a {b: *a}\n", 1),
    ],
)
def test_an_alias_of_yaml_is_refused(copy: Path, text: str, line: int) -> None:
    (copy / "components" / "headers.yaml").write_text(text)
    with pytest.raises(DescriptionError, match=rf"openapi/components/headers\.yaml:{line}: an alias; .* component"):
        Source(copy).file("components/headers.yaml")


def test_a_source_that_is_no_mapping_is_told(copy: Path) -> None:
    (copy / "components" / "headers.yaml").write_text("- a\n- b\n")
    with pytest.raises(DescriptionError, match=r"there is no RequestId in components/headers\.yaml"):
        bundle.bundle(Source(copy))
