"""Ways to break the description, and what `make lint` has to say of each."""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """How to break a copy of the description, and what lint has to say of it."""

    name: str
    file: str
    old: str
    new: str
    reason: str
    marked: str = ""
    """A text in the line that is to be blamed; the first line of `new`, if not given."""


HUB, SEQUENCES, INSTANCES = "paths/hub.yaml", "paths/sequences.yaml", "paths/instances.yaml"
TOPICS, SPACE = "paths/topics.yaml", "paths/space.yaml"
PARAMETERS, RESPONSES = "components/parameters.yaml", "components/responses.yaml"
HUB_SCHEMAS, TOPIC_SCHEMAS = "components/schemas/hub.yaml", "components/schemas/topic.yaml"
GET_STATUS = "    operationId: getStatus\n"

BREAKS = [
    # The files and the bundle
    Break("no YAML", HUB, GET_STATUS, "    operationId: [getStatus\n", "not YAML", "tags: [hub]"),
    Break(
        "a key twice", HUB, GET_STATUS, GET_STATUS + "    operationId: other\n", "operationId is here twice", "other"
    ),
    Break(
        "no such file",
        HUB,
        "hub.yaml#/Status",
        "hob.yaml#/Status",
        "there is no file",
        "$ref: ../components/schemas/hob.yaml",
    ),
    Break("no such name", HUB, "hub.yaml#/Status", "hub.yaml#/Statu5", "there is no Statu5", "Statu5"),
    Break(
        "no name at all",
        HUB,
        "hub.yaml#/Status",
        "hub.yaml",
        "is not of the form",
        "$ref: ../components/schemas/hub.yaml",
    ),
    Break(
        "into a component",
        HUB,
        "hub.yaml#/Status",
        "hub.yaml#/Status/properties",
        "which is not a component",
        "Status/properties",
    ),
    Break(
        "another site",
        HUB,
        "../components/schemas/hub.yaml#/Status",
        "https://a.b/c#/d",
        "is not of the form",
        "https://a.b",
    ),
    Break(
        "not a component",
        HUB,
        "../components/schemas/hub.yaml#/Status",
        "topics.yaml#/topic",
        "is not a component",
        "topics.yaml#/topic",
    ),
    Break("no such path item", "scramjet.yaml", "hub.yaml#/status", "hub.yaml#/statu5", "there is no statu5", "statu5"),
    Break(
        "a name twice",
        "components/schemas/platform.yaml",
        "SpaceRef:\n  title: SpaceRef",
        "Status:\n  title: Status\n  type: object\n  additionalProperties: false\n\nSpaceRef:\n  title: SpaceRef\n"
        "  allOf:\n    - $ref: '#/Status'",
        "is also in",
        "Status:",
    ),
    # OpenAPI itself
    Break("no OpenAPI", HUB, "        description: The load.\n", "", '"description" is a required', "'200':"),
    Break("an unknown place", PARAMETERS, "  in: query\n", "  in: body\n", "is not one of"),
    Break("an unknown type", HUB_SCHEMAS, "      type: boolean\n", "      type: bool\n", "bool"),
    # The use of components and paths
    Break("unused", HUB_SCHEMAS, "Empty:\n", "Full:\n  title: Full\n\nEmpty:\n", "schemas/Full is not used", "Full:"),
    Break(
        "unused response", RESPONSES, "NoEvent:\n", "Gone:\n  description: x\n\nNoEvent:\n", "Gone is not used", "Gone:"
    ),
    Break("not listed", HUB, "status:\n", "state:\n  get: {}\n\nstatus:\n", "the path item state is not", "state:"),
    # Operations
    Break("no operationId", HUB, GET_STATUS, "", "get /status has no operationId", "get:"),
    Break("odd operationId", HUB, "operationId: getStatus", "operationId: get-status", "not in camelCase"),
    Break("same operationId", HUB, "operationId: getStatus", "operationId: getVersion", "also that of /version"),
    Break(
        "no summary",
        HUB,
        "    summary: Show whether the Hub is connected to a Space\n",
        "",
        "getStatus has no summary",
        "get:",
    ),
    Break("full stop", HUB, "connected to a Space\n", "connected to a Space.\n", "without a full stop"),
    Break(
        "no description",
        SPACE,
        "    description: One Hub as `listHubs` shows it, connected or not.\n",
        "",
        "getHubInfo has no description",
        "get:",
    ),
    Break("no tag", HUB, GET_STATUS + "    tags: [hub]\n", GET_STATUS, "getStatus has 0 tags", "get:"),
    Break(
        "two tags",
        HUB,
        GET_STATUS + "    tags: [hub]\n",
        GET_STATUS + "    tags: [hub, space]\n",
        "has 2 tags",
        "tags: [hub, space]",
    ),
    Break(
        "undeclared tag",
        HUB,
        GET_STATUS + "    tags: [hub]\n",
        GET_STATUS + "    tags: [hob]\n",
        "tag hob",
        "tags: [hob]",
    ),
    Break(
        "no 4xx",
        INSTANCES,
        "      '404':\n        $ref: ../components/responses.yaml#/InstanceNotFound\n",
        "",
        "getInstance has parameters but no 4xx",
        "responses:",
    ),
    Break(
        "no 403",
        HUB,
        "      '403':\n        $ref: ../components/responses.yaml#/Forbidden\n",
        "",
        "getVersion has no 403",
        "responses:",
    ),
    Break(
        "no success",
        TOPICS,
        "      '200':\n        description: The topic is gone.",
        "      '300':\n        description: The topic is gone.",
        "deleteTopic has no 2xx",
        "responses:",
    ),
    Break(
        "undescribed parameter",
        "scramjet.yaml",
        "  /instance/{id}:\n",
        "  /instance/{no}:\n",
        "does not describe {no}",
        "parameters:",
    ),
    Break(
        "parameter not in the path",
        "scramjet.yaml",
        "  /instance/{id}:\n",
        "  /instance/a:\n",
        "its path has not",
        "parameters:",
    ),
    Break(
        "a parameter twice",
        SEQUENCES,
        "      - $ref: ../components/parameters.yaml#/KillInstances\n",
        "      - $ref: ../components/parameters.yaml#/KillInstances\n" * 2,
        "has the header parameter x-seq-kill-inst twice",
        "parameters:",
    ),
    # Links
    Break(
        "link to nowhere",
        TOPICS,
        "operationId: writeTopic\n            d",
        "operationId: fly\n            d",
        "fly",
        "writeTopic:",
    ),
    Break(
        "link gives too much",
        TOPICS,
        "{topic: $response.body#/id}",
        "{topic: $response.body#/id, a: b}",
        "gives it a",
        "writeTopic:",
    ),
    Break(
        "link gives too little", TOPICS, "{topic: $response.body#/id}", "{}", "does not give it topic", "writeTopic:"
    ),
    Break(
        "link gives nothing",
        TOPICS,
        "{topic: $response.body#/id}",
        "{topic: $response.body#/no}",
        "no example has",
        "writeTopic:",
    ),
    # Extensions
    Break("unknown extension", HUB, "x-served-by: {hub: {}}", "x-served-bye: {hub: {}}", "x-served-bye is none of"),
    Break("no x-served-by", HUB, "    x-served-by: {hub: {}}\n", "", "getStatus has no x-served-by", "get:"),
    Break("unknown kind", HUB, "x-served-by: {hub: {}}", "x-served-by: {hob: {}}", "'hob' was unexpected"),
    Break("unknown condition", HUB, "{since: '2.0'}", "{until: '2.0'}", "'until' was unexpected"),
    Break("unknown server", HUB, "STH 0.18.7", "STH 0.18", "x-deviations"),
    Break(
        "no x-client",
        HUB,
        "    x-client: {class: HostClient, method: get_status}\n",
        "",
        "getStatus has no x-client",
        "get:",
    ),
    Break(
        "unknown class", HUB, "{class: HostClient, method: get_status}", "{class: Host, method: get_status}", "x-client"
    ),
    Break(
        "extension in a wrong place", HUB_SCHEMAS, "Empty:\n", "Empty:\n  x-client: {}\n", "does not belong", "x-client"
    ),
    Break(
        "unmarked stream", HUB, "        x-stream: {direction: down, unit: records}\n", "", "a stream without", "'200':"
    ),
    Break("stream the wrong way", HUB, "{direction: down, unit", "{direction: up, unit", "the direction of a stream"),
    Break("unknown unit", HUB, "direction: down, unit: records", "direction: down, unit: lines", "x-stream"),
    Break(
        "no stream",
        HUB,
        "        description: The load.\n",
        "        description: The load.\n        x-stream: {direction: down, unit: bytes}\n",
        "on a body that is none",
        "x-stream: {direction: down, unit: bytes}",
    ),
    # Schemas and examples
    Break(
        "unknown format", "components/schemas/instance.yaml", "format: date-time", "format: datetime", "format datetime"
    ),
    Break("no regular expression", HUB_SCHEMAS, r"pattern: ^v\d+$", "pattern: ^v(", "not a schema"),
    Break(
        "undecided object",
        HUB_SCHEMAS,
        "  type: object\n  additionalProperties: false\n",
        "  type: object\n",
        "does not decide",
        "SpaceConnection:",
    ),
    Break("required, not there", HUB_SCHEMAS, "required: [cpm]", "required: [cpm, dpm]", "dpm is required"),
    Break("another title", HUB_SCHEMAS, "title: Status", "title: State", "the title of schema Status", "Status:"),
    Break("no title", HUB_SCHEMAS, "  title: Status\n", "", "the title of schema Status is None", "Status:"),
    Break(
        "unbounded text",
        PARAMETERS,
        "    maxLength: 255\n",
        "",
        "the parameter id has no maxLength",
        "SequenceIdOrName:",
    ),
    Break(
        "unbounded number", PARAMETERS, "    maximum: 1000000\n", "", "the parameter offset has no maximum", "Offset:"
    ),
    Break(
        "no example",
        HUB,
        "            examples:\n              healthy:\n                value: {healthy: true}\n",
        "",
        "application/json has no example",
        "application/json:",
    ),
    Break(
        "no schema",
        HUB,
        "            schema:\n              $ref: ../components/schemas/hub.yaml#/HubHealth\n",
        "",
        "application/json has no schema",
        "application/json:",
    ),
    Break("example does not fit", HUB, "value: {cpm: {}}", "value: {cpm: []}", "does not fit its schema"),
    Break("example has too much", HUB, "value: {cpm: {}}", "value: {cpm: {}, a: 1}", "does not fit its schema"),
    Break("format of an example", TOPICS, "localProvider: ''}", "localProvider: 5}", "does not fit its schema"),
    Break("no uuid", "components/examples.yaml", "id: 2c3068e5-7c74", "id: 2c3068e5", 'is not a "uuid"'),
    Break(
        "no date", "components/examples.yaml", "created: 2022-07-19T21:07:11.043Z", "created: yesterday", "date-time"
    ),
    Break("parameter's example", PARAMETERS, "example: messages-in", "example: messages in", "does not fit its schema"),
    Break("header's example", "components/headers.yaml", "example: 10", "example: soon", "does not fit its schema"),
    Break("parameter's default", PARAMETERS, "default: 100", "default: 0", "the default does not fit"),
    Break(
        "property's default", "components/schemas/instance.yaml", "default: 7000", "default: -1", "the default does not"
    ),
]
