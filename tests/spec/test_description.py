"""The description holds all that the Scramjet API has, and tells enough of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from packaging.specifiers import SpecifierSet

from scripts.description import references
from scripts.description.source import BUNDLE

METHODS = ("get", "put", "post", "delete")
TABLE = """
getVersion              GET    /version                                      hub
openSpaceChannel        POST   /platform                                    hub
getStatus               GET    /status                                       hub
getConfig               GET    /config                                       hub
getHealth               GET    /health                                       hub
getDescription          GET    /openapi.json                                 hub
getDescriptionYaml      GET    /openapi.yaml                                 hub
getMetrics              GET    /metrics                                      hub
getLoad                 GET    /load-check                                   hub
streamLog               GET    /log                                          hub
streamAudit             GET    /audit                                        hub
listEntities            GET    /entities                                     hub
listSequences           GET    /sequences                                    sequences
uploadSequence          POST   /sequence                                     sequences
getSequence             GET    /sequence/{id}                                sequences
replaceSequence         PUT    /sequence/{id}                                sequences
deleteSequence          DELETE /sequence/{id}                                sequences
listSequenceInstances   GET    /sequence/{id}/instances                      sequences
startSequence           POST   /sequence/{id}/start                          sequences
listInstances           GET    /instances                                    instances
getInstance             GET    /instance/{id}                                instances
getInstanceHealth       GET    /instance/{id}/health                         instances
readStdout              GET    /instance/{id}/stdout                         instances
readStderr              GET    /instance/{id}/stderr                         instances
readOutput              GET    /instance/{id}/output                         instances
readInstanceLog         GET    /instance/{id}/log                            instances
writeStdin              POST   /instance/{id}/stdin                          instances
writeInput              POST   /instance/{id}/input                          instances
exchangeInout           POST   /instance/{id}/inout                          instances
sendEvent               POST   /instance/{id}/_event                         instances
streamEvents            GET    /instance/{id}/event                          instances
streamNamedEvents       GET    /instance/{id}/events/{name}                  instances
getLastEvent            GET    /instance/{id}/event/{name}                   instances
getNextEvent            GET    /instance/{id}/once                           instances
getNextNamedEvent       GET    /instance/{id}/once/{name}                    instances
stopInstance            POST   /instance/{id}/_stop                          instances
killInstance            POST   /instance/{id}/_kill                          instances
setMonitoringRate       POST   /instance/{id}/_monitoring_rate               instances
execCommand             GET    /streams/instances/exec                       instances
listInstanceEvents      GET    /instance_events                              instances
watchInstanceEvents     GET    /streams/instance_events                      instances
listTopics              GET    /topics                                       topics
createTopic             POST   /topics                                       topics
deleteTopic             DELETE /topics/{topic}                               topics
writeTopic              POST   /topic/{topic}                                topics
readTopic               GET    /topic/{topic}                                topics
getSpaceVersion         GET    /space/{space_id}/api/v1/version              space
getSpaceConfig          GET    /space/{space_id}/api/v1/config               space
getSpaceHealth          GET    /space/{space_id}/api/v1/health              space
getSpaceLoad            GET    /space/{space_id}/api/v1/load                 space
streamSpaceLoad         GET    /space/{space_id}/api/v1/load-stream          space
listHubs                GET    /space/{space_id}/api/v1/list                 space
getHubInfo              GET    /space/{space_id}/api/v1/sth/{hub_id}/info    space
registerHub             POST   /space/{space_id}/api/v1/sth                  space
deleteHub               DELETE /space/{space_id}/api/v1/sth/{hub_id}         space
listSpaceSequences      GET    /space/{space_id}/api/v1/sequences            space
listAllSpaceSequences   GET    /space/{space_id}/api/v1/all_sequences        space
listSpaceInstances      GET    /space/{space_id}/api/v1/instances            space
listSpaceEntities       GET    /space/{space_id}/api/v1/entities             space
listSpaceTopics         GET    /space/{space_id}/api/v1/topics               space
writeSpaceTopic         POST   /space/{space_id}/api/v1/topic/{topic}        space
readSpaceTopic          GET    /space/{space_id}/api/v1/topic/{topic}        space
streamSpaceLog          GET    /space/{space_id}/api/v1/log                  space
streamSpaceAudit        GET    /space/{space_id}/api/v1/audit                space
disconnectHubs          POST   /space/{space_id}/api/v1/disconnect           space
listStoreItems          GET    /space/{space_id}/api/v1/s3                   store
addStoreItem            PUT    /space/{space_id}/api/v1/s3                  store
getStoreItem            GET    /space/{space_id}/api/v1/s3/{filename}       store
putStoreItem            PUT    /space/{space_id}/api/v1/s3/{filename}       store
deleteStoreItem         DELETE /space/{space_id}/api/v1/s3/{filename}        store
clearStore              DELETE /space/{space_id}/api/v1/store                store
listSpaces              GET    /spaces                                       platform
listAccessKeys          GET    /space/{space_id}/apikey                      platform
createAccessKey         POST   /space/{space_id}/apikey                      platform
revokeAccessKeys        DELETE /space/{space_id}/apikey                      platform
getMultiManagerInfo     GET    /info                                        multi-manager
listManagers            GET    /list                                        multi-manager
startManager            POST   /start                                       multi-manager
stopManager             POST   /cpm/{space_id}/stop                         multi-manager
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]

STATUSES = {
    "uploadSequence": "200 405 415 422",
    "getSequence": "200 404",
    "replaceSequence": "200 404 409 415 422",
    "deleteSequence": "200 404 409 500",
    "listSequenceInstances": "200 404",
    "startSequence": "200 400 404 409 422 507",
    "createTopic": "200 400",
    "deleteTopic": "200 400 404",
    "writeTopic": "200 202 400 415",
    "readTopic": "200 400 415",
    "getInstance": "200 404",
    "getInstanceHealth": "200 404",
    "readStdout": "200 404",
    "readStderr": "200 404",
    "readOutput": "200 404",
    "readInstanceLog": "200 404",
    "writeStdin": "200 202 404 415",
    "writeInput": "200 202 404 405 406",
    "exchangeInout": "200 404 405 406",
    "sendEvent": "200 202 400 404",
    "streamEvents": "200 404",
    "streamNamedEvents": "200 404",
    "getLastEvent": "200 404",
    "getNextEvent": "200 404",
    "getNextNamedEvent": "200 404",
    "stopInstance": "202 400 404",
    "killInstance": "202 400 404",
    "setMonitoringRate": "202 400 404",
    "getHubInfo": "200 404",
    "deleteHub": "202 404 409",
    "disconnectHubs": "202",
    "registerHub": "202",
    "writeSpaceTopic": "200 202",
}
"""The statuses that the reference has for each; the description has more, such as those for missing rights."""

TOPIC_TYPES = {"text/x-ndjson", "application/x-ndjson", "text/plain", "application/octet-stream"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    return loaded


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    items = document["paths"].values()
    return {item[method]["operationId"]: item[method] for item in items for method in METHODS if method in item}


def test_there_are_these_operations_and_no_others(document: dict[str, Any]) -> None:
    found = {
        (operation["operationId"], method.upper(), path, *operation["tags"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    assert found == set(ROWS)


@pytest.mark.parametrize("name", STATUSES)
def test_the_statuses_of_the_reference_are_there(name: str, operations: dict[str, Any]) -> None:
    assert set(STATUSES[name].split()) <= set(operations[name]["responses"])


@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_operations_are_served_by_those_whose_tag_they_have(name: str, operations: dict[str, Any]) -> None:
    operation = operations[name]
    tag = operation["tags"][0]
    kind = {"store": "space"}.get(tag, tag) if tag in {"space", "store", "platform", "multi-manager"} else "hub"
    further = {
        **{key: {"platform", "multi-manager"} for key in ("getVersion", "streamAudit")},
        **{key: {"multi-manager"} for key in ("getHealth", "getLoad", "streamLog")},
    }
    assert set(operation["x-served-by"]) == {kind} | further.get(name, set())


@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_descriptions_say_more_than_summaries(name: str, operations: dict[str, Any]) -> None:
    operation = operations[name]
    assert len(operation["description"].split()) >= 6
    assert operation["description"].strip().rstrip(".") != operation["summary"]
    assert re.match(r"^[A-Z]", operation["summary"])


def test_what_is_newer_or_ours_is_marked(operations: dict[str, Any]) -> None:
    assert operations["getHealth"]["x-served-by"] == {"hub": {"since": "2.0"}, "multi-manager": {}}
    assert operations["getMetrics"]["x-served-by"] == {"hub": {"only": "embedded"}}


def test_summaries_differ(operations: dict[str, Any]) -> None:
    summaries = [operation["summary"] for operation in operations.values()]
    assert len(set(summaries)) == len(summaries)


@pytest.mark.parametrize("name", ["writeTopic", "writeInput", "exchangeInout"])
def test_what_takes_data_takes_the_four_types(name: str, operations: dict[str, Any]) -> None:
    assert set(operations[name]["requestBody"]["content"]) == TOPIC_TYPES


def test_topics_are_read_in_their_own_type(operations: dict[str, Any]) -> None:
    assert set(operations["readTopic"]["responses"]["200"]["content"]) == TOPIC_TYPES


def test_topics_of_spaces_take_any_type_and_give_bytes(operations: dict[str, Any]) -> None:
    assert set(operations["writeSpaceTopic"]["requestBody"]["content"]) == {*TOPIC_TYPES, "application/json", "*/*"}
    assert set(operations["readSpaceTopic"]["responses"]["200"]["content"]) == {"application/octet-stream"}
    assert all("content" not in operations["writeSpaceTopic"]["responses"][status] for status in ("200", "202"))


@pytest.mark.parametrize("name", ["uploadSequence", "replaceSequence"])
def test_packages_come_plain_or_as_a_form(name: str, operations: dict[str, Any]) -> None:
    assert set(operations[name]["requestBody"]["content"]) == {"application/octet-stream", "multipart/form-data"}


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("uploadSequence", {"getSequence", "startSequence", "replaceSequence", "deleteSequence"}),
        ("startSequence", {"getInstance", "readOutput", "writeInput", "sendEvent", "stopInstance", "killInstance"}),
        ("createTopic", {"writeTopic", "readTopic", "deleteTopic"}),
        ("registerHub", {"getHubInfo", "deleteHub"}),
        ("putStoreItem", {"getStoreItem", "deleteStoreItem"}),
        ("addStoreItem", {"getStoreItem", "deleteStoreItem"}),
        ("startManager", {"stopManager"}),
        ("createAccessKey", {"revokeAccessKeys"}),
    ],
)
def test_what_creates_links_to_what_uses(
    name: str, targets: set[str], operations: dict[str, Any], document: dict[str, Any]
) -> None:
    replies = operations[name]["responses"].values()
    responses = [references.resolve(document, reply) for reply in replies]
    links = [link for response in responses for link in response.get("links", {}).values()]
    assert targets <= {link["operationId"] for link in links}


def deviations(document: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    shared = document["components"]["x-deviations"]
    listed = operation.get("x-deviations", ())
    return [shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item for item in listed]


@pytest.mark.parametrize(
    ("version", "lacking"),
    [
        (
            "0.18.7",
            {
                *("getStatus", "getConfig", "getHealth", "listEntities", "streamAudit", "replaceSequence"),
                *("createTopic", "deleteTopic", "exchangeInout", "streamEvents", "getNextEvent", "openSpaceChannel"),
            },
        ),
        ("1.0.1", {"getHealth", "streamEvents", "getNextEvent"}),
    ],
)
def test_what_a_server_lacks_is_told_where_the_operation_is(
    version: str, lacking: set[str], operations: dict[str, Any], document: dict[str, Any]
) -> None:
    told = {
        name
        for name, operation in operations.items()
        for deviation in deviations(document, operation)
        if deviation["server"] == "STH" and deviation.get("missing")
        if SpecifierSet(deviation["versions"]).contains(version)
    }
    assert told == lacking


def test_what_operations_share_is_one_component(operations: dict[str, Any], document: dict[str, Any]) -> None:
    shared = [item["id"] for item in document["components"]["x-deviations"].values()]
    own = [
        item["id"] for operation in operations.values() for item in operation.get("x-deviations", ()) if "id" in item
    ]
    assert len({*shared, *own}) == len(shared) + len(own)


def test_there_are_these_servers(document: dict[str, Any]) -> None:
    urls = [server["url"] for server in document["servers"]]
    assert urls == [
        "http://{host}:{port}/api/v1",
        "https://{platform}/api/v1/space/{space_id}/api/v1/sth/{hub_id}/api/v1",
        "https://{platform}/api/v1",
        "http://{host}:{port}/api/v1/cpm/{space_id}/api/v1",
        "http://{host}:{port}/api/v1/cpm/api/v1",
    ]


def test_what_passes_requests_on_is_told(document: dict[str, Any], operations: dict[str, Any]) -> None:
    proxies = {server["x-proxy"]["id"]: server["x-proxy"] for server in document["servers"] if "x-proxy" in server}
    told = {name: (*proxy["served-by"], proxy["to"], *proxy["replies"]) for name, proxy in proxies.items()}
    assert told == {
        "passToHub": ("space", "hub", "404", "503"),
        "passToSpace": ("multi-manager", "space", "404", "408"),
        "passToOwnSpace": ("hub", "space", "404", "503"),
    }
    assert not proxies.keys() & operations.keys()
    assert proxies["passToSpace"]["stands-for"] == "/space/{space_id}/api"


def test_a_token_is_asked_for_or_not(document: dict[str, Any]) -> None:
    assert document["security"] == [{}, {"bearer": []}]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


@pytest.mark.parametrize(
    ("schema", "required", "optional"),
    [
        ("Version", {"service", "apiVersion", "version", "build"}, set()),
        ("Load", {"avgLoad", "currentLoad", "memFree", "memUsed", "fsSize"}, set()),
        ("FileSystem", {"fs", "size", "used", "available", "use"}, {"type", "mount"}),
        ("Sequence", {"id", "config", "instances"}, {"name", "location"}),
        ("StartReply", {"id", "message"}, set()),
        ("Terminated", {"exitcode", "reason"}, set()),
        ("TopicCreated", {"id", "origin", "state", "contentType"}, set()),
        ("Topic", {"topic", "contentType"}, {"topicName", "localProvider"}),
        ("ErrorReply", {"error"}, {"fields"}),
        ("FieldError", {"field", "description"}, set()),
        ("PlatformErrorReply", {"message"}, set()),
        ("RevokedKeys", {"message", "keysRevoked"}, set()),
        ("DisconnectReply", {"managerId", "disconnected"}, set()),
    ],
)
def test_shapes_are_exact(schema: str, required: set[str], optional: set[str], document: dict[str, Any]) -> None:
    found = document["components"]["schemas"][schema]
    assert set(found["required"]) == required
    assert set(found["properties"]) == required | optional
    assert found["additionalProperties"] is False


def test_requests_tolerate_what_clients_add(document: dict[str, Any]) -> None:
    for name in ("StartRequest", "StopRequest", "KillRequest", "EventRequest", "MonitoringRate", "TopicRequest"):
        assert document["components"]["schemas"][name]["additionalProperties"] is True


def test_statuses_of_instances_are_closed(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["InstanceStatus"]["enum"] == [
        *("initializing", "starting", "running", "stopping", "killing", "completed", "errored", "gone"),
    ]


def test_the_generator_of_the_python_client_has_nothing_to_warn_of(document: dict[str, Any]) -> None:
    # It knows no streams; what it can be told is to take them for bytes.
    streams = dict.fromkeys((*TOPIC_TYPES, "*/*"), "application/octet-stream")
    overrides = {**streams, "application/openmetrics-text": "text/plain", "application/yaml": "text/plain"}
    settings = ConfigFile(content_type_overrides=overrides, literal_enums=True)
    config = Config.from_sources(
        settings, MetaType("none"), document_source=BUNDLE, file_encoding="utf-8", overwrite=False, output_path=None
    )

    data = GeneratorData.from_dict(document, config=config)

    assert isinstance(data, GeneratorData), data
    assert data.errors == []
    tags = data.endpoint_collections_by_tag.values()
    assert [error for tag in tags for error in tag.parse_errors] == []
    assert sum(len(tag.endpoints) for tag in tags) == len(ROWS)
