"""`this.hub` of Node Sequences: each of its methods, called by a Sequence on the Hub that runs it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scripts.description.source import ROOT
from scripts.generate.commonjs import CLASSES, camel_case, commonjs_files
from scripts.generate.document import Document
from scripts.generate.parsing import GenerationError
from tests.support.packages import pack_files
from tests.support.runs import start, upload
from tests.support.tools import needs

if TYPE_CHECKING:
    import httpx

SOURCES = Path(__file__).with_name("node_hub")
CLIENT = ROOT / "generated/node/scramjet_client"
WRITTEN, TEMPLATES = ROOT / "client/node", ROOT / "scripts/generate/templates"

needs_node = needs("node")


def node_package(main: str, **files: bytes) -> bytes:
    manifest = {"name": Path(main).stem, "version": "1.0.0", "main": main, "engines": {"node": ">=18"}}
    whole = {name.replace("_tar_gz", ".tar.gz"): content for name, content in files.items()}
    return pack_files({"package.json": json.dumps(manifest).encode(), main: (SOURCES / main).read_bytes(), **whole})


@pytest.fixture(scope="module")
def package() -> bytes:
    return node_package("road.cjs", echo_tar_gz=node_package("echo.cjs"))


ROADS: dict[str, dict[str, Any]] = {
    "hub": {
        "getVersion": "v1",
        "getDescription": "3.",
        "getDescriptionYaml": True,
        "getStatus": "object",
        "getConfig": "object",
        "getHealth": True,
        "getMetrics": True,
        "getLoadCheck": "number",
        "getLoad": "number",
        "getLogStream": True,
        "getAuditStream": True,
        "listEntities": True,
        "client.get": "v1",
    },
    "topics": {
        "createTopic": "text/plain",
        "getTopic": "over the topic\n",
        "getTopics": True,
        "listTopics": True,
        "deleteTopic": {"message": "Topic road-1 removed"},
        "sendNamedData": '{"n":1}\n{"n":2}\n',
    },
    "sequences": {
        "sendSequence": True,
        "listSequences": True,
        "getSequenceClient": True,
        "overwrite": True,
        "start": True,
        "listInstances": True,
        "getInstance": True,
        "getInfo": {"loud": True},
        "getHealth of it": True,
        "sendEvent": "OK",
        "getEventStream": '"a"\n',
        "getNextEvent": "a",
        "getEvent": "a",
        "setMonitoringRate": True,
        "stdin to stdout": "to stdin\n",
        "a chunk while it is written": "one ",
        "sendInput": "two",
        "stderr": "on stderr",
        "log": True,
        "inout": "said",
        "stop": 138,
        "getInstanceEventStream": True,
        "kill": 137,
        "listInstanceEvents": ["created", "ended"],
        "gone": ["NOT_FOUND", "404"],
    },
    "refusals": {
        "id ..": "BAD_PARAMETERS",
        "id .": "BAD_PARAMETERS",
        "id ": "BAD_PARAMETERS",
        "id undefined": "BAD_PARAMETERS",
        "slash": "404",
        "no Hub": "CANNOT_CONNECT",
        "broken source": True,
    },
}


@needs_node
@pytest.mark.parametrize("part", ROADS)
def test_every_method_does_what_it_says(api: httpx.Client, package: bytes, part: str) -> None:
    run = start(api, package, args=[part])
    seen = dict(json.loads(line) for line in run.read().splitlines())
    assert run.wait_for_end()["terminated"]["exitcode"] == 0, run.read("stderr").decode()
    assert {step: seen.get(step) for step in ROADS[part]} == ROADS[part]


def test_the_road_calls_every_method_of_the_description() -> None:
    road = (SOURCES / "road.cjs").read_text()
    read = {"get_stdout", "get_stderr", "get_output"}  # by `getStream`, as npm's clients have it
    methods = {
        binding.method
        for operation in Document(bundle()).operations.values()
        for binding in operation.bindings
        if binding.class_name in CLASSES
    }
    assert not {name for name in methods - read if f".{camel_case(name)}(" not in road}


@needs_node
def test_a_sequence_that_does_not_ask_for_it_does_not_load_it(api: httpx.Client) -> None:
    source = b"module.exports = () => Object.keys(require.cache).some(name => name.includes('operations.cjs'));"
    files = {"package.json": b'{"name":"x","version":"1","main":"x.cjs","engines":{"node":"*"}}', "x.cjs": source}
    assert start(api, upload(api, pack_files(files))).read() == b"false"


def bundle() -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load((ROOT / "generated/openapi.yaml").read_text(), Loader=yaml.CSafeLoader)
    return content


def test_a_new_operation_gets_its_method() -> None:
    content = bundle()
    content["paths"]["/sequence/{id}/size"] = {
        "get": {
            "operationId": "getSize",
            "summary": "Show a size",
            "x-client": {"class": "SequenceClient", "method": "get_size"},
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": {}}}}},
        }
    }
    made = commonjs_files(Document(content), WRITTEN, TEMPLATES)["operations.cjs"]
    assert "async getSize(init) {\n        return this.client.get(path`sequence/${this.id}/size`, init);" in made


def test_a_template_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match=r"the template operations\.cjs\.jinja is missing"):
        commonjs_files(Document(bundle()), WRITTEN, tmp_path)


def test_a_handwritten_method_without_its_operation_is_told() -> None:
    content = bundle()
    del content["paths"]["/sequence/{id}/start"]
    with pytest.raises(GenerationError, match=r"SequenceClient\.start is called, which no operation is"):
        commonjs_files(Document(content), WRITTEN, TEMPLATES)


@needs_node
def test_it_is_valid_javascript_without_dependencies() -> None:
    for path in CLIENT.glob("*.cjs"):
        subprocess.run(["node", "--check", path], check=True)
        required = re.findall(r'require\("(.*?)"\)', path.read_text())
        assert all(name.startswith(("./", "node:")) for name in required), path


def test_what_is_copied_says_where_its_source_is() -> None:
    for path in WRITTEN.glob("*.cjs"):
        copied = (CLIENT / path.name).read_text()
        assert copied.splitlines()[0].endswith(f"from client/node/{path.name}: edit it there.")
        assert copied.endswith(path.read_text())
