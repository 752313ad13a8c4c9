"""Rules about schemas, and about examples of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from scripts.breaking.keywords import COMPARED
from scripts.description.references import pointer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.description.source import Pointer
    from scripts.lint.subject import Finding, Subject

META = "https://json-schema.org/draft/2020-12/schema"
FORMATS = ("uuid", "date-time", "uri", "binary", "password", "int32", "int64")
BINARY = "binary"
INT32_MAX = 2**31 - 1
BOUNDS = {"string": "maxLength", "integer": "maximum", "number": "maximum", "array": "maxItems"}


def are_sound(subject: Subject) -> Iterator[Finding]:
    """Every schema is one, regular expressions included."""
    meta = jsonschema_rs.Draft202012Validator({"$ref": META}, validate_formats=True)
    for pointer, schema in subject.whole_schemas():
        for error in meta.iter_errors(schema):
            inner = tuple(str(part) for part in error.instance_path)
            yield subject.finding((*pointer, *inner), f"not a schema: {error.message}")


def formats_are_known(subject: Subject) -> Iterator[Finding]:
    """Schemas name only formats that all tools here support."""
    for pointer, schema in subject.schemas():
        name = schema.get("format")
        if name is not None and name not in FORMATS:
            yield subject.finding((*pointer, "format"), f"format {name} is none of {', '.join(FORMATS)}")


def integers_have_a_size(subject: Subject) -> Iterator[Finding]:
    """Integers that may exceed 32 bits say how many they need: many generators take 32 for granted."""
    for pointer, schema in subject.schemas():
        if schema.get("type") != "integer" or "const" in schema or "enum" in schema or "format" in schema:
            continue
        if schema.get("maximum", INT32_MAX + 1) > INT32_MAX or schema.get("minimum", 0) < -INT32_MAX - 1:
            yield subject.finding(pointer, "an integer with neither a format nor a maximum below 2^31")


def constants_are_typed(subject: Subject) -> Iterator[Finding]:
    """A constant has a type, which generators of typed languages need."""
    for pointer, schema in subject.schemas():
        if "const" in schema and "type" not in schema:
            yield subject.finding((*pointer, "const"), "a const without a type")


def unions_are_named(subject: Subject) -> Iterator[Finding]:
    """The union that a whole body is has a name: a component that generators make one type of."""
    for pointer, media in subject.media():
        for key in ("oneOf", "anyOf"):
            if key in media.get("schema", {}):
                yield subject.finding((*pointer, "schema", key), f"a body that is a {key} without a name")


def names_are_unique(subject: Subject) -> Iterator[Finding]:
    """No parameter has the name of a schema: some languages have one namespace for both."""
    components = subject.document["components"]
    for name in components.get("parameters", {}).keys() & components.get("schemas", {}).keys():
        yield subject.finding(("components", "parameters", name), f"the parameter {name} is named as a schema is")


def keywords_are_compared(subject: Subject) -> Iterator[Finding]:
    """Schemas use only keywords that `make breaking` compares, so that no change of them goes unnoticed."""
    for pointer, schema in subject.schemas():
        for key in schema:
            if key not in COMPARED and not key.startswith("x-"):
                yield subject.finding((*pointer, key), f"{key} is no keyword that `make breaking` compares")


def objects_are_decided(subject: Subject) -> Iterator[Finding]:
    """Every object says whether it may have more properties, and requires only properties that it has."""
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
    """Data from clients has bounds: in parameters, the length of texts and the size of numbers."""
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
        place = (*pointer, "schema")
        for where, value in _examples(subject, pointer, node):
            yield from _check(subject, where, value, place)
        # A default beside a reference is not in any schema of its own.
        yield from _check_given(subject, place, node.get("schema", {}))
    for pointer, schema in subject.schemas():
        yield from _check_given(subject, pointer, schema)


def _examples(subject: Subject, pointer: Pointer, node: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    if "example" in node:
        yield (*pointer, "example"), node["example"]
    for name, example in node.get("examples", {}).items():
        place = (*pointer, "examples", name)
        if "$ref" in example:
            place = pointer_of(example["$ref"])
        resolved = subject.resolve(example)
        if "value" in resolved:
            yield (*place, "value"), resolved["value"]


def _check_given(subject: Subject, pointer: Pointer, schema: dict[str, Any]) -> Iterator[Finding]:
    if "default" in schema:
        yield from _check(subject, (*pointer, "default"), schema["default"], pointer)
    for index, value in enumerate(schema.get("examples", ())):
        yield from _check(subject, (*pointer, "examples", str(index)), value, pointer)


def _check(subject: Subject, place: Pointer, value: Any, schema: Pointer) -> Iterator[Finding]:
    try:
        errors = list(subject.validator(schema).iter_errors(value))
    except jsonschema_rs.ValidationError:
        return  # `are_sound` tells
    for error in errors:
        inner = tuple(str(part) for part in error.instance_path)
        what = "default" if place[-1] == "default" else "example"
        yield subject.finding((*place, *inner), f"the {what} does not fit its schema: {error.message[:200]}")


RULES = (
    are_sound,
    formats_are_known,
    integers_have_a_size,
    constants_are_typed,
    unions_are_named,
    names_are_unique,
    keywords_are_compared,
    objects_are_decided,
    components_are_titled,
    inputs_are_bounded,
    examples_are_given,
    examples_are_valid,
)
"""All of them."""
