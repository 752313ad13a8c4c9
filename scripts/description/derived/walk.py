"""Walks over a bundle that is to be changed: its schemas, and its bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from scripts.description import references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node: TypeAlias = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
VALUES = ("example", "examples", "x-deviations", "x-stream", "x-client", "x-served-by")
"""Keys below which nothing is part of OpenAPI."""

MAPS = ("properties", "patternProperties")
SINGLE = ("items", "additionalProperties", "not")
LISTS = ("oneOf", "anyOf", "allOf", "prefixItems")


def operations(document: Node) -> Iterator[Node]:
    """Yield every operation, in the order of the bundle."""
    for item in document["paths"].values():
        yield from (item[method] for method in METHODS if method in item)


def bodies(document: Node) -> Iterator[Node]:
    """Yield every request body and every response, each once, at its full definition."""
    for operation in operations(document):
        if "requestBody" in operation:
            yield operation["requestBody"]
        yield from (response for response in operation["responses"].values() if "$ref" not in response)
    yield from document["components"].get("responses", {}).values()


def response_of(document: Node, operation: Node, status: str) -> Node:
    """Return an operation's response, resolved."""
    found: Node = references.resolve(document, operation["responses"][status])
    return found


def holds_json(media_type: str, schema: Node) -> bool:
    """Tell whether a stream of records with this type and schema has lines of JSON: see `x-stream`."""
    return "ndjson" in media_type or (media_type == "application/octet-stream" and schema.get("format") != "binary")


def change_schemas(node: Any, change: Callable[[Node], Node]) -> None:
    """Replace every schema below a node of OpenAPI, the inner ones first.

    Args:
        node: The bundle, or a part of it that is no schema.
        change: What a schema becomes.
    """
    if isinstance(node, list):
        for item in node:
            change_schemas(item, change)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "schema":
            node[key] = _changed(value, change)
        elif key == "schemas":
            node[key] = {name: _changed(schema, change) for name, schema in value.items()}
        elif key not in VALUES:
            change_schemas(value, change)


def _changed(schema: Any, change: Callable[[Node], Node]) -> Any:
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    for key in made.keys() & MAPS:
        made[key] = {name: _changed(inner, change) for name, inner in made[key].items()}
    for key in made.keys() & SINGLE:
        made[key] = _changed(made[key], change)
    for key in made.keys() & LISTS:
        made[key] = [_changed(inner, change) for inner in made[key]]
    return change(made)


def drop_unused(document: Node) -> None:
    """Remove the components to which nothing refers, directly or through others."""
    used = _reachable(document)
    for kind, components in document["components"].items():
        if kind != "securitySchemes":
            document["components"][kind] = {
                name: value for name, value in components.items() if f"#/components/{kind}/{name}" in used
            }


def _reachable(document: Node) -> set[str]:
    waiting = [target for key, part in document.items() if key != "components" for target in targets(part)]
    found: set[str] = set()
    while waiting:
        target = waiting.pop()
        if target not in found:
            found.add(target)
            waiting += targets(references.target(document, target))
    return found


def targets(node: Any) -> Iterator[str]:
    """Yield the target of every reference in a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for inner in node.values():
            yield from targets(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from targets(inner)
