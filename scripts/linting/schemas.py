"""Rules about schemas, and about examples of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.linting.subject import Finding, Subject
    from scripts.openapi_source import Pointer

FORMATS = ("uuid", "date-time", "uri", "binary", "password")
BINARY = "binary"
BOUNDS = {"string": "maxLength", "integer": "maximum", "number": "maximum", "array": "maxItems"}


def are_sound(subject: Subject) -> Iterator[Finding]:
    """Every schema is one, and names only formats that everybody here knows."""
    for pointer, schema in subject.schemas():
        try:
            subject.validator(schema)
        except (jsonschema_rs.ValidationError, ValueError) as error:
            yield subject.finding(pointer, f"not a schema: {str(error).splitlines()[0]}")
        name = schema.get("format")
        if name is not None and name not in FORMATS:
            yield subject.finding((*pointer, "format"), f"format {name} is none of {', '.join(FORMATS)}")


def objects_are_decided(subject: Subject) -> Iterator[Finding]:
    """Every object says whether it may have more properties, and requires only those that it has."""
    for pointer, schema in subject.schemas():
        if schema.get("type") != "object" and "properties" not in schema:
            continue
        if "additionalProperties" not in schema:
            yield subject.finding(pointer, "an object that does not decide on additionalProperties")
        for name in schema.get("required", ()):
            if name not in schema.get("properties", {}):
                yield subject.finding((*pointer, "required"), f"{name} is required and not a property")


def components_are_titled(subject: Subject) -> Iterator[Finding]:
    """A schema among the components is titled as it is named: generators name classes after either."""
    for name, schema in subject.document["components"].get("schemas", {}).items():
        pointer = ("components", "schemas", name)
        if "$ref" not in schema and schema.get("title") != name:
            yield subject.finding(pointer, f"the title of schema {name} is {schema.get('title')}")


def inputs_are_bounded(subject: Subject) -> Iterator[Finding]:
    """What a client sends has bounds: in parameters, how long a text and how large a number may be."""
    for pointer, parameter in subject.parts("parameters"):
        schema = subject.resolve(parameter.get("schema", {}))
        bound = BOUNDS.get(str(schema.get("type")))
        if bound and bound not in schema and "enum" not in schema:
            yield subject.finding(pointer, f"the parameter {parameter['name']} has no {bound}")


def examples_are_given(subject: Subject) -> Iterator[Finding]:
    """Every media type has an example, but for bytes that a client sends, which no text can show."""
    for pointer, media in subject.media():
        schema = subject.resolve(media.get("schema", {}))
        bytes_alone = schema.get("format") == BINARY or pointer[-1].startswith("multipart/")
        if "schema" not in media:
            yield subject.finding(pointer, f"{pointer[-1]} has no schema")
        if not (media.get("examples") or "example" in media or ("requestBody" in pointer and bytes_alone)):
            yield subject.finding(pointer, f"{pointer[-1]} has no example")


def examples_are_valid(subject: Subject) -> Iterator[Finding]:
    """Examples and defaults are valid for their schemas."""
    for pointer, node in (*subject.parts("parameters"), *subject.headers(), *subject.media()):
        schema = node.get("schema", {})
        for place, value in (*_examples(subject, pointer, node), *_given((*pointer, "schema"), schema)):
            yield from _check(subject, place, value, schema)
    for pointer, schema in subject.schemas():
        for place, value in _given(pointer, schema):
            yield from _check(subject, place, value, schema)


def _examples(subject: Subject, pointer: Pointer, node: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    if "example" in node:
        yield (*pointer, "example"), node["example"]
    for name, example in node.get("examples", {}).items():
        place = (*pointer, "examples", name)
        if "$ref" in example:
            place = tuple(example["$ref"].removeprefix("#/").split("/"))
        resolved = subject.resolve(example)
        if "value" in resolved:
            yield (*place, "value"), resolved["value"]


def _given(pointer: Pointer, schema: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    if "default" in schema:
        yield (*pointer, "default"), schema["default"]
    for index, value in enumerate(schema.get("examples", ())):
        yield (*pointer, "examples", str(index)), value


def _check(subject: Subject, place: Pointer, value: Any, schema: dict[str, Any]) -> Iterator[Finding]:
    try:
        validator = subject.validator(schema)
    except (jsonschema_rs.ValidationError, ValueError):
        return  # `are_sound` tells
    for error in validator.iter_errors(value):
        inner = tuple(str(part) for part in error.instance_path)
        what = "default" if place[-1] == "default" else "example"
        yield subject.finding((*place, *inner), f"the {what} does not fit its schema: {error.message[:200]}")


RULES = (
    are_sound,
    objects_are_decided,
    components_are_titled,
    inputs_are_bounded,
    examples_are_given,
    examples_are_valid,
)
"""All of them."""
