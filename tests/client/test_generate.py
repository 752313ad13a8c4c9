from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scripts.description.source import BUNDLE
from scripts.generate import __main__ as command
from scripts.generate.parsing import GenerationError
from tests.support.generation import CLIENT, ROOT, TEMPLATES, description, generated, plain_classes

if TYPE_CHECKING:
    from pathlib import Path

THING = {"Thing": {"type": "object", "properties": {"size": {"type": "integer"}}}}
JSON = "application/json"


def body(media_type: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": schema}}, **more}


MADE_FROM = re.compile(r"(?:#|//) (?:Copied|Made blocking) by `make generate` from (\S+): edit it there\.")


@pytest.fixture(scope="module")
def bundle() -> dict[str, Any]:
    content = yaml.safe_load(BUNDLE.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def whole(content: dict[str, Any], folder: Path, **folders: Path) -> Any:
    """Generates the whole client of the project."""
    return generated(content, folder, **{"classes": CLIENT / "classes", **folders})


def copied(source: Path, folder: Path) -> Path:
    return shutil.copytree(source, folder / source.name)


def test_generating_twice_gives_the_same_bytes(bundle: dict[str, Any], tmp_path: Path) -> None:
    whole(bundle, tmp_path / "one")
    script = (
        "import sys, yaml; from pathlib import Path; from scripts.generate.clients import generate; "
        "content = yaml.safe_load(Path('generated/openapi.yaml').read_text()); "
        "generate(content, Path(sys.argv[1]), templates=Path('scripts/generate/templates'), "
        "classes=Path('client/classes'), runtime=Path('client/runtime'))"
    )
    # Another order of sets, as every process has by chance.
    subprocess.run(
        [sys.executable, "-c", script, tmp_path / "two/small_client"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )

    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert len(one) > 200
    assert one == two


def test_what_is_committed_is_what_is_generated(bundle: dict[str, Any], tmp_path: Path) -> None:
    whole(bundle, tmp_path)

    def differences(compared: filecmp.dircmp[str]) -> list[str]:
        here = [*compared.left_only, *compared.right_only, *compared.diff_files]
        return here + [name for inner in compared.subdirs.values() for name in differences(inner)]

    compared = filecmp.dircmp(tmp_path / "small_client", command.TARGET, ignore=["__pycache__"])
    assert differences(compared) == []


def test_every_operation_has_a_module_and_a_method(bundle: dict[str, Any], tmp_path: Path) -> None:
    package = whole(bundle, tmp_path)

    operations = [
        item["operationId"]
        for path in bundle["paths"].values()
        for item in path.values()
        if item.get("x-client") != []  # which only other servers call
    ]
    assert len(operations) > 60
    assert sorted(operations) == sorted(call.operation.id for call in package.calls)


def test_copies_name_the_file_to_edit() -> None:
    copies = [*command.TARGET.rglob("*.py"), *command.NODE_TARGET.rglob("*.cjs")]
    first_lines = [path.read_text(encoding="utf-8").partition("\n")[0] for path in copies]
    named = {ROOT / found[1] for line in first_lines if (found := MADE_FROM.fullmatch(line))}
    halves = [CLIENT / name for name in ("classes", "node", "runtime")]
    written = {path for half in halves for ending in ("py", "cjs") for path in half.rglob(f"*.{ending}")}
    assert named == written


PYTHON_TEMPLATES = sorted({path.name for path in TEMPLATES.iterdir()} - {"operations.cjs.jinja"})


@pytest.mark.parametrize("name", PYTHON_TEMPLATES)
def test_a_template_that_is_missing_is_named(bundle: dict[str, Any], tmp_path: Path, name: str) -> None:
    templates = copied(TEMPLATES, tmp_path)
    (templates / name).unlink()

    with pytest.raises(GenerationError, match=f"the template {name} is missing"):
        whole(bundle, tmp_path, templates=templates)
    assert not (tmp_path / "small_client").exists()


def test_an_operation_that_classes_need_is_missed(bundle: dict[str, Any], tmp_path: Path) -> None:
    paths = {path: item for path, item in bundle["paths"].items() if path != "/sequence/{id}/start"}

    with pytest.raises(
        GenerationError, match=r"import-has-operation: sequence.py imports api.sequences.start_sequence"
    ):
        whole({**bundle, "paths": paths}, tmp_path)


def test_a_method_written_by_hand_that_is_missing_is_named(bundle: dict[str, Any], tmp_path: Path) -> None:
    classes = copied(CLIENT / "classes", tmp_path)
    text = (classes / "instance.py").read_text()
    (classes / "instance.py").write_text(text.replace("def get_next_event(", "def wait_for_event("))

    with pytest.raises(GenerationError, match=r"InstanceClient.get_next_event is claimed by several operations"):
        whole(bundle, tmp_path, classes=classes)


def test_an_alias_written_by_hand_is_needed_too(tmp_path: Path) -> None:
    classes = plain_classes(tmp_path / "classes")
    (classes / "host.py").write_text((classes / "host.py").read_text() + "\n    def get_thing(self) -> None: ...\n")
    client = {"class": "HostClient", "method": "get_thing", "aliases": ["fetch_thing"]}

    with pytest.raises(GenerationError) as caught:
        generated(description(THING, {"x-client": client}), tmp_path, classes=classes)
    assert "operation-has-method: getThing has no HostClient.fetch_thing" in str(caught.value)
    assert "operation-is-called: no class imports api.things.get_thing of getThing" in str(caught.value)


@pytest.mark.parametrize(
    ("operation", "complaint"),
    [
        ({"x-client": None}, "operation-has-method: getThing names no method"),
        ({"x-client": {"class": "HubClient", "method": "get"}}, "classes that there are not: HubClient"),
        ({"requestBody": body("text/csv", {"type": "string"})}, "Unsupported content type text/csv"),
        ({"requestBody": body(JSON, {"type": "array", "items": {}})}, "its JSON body is no object"),
        (
            {
                "requestBody": body(JSON, {"type": "object", "properties": {"id": {"type": "string"}}}),
                "parameters": [{"name": "id", "in": "query", "schema": {"type": "string"}}],
            },
            "several arguments would be called id",
        ),
        (
            {
                "responses": {
                    "200": {"description": "x", "content": {JSON: {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "204": {"description": "y"},
                }
            },
            "one success has a body and another has none",
        ),
        (
            {"responses": {"200": {"description": "x", "content": {JSON: {"schema": {"$ref": "#/nowhere"}}}}}},
            "openapi-python-client does not take the description as it is",
        ),
    ],
)
def test_what_cannot_be_generated_fails(tmp_path: Path, operation: dict[str, Any], complaint: str) -> None:
    with pytest.raises(GenerationError, match=complaint):
        generated(description(THING, operation), tmp_path)
    assert not (tmp_path / "small_client").exists()


def test_two_operations_cannot_be_one_generated_method(tmp_path: Path) -> None:
    content = description(THING)
    content["paths"]["/other"] = {"get": {**content["paths"]["/thing"]["get"], "operationId": "getOther"}}

    with pytest.raises(GenerationError, match=r"HostClient.get_thing is claimed by several operations"):
        generated(content, tmp_path)


def test_a_failure_leaves_the_old_client_alone(tmp_path: Path) -> None:
    generated(description(THING), tmp_path)
    before = (tmp_path / "small_client/api/things/get_thing.py").read_bytes()

    with pytest.raises(GenerationError):
        generated(description(THING, {"x-client": None}), tmp_path, classes=tmp_path / "classes")

    assert (tmp_path / "small_client/api/things/get_thing.py").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["api.md", "classes", "small_client"]


def test_a_client_that_was_there_before_is_replaced_as_a_whole(tmp_path: Path) -> None:
    stale = tmp_path / "small_client/api/things/get_old_thing.py"
    stale.parent.mkdir(parents=True)
    stale.touch()

    generated(description(THING), tmp_path)

    assert not stale.exists()
    assert (tmp_path / "small_client/py.typed").exists()


def test_a_description_that_cannot_be_read_ends_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "openapi.yaml").write_text(yaml.safe_dump(description(THING, {"x-client": None})))
    monkeypatch.setattr(command, "BUNDLE", tmp_path / "openapi.yaml")
    monkeypatch.setattr(command, "make_bundle", lambda: 0)
    # They belong to the repository, which this small description must not get into.
    monkeypatch.setattr(command, "write_derived", lambda _content: None)
    monkeypatch.setattr(command, "write_readme", lambda: None)
    monkeypatch.setattr(command, "TARGET", tmp_path / "client")

    assert command.main() == 1
    assert "getThing names no method" in capsys.readouterr().err
    assert not (tmp_path / "client").exists()


@pytest.mark.parametrize("name", ["NotFound", "httpx.TransportError", "str", "instance"])
def test_an_error_that_is_not_there_cannot_be_documented(bundle: dict[str, Any], tmp_path: Path, name: str) -> None:
    classes = copied(CLIENT / "classes", tmp_path)
    text = (classes / "instance.py").read_text()
    text = text.replace("            NotFoundError:", f"            {name}:", 1)
    (classes / "instance.py").write_text(text)

    with pytest.raises(GenerationError, match=rf"raised-error-exists: instance.py: \w+ says that it raises {name},"):
        whole(bundle, tmp_path, classes=classes)


def test_what_types_need_at_run_time_is_imported_plainly(bundle: dict[str, Any], tmp_path: Path) -> None:
    classes = copied(CLIENT / "classes", tmp_path)
    text = (classes / "instance.py").read_text()
    (classes / "instance.py").write_text(text.replace("\nif TYPE_CHECKING:\n", "\nif TYPE_CHECKING:\n    Own = int\n"))

    with pytest.raises(GenerationError, match=r"instance.py:\d+: `Own = int` below `if TYPE_CHECKING:` is no plain"):
        whole(bundle, tmp_path, classes=classes)
