"""The description in the form that schemathesis needs.

OpenAPI 3.1 cannot say that a body is a sequence of records, so the description gives the schema of one record and marks
the body with `x-stream`. Here such a reply becomes an array of records, which is what our deserialisers return.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from scramjet_contract.description import Description, Operation

BINARY = {"type": "string"}


def view_of(description: Description, operations: Mapping[str, Operation], *, token: bool) -> dict[str, Any]:
    """Return a copy of the description for schemathesis.

    Args:
        description: The description.
        operations: The operations to keep, each with the replies to keep.
        token: Whether the Hub under test requires a token; then operations with optional tokens require one.
    """
    document = copy.deepcopy(description.document)
    document.pop("servers", None)
    document["security"] = [{"bearer": []}] if token else []
    document["paths"] = dict(_kept(document["paths"], operations))
    for item in document["paths"].values():
        for operation in item.values():
            _adapt(description, operation, operations[operation["operationId"]], token=token)
            _keep_links(description, operation, operations)
    return document


def is_recorded(description: Description, media_type: str, schema: Any) -> bool:
    """Return whether the body of a stream consists of lines of JSON."""
    return "ndjson" in media_type or description.resolve(schema).get("type") != "string"


def _kept(paths: dict[str, Any], operations: Collection[str]) -> Iterator[tuple[str, Any]]:
    for path, item in paths.items():
        kept = {
            method: operation
            for method, operation in item.items()
            if isinstance(operation, dict) and operation.get("operationId") in operations
        }
        if kept:
            yield path, kept


def _adapt(description: Description, operation: dict[str, Any], kept: Operation, *, token: bool) -> None:
    if not token:
        operation.pop("security", None)
    operation["parameters"] = [copy.deepcopy(description.resolve(item)) for item in operation.get("parameters", [])]
    operation["responses"] = {
        status: _as_array(description, copy.deepcopy(description.resolve(reply)))
        for status, reply in operation["responses"].items()
        if int(status) in kept.replies
    }


def _keep_links(description: Description, operation: dict[str, Any], operations: Collection[str]) -> None:
    for reply in operation["responses"].values():
        links = {name: description.resolve(link) for name, link in reply.get("links", {}).items()}
        reply["links"] = {name: link for name, link in links.items() if link.get("operationId") in operations}


def _as_array(description: Description, reply: dict[str, Any]) -> dict[str, Any]:
    if reply.get("x-stream", {}).get("unit") != "records":
        return reply
    for media_type, content in reply.get("content", {}).items():
        content.pop("examples", None)
        if is_recorded(description, media_type, content["schema"]):
            content["schema"] = {"type": "array", "items": content["schema"]}
    return reply
