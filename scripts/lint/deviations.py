"""Rules about deviations, which openapi/EXTENSIONS.md explains: their shape, their names, and that they are of use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from packaging.specifiers import InvalidSpecifier, SpecifierSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.description.source import Pointer
    from scripts.lint.subject import Finding, Subject

SHARED = ("components", "x-deviations")
"""Where the bundle has those that several operations share."""

_NAME = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_TEXT = {"type": "string", "minLength": 1}
_SIGHT = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "status": {"oneOf": [{"type": "integer"}, {"type": "array", "minItems": 1, "items": {"type": "integer"}}]},
        "check": _TEXT,
        "message": _TEXT,
        "scenarios": {"type": "array", "minItems": 1, "items": _NAME},
    },
}
DEVIATION: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "server", "versions", "what"],
    "properties": {
        "id": _NAME,
        "server": {"enum": ["STH", "Manager", "MultiManager", "Platform"]},
        "versions": _TEXT,
        "what": _TEXT,
        "reason": _TEXT,
        "exchange": {"type": "string", "pattern": "\\n-> "},
        "seen": {"type": "array", "minItems": 1, "items": _SIGHT},
        "sometimes": {"const": True},
        "missing": {"const": True},
        "never": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[1-5][0-9]{2}( .+/.+)?$"}},
        "refuses": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^.+/.+$"}},
    },
    # What is told to a machine is shown to people, so that they can tell whether it is still so.
    "dependentRequired": {"seen": ["exchange"], "refuses": ["exchange"], "sometimes": ["seen"]},
}
"""The shape of one."""


def have_their_shape(subject: Subject) -> Iterator[Finding]:
    """Every shared deviation is one."""
    validator = jsonschema_rs.Draft202012Validator(DEVIATION)
    for name, deviation in subject.document["components"].get(SHARED[1], {}).items():
        for error in validator.iter_errors(deviation):
            inner = tuple(str(part) for part in error.instance_path)
            yield subject.finding((*SHARED, name, *inner), f"x-deviations: {error.message}")


def are_told_apart(subject: Subject) -> Iterator[Finding]:
    """No two deviations have the same id."""
    seen: set[str] = set()
    for pointer, deviation in _deviations(subject):
        key = str(deviation.get("id"))
        if key in seen:
            yield subject.finding(pointer, f"there are two deviations {key}; what operations share is a component")
        seen.add(key)


def can_be_read(subject: Subject) -> Iterator[Finding]:
    """Versions are a range, and what is to match is a regular expression."""
    for pointer, deviation in _deviations(subject):
        try:
            SpecifierSet(str(deviation.get("versions")))
        except InvalidSpecifier:
            yield subject.finding((*pointer, "versions"), f"{deviation['versions']} is no range such as >=1.0,<2")
        for index, sight in enumerate(_sights(deviation)):
            for key in ("check", "message"):
                if not _compiles(sight.get(key, "")):
                    yield subject.finding((*pointer, "seen", str(index), key), f"{key} is no regular expression")


def fit_their_operation(subject: Subject) -> Iterator[Finding]:
    """Each status never replied, and each media type refused, is one that the operation documents."""
    for operation in subject.operations():
        replies = {status: subject.resolve(reply) for status, reply in operation.data["responses"].items()}
        bodies = set(operation.data.get("requestBody", {}).get("content", ()))
        for index, item in enumerate(operation.data.get("x-deviations", ())):
            deviation = subject.resolve(item)
            documented = {f"{status} {kind}" for status, reply in replies.items() for kind in reply.get("content", ())}
            unknown = set(deviation.get("never", ())) - documented - set(replies)
            # A component may be about replies that not all of its operations have.
            wrong = sorted(unknown if item is deviation else set())
            wrong += sorted(set(deviation.get("refuses", ())) - bodies)
            for what in wrong:
                pointer = (*operation.pointer, "x-deviations", str(index))
                yield subject.finding(pointer, f"{operation.name} does not document {what}")


def _deviations(subject: Subject) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    for name, deviation in subject.document["components"].get(SHARED[1], {}).items():
        yield (*SHARED, name), deviation
    for operation in subject.operations():
        for index, deviation in enumerate(operation.data.get("x-deviations", ())):
            if "$ref" not in deviation:
                yield (*operation.pointer, "x-deviations", str(index)), deviation


def _sights(deviation: dict[str, Any]) -> list[dict[str, Any]]:
    seen = deviation.get("seen", ())
    return [sight for sight in seen if isinstance(sight, dict)] if isinstance(seen, list) else []


def _compiles(pattern: object) -> bool:
    try:
        re.compile(str(pattern))
    except re.error:
        return False
    return True


RULES = (have_their_shape, are_told_apart, can_be_read, fit_their_operation)
"""All of them."""
