"""The bundle as OpenAPI 3.0, for tools that know no later version, no `x-stream`, and one type of a body only."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from scripts.description import references
from scripts.description.derived.walk import (
    Node,
    bodies,
    change_schemas,
    drop_unused,
    holds_json,
    operations,
    response_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PURPOSE = """\
# The API as OpenAPI 3.0, for tools that know no later version; where a tool can read openapi.yaml, take that.
# Streams are binary, with one record described in `x-stream`; operations that reply with one have `x-streaming`.
# A body has one media type, an operation one kind of success and one kind of error.
# What 3.0 cannot say is said less exactly: tuples are arrays, a constant is an enumeration of one value.
"""

BINARY: Node = {"type": "string", "format": "binary"}
BYTES = "application/octet-stream"
ERRORS = ("ErrorReply", "PlatformErrorReply", "RefusalReply")
"""The schemas of failures; a tool that knows one kind only gets their fields in one schema, `ERROR`."""

ERROR = "Failure"
NULL: Node = {"type": "null"}
UNIONS = ("oneOf", "anyOf")


def to_30(document: Node) -> Node:
    """Return a bundle as OpenAPI 3.0; the given one stays as it is."""
    made = copy.deepcopy(document)
    made["openapi"] = "3.0.3"
    made["info"].pop("summary", None)
    made["info"].get("license", {}).pop("identifier", None)
    _make_streams_binary(made)
    _unify_replies(made)
    change_schemas(made, _to_30)
    _drop_unions_of_one(made)
    drop_unused(made)
    return made


def _make_streams_binary(document: Node) -> None:
    for body in bodies(document):
        if "x-stream" in body:
            body["x-stream"] = {**body["x-stream"], **_record(body)}
            body["content"] = {BYTES: {"schema": dict(BINARY)}}
    for operation in operations(document):
        if any("x-stream" in response_of(document, operation, status) for status in operation["responses"]):
            operation["x-streaming"] = True


def _record(body: Node) -> Node:
    for name, media in body["content"].items():
        if body["x-stream"]["unit"] == "records" and holds_json(name, media["schema"]):
            return {"record": media["schema"]}
    return {}


def _unify_replies(document: Node) -> None:
    for operation in operations(document):
        first: Any = None
        for status in list(operation["responses"]):
            schema = _schema(response_of(document, operation, status))
            if status >= "400":
                kept = schema is None or references.pointer_of(schema["$ref"])[-1] in ERRORS
            else:
                first = first or (schema,)
                kept = first == (schema,)
            if not kept:
                del operation["responses"][status]
    _replace_errors(document)


def _schema(response: Node) -> Any:
    return next((media["schema"] for media in response.get("content", {}).values()), None)


def _replace_errors(document: Node) -> None:
    schemas = document["components"]["schemas"]
    fields: Node = {}
    for name in ERRORS:
        fields |= schemas.get(name, {}).get("properties", {})
    schemas[ERROR] = {
        "title": ERROR,
        "description": "A failure: `error` from a Hub or a Space, `message` from a Platform.",
        "type": "object",
        "additionalProperties": True,
        "properties": fields,
    }
    targets = {f"#/components/schemas/{name}" for name in ERRORS}
    for body in bodies(document):
        for media in body.get("content", {}).values():
            if media["schema"].get("$ref") in targets:
                media["schema"] = {"$ref": f"#/components/schemas/{ERROR}"}


def _to_30(schema: Node) -> Node:
    if "$ref" in schema:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return {**beside, "allOf": [{"$ref": schema["$ref"]}]} if beside else schema
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    if "prefixItems" in schema:
        del schema["prefixItems"]
        schema["items"] = {}
    for key in schema.keys() & UNIONS:
        # A body that may be `null` may as well be left out.
        schema[key] = [member for member in schema[key] if member != NULL]
    return schema


def _drop_unions_of_one(document: Node) -> None:
    schemas = document["components"]["schemas"]
    alone = {f"#/components/schemas/{name}": member for name, member in _unions_of_one(schemas)}
    change_schemas(document, lambda schema: alone.get(schema.get("$ref", ""), schema))


def _unions_of_one(schemas: Node) -> Iterator[tuple[str, Node]]:
    for name, schema in schemas.items():
        for key in schema.keys() & UNIONS:
            if len(schema[key]) == 1:
                yield name, schema[key][0]
