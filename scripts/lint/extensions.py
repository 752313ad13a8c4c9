"""Rules about the keys that begin with x-, which openapi/EXTENSIONS.md explains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from scripts.lint.deviations import DEVIATION, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.description.source import Pointer
    from scripts.lint.subject import Finding, Subject

KINDS = ("hub", "space", "platform", "multi-manager")
"""The kinds of servers."""

CLASSES = (
    *("HostClient", "SequenceClient", "InstanceClient"),
    *("SpaceClient", "MiddlewareClient", "MultiManagerClient"),
)
"""The client classes."""

_CONDITION = {
    "type": "object",
    "additionalProperties": False,
    "maxProperties": 1,
    "properties": {"since": {"type": "string", "pattern": r"^\d+\.\d+$"}, "only": {"const": "embedded"}},
}
_BINDING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["class", "method"],
    "properties": {
        "class": {"enum": [*CLASSES]},
        "method": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "aliases": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}},
    },
}
_REFERENCE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["$ref"],
    "properties": {"$ref": {"type": "string", "pattern": "^#/components/x-deviations/"}},
}
_REFERENCE_TO_RESPONSE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["$ref"],
    "properties": {"$ref": {"type": "string", "pattern": "^#/components/responses/"}},
}
_SERVED_BY = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": dict.fromkeys(KINDS, _CONDITION),
}
_PATH = {"type": "string", "pattern": r"^(/([a-z0-9]+|\{[a-z_]+\}))+$"}
SHAPES: dict[str, dict[str, Any]] = {
    "x-served-by": _SERVED_BY,
    "x-proxy": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "served-by", "path", "to", "replies"],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z][A-Za-z0-9]*$"},
            "served-by": _SERVED_BY,
            "path": _PATH,
            "to": {"enum": [*KINDS]},
            "stands-for": _PATH,
            "replies": {"type": "object", "minProperties": 1, "additionalProperties": _REFERENCE_TO_RESPONSE},
        },
    },
    "x-lenient": {"const": True},
    "x-deviations": {"type": "array", "minItems": 1, "items": {"oneOf": [_REFERENCE, DEVIATION]}},
    "x-stream": {
        "type": "object",
        "additionalProperties": False,
        "required": ["direction", "unit"],
        "properties": {"direction": {"enum": ["up", "down"]}, "unit": {"enum": ["bytes", "records"]}},
    },
    "x-client": {"oneOf": [_BINDING, {"type": "array", "items": _BINDING}]},
}
"""The shape of every key."""

STREAM_TYPE = re.compile("^text/|ndjson|octet-stream")
ON_OPERATIONS = ("x-served-by", "x-deviations", "x-client")
REQUIRED = ("x-served-by", "x-client")
# Names that clients and servers chose may begin like an extension.
FREE_NAMES = ("headers", "properties", "parameters", "examples", "mapping")
FREE_VALUES = ("example", "value", "default", "const", "enum", *SHAPES)


def are_known(subject: Subject) -> Iterator[Finding]:
    """Every key that begins with x- is one of ours, where it belongs, and of its shape."""
    places: dict[Pointer, tuple[str, ...]] = {operation.pointer: ON_OPERATIONS for operation in subject.operations()}
    streams = {pointer: ("x-stream",) for pointer, _ in (*subject.bodies(), *subject.parts("responses"))}
    places |= {pointer: ("x-lenient",) for pointer, node in subject.parts("parameters") if node["in"] == "query"}
    places |= {("servers", str(index)): ("x-proxy",) for index in range(len(subject.document.get("servers", ())))}
    for pointer, key, value in _extensions((), subject.document):
        if (*pointer, key) == SHARED:
            continue
        if key not in SHAPES:
            yield subject.finding((*pointer, key), f"{key} is none of the extensions of openapi/EXTENSIONS.md")
        elif key not in (*places.get(pointer, ()), *streams.get(pointer, ())):
            yield subject.finding((*pointer, key), f"{key} does not belong here")
        else:
            for error in jsonschema_rs.Draft202012Validator(SHAPES[key]).iter_errors(value):
                inner = tuple(str(part) for part in error.instance_path)
                yield subject.finding((*pointer, key, *inner), f"{key}: {error.message}")


def are_given(subject: Subject) -> Iterator[Finding]:
    """Every operation tells who serves it and which client method calls it."""
    for operation in subject.operations():
        for key in REQUIRED:
            if key not in operation.data:
                yield subject.finding(operation.pointer, f"{operation.name} has no {key}")


def streams_are_marked(subject: Subject) -> Iterator[Finding]:
    """Bodies that are neither JSON nor another text of fixed length are marked as streams, the others are not."""
    parts = [("up", *part) for part in subject.bodies()] + [("down", *part) for part in subject.parts("responses")]
    for direction, pointer, body in parts:
        streams = any(
            name.startswith("text/") or "ndjson" in name or "octet" in name for name in body.get("content", ())
        )
        stream = body.get("x-stream")
        if streams and stream is None:
            yield subject.finding(pointer, "a stream without x-stream")
        elif stream is not None and not streams:
            yield subject.finding((*pointer, "x-stream"), "x-stream on a body that is none")
        elif stream is not None and stream.get("direction") != direction:
            yield subject.finding((*pointer, "x-stream"), f"the direction of a stream here is {direction}")


def _extensions(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if str(key).startswith("x-") and not (pointer and pointer[-1] in FREE_NAMES):
            yield pointer, str(key), child
        if key not in FREE_VALUES or (pointer and pointer[-1] in FREE_NAMES):
            yield from _extensions((*pointer, str(key)), child)


RULES = (are_known, are_given, streams_are_marked)
"""All of them."""
