"""The bundle as OpenAPI 3.2, which has a standard way to describe streams of records."""

from __future__ import annotations

import copy
from typing import Any

from scripts.description import references
from scripts.description.derived.walk import Node, bodies, holds_json

PURPOSE = """\
# The API as OpenAPI 3.2, for tools that know it: of a stream of records, `itemSchema` describes one record.
# All else is as in openapi.yaml.
"""


def to_32(document: Node) -> Node:
    """Return a bundle as OpenAPI 3.2; the given one stays as it is."""
    made = copy.deepcopy(document)
    made["openapi"] = "3.2.0"
    for body in bodies(made):
        if body.get("x-stream", {}).get("unit") == "records":
            for name, media in body["content"].items():
                if holds_json(name, media["schema"]):
                    _to_items(made, media)
    return made


def _to_items(document: Node, media: Node) -> None:
    # `schema` would describe the stream as a whole, and an example shows the whole of it, too.
    examples = media.pop("examples", {})
    media["itemSchema"] = media.pop("schema")
    if examples:
        media["examples"] = {name: _as_stream(document, example) for name, example in examples.items()}


def _as_stream(document: Node, example: Node) -> Node:
    whole: dict[str, Any] = dict(references.resolve(document, example))
    record = whole.pop("value")
    return {**whole, "dataValue": [record]}
