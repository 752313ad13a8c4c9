"""The subject of the rules, and their findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

import jsonschema_rs

from scripts.description import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.description.bundle import Bundle, Place
    from scripts.description.source import Pointer, Source

Part: TypeAlias = "tuple[Pointer, dict[str, Any]]"
"""Something in the bundle: where it is, and what is said of it."""

BASE = "bundle:///"
"""What the bundle is called where schemas refer to each other."""

INNER = (
    *("items", "unevaluatedItems", "contains", "additionalProperties", "unevaluatedProperties", "propertyNames"),
    *("not", "if", "then", "else", "contentSchema"),
)
"""Keywords whose value is a schema."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, order=True)
class Finding:
    """A violation of a rule.

    Attributes:
        file: The file, below the folder of the description.
        line: The line in it.
        reason: What is wrong there.
    """

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class Operation:
    """An operation of the bundle.

    Attributes:
        pointer: Where it is in the bundle.
        path: Its path template.
        data: What is said of it.
    """

    pointer: Pointer
    path: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Its operationId or, for want of one, its method and path."""
        return str(self.data.get("operationId") or f"{self.pointer[-1]} {self.path}")


class Subject:
    """A bundled description with its sources, and the questions that several rules ask.

    Args:
        source: The files.
        bundle: Their bundle, which is valid OpenAPI.
    """

    def __init__(self, source: Source, bundle: Bundle) -> None:
        self.source = source
        self.bundle = bundle
        self.document = bundle.document
        self._registry = jsonschema_rs.Registry([(BASE, self.document)])

    def finding(self, pointer: Pointer, reason: str) -> Finding:
        """A finding about something in the bundle, told where it was written."""
        return self.finding_at(self.bundle.origin(pointer), reason)

    def finding_at(self, place: Place, reason: str) -> Finding:
        """A finding about something in the sources."""
        return Finding(place.file, self.source.file(place.file).line(place.pointer), reason)

    def operations(self) -> Iterator[Operation]:
        """All operations, in the order of the bundle."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(("paths", path, method), path, item[method])

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return the target of a reference, or the node itself."""
        found: dict[str, Any] = references.resolve(self.document, node)
        return found

    def parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """An operation's parameters, resolved."""
        return [self.resolve(parameter) for parameter in operation.data.get("parameters", ())]

    def parts(self, key: str) -> Iterator[Part]:
        """Parameters or responses, at the places of their full definitions.

        Args:
            key: `parameters` or `responses`, which are found in operations and among the components.
        """
        for operation in self.operations():
            yield from _inline((*operation.pointer, key), operation.data.get(key, {}))
        yield from _inline(("components", key), self.document["components"].get(key, {}))

    def headers(self) -> Iterator[Part]:
        """All headers of responses, at the places of their full definitions."""
        for pointer, response in self.parts("responses"):
            yield from _inline((*pointer, "headers"), response.get("headers", {}))
        yield from _inline(("components", "headers"), self.document["components"].get("headers", {}))

    def bodies(self) -> Iterator[Part]:
        """All request bodies."""
        for operation in self.operations():
            if "requestBody" in operation.data:
                yield (*operation.pointer, "requestBody"), operation.data["requestBody"]

    def media(self) -> Iterator[Part]:
        """All media types of request bodies and responses."""
        for pointer, body in (*self.bodies(), *self.parts("responses")):
            yield from _inline((*pointer, "content"), body.get("content", {}))

    def whole_schemas(self) -> Iterator[Part]:
        """All schemas that are no part of another, at the places of their full definitions."""
        yield from _inline(("components", "schemas"), self.document["components"].get("schemas", {}))
        for pointer, node in (*self.parts("parameters"), *self.headers(), *self.media()):
            if "$ref" not in node.get("schema", {"$ref": None}):
                yield (*pointer, "schema"), node["schema"]

    def schemas(self) -> Iterator[Part]:
        """All schemas, also those within others, at the places of their full definitions."""
        for pointer, schema in self.whole_schemas():
            yield from _schemas(pointer, schema)

    def validator(self, pointer: Pointer) -> jsonschema_rs.Draft202012Validator:
        """A validator for the schema at a place in the bundle, formats included.

        Raises:
            jsonschema_rs.ValidationError: It is no schema.
        """
        path = "/".join(quote(part.replace("~", "~0").replace("/", "~1"), safe="~") for part in pointer)
        schema = {"$ref": f"{BASE}#/{path}"}
        return jsonschema_rs.Draft202012Validator(schema, registry=self._registry, validate_formats=True)


def _inline(pointer: Pointer, children: Any) -> Iterator[Part]:
    pairs = children.items() if isinstance(children, dict) else enumerate(children)
    for key, child in pairs:
        if "$ref" not in child:
            yield (*pointer, str(key)), child


def _schemas(pointer: Pointer, schema: Any) -> Iterator[Part]:
    if not isinstance(schema, dict) or "$ref" in schema:
        return
    yield pointer, schema
    for key in ("properties", "patternProperties", "dependentSchemas"):
        for name, inner in schema.get(key, {}).items():
            yield from _schemas((*pointer, key, name), inner)
    for key in INNER:
        yield from _schemas((*pointer, key), schema.get(key))
    for key in ("oneOf", "anyOf", "allOf", "prefixItems"):
        for index, inner in enumerate(schema.get(key, ())):
            yield from _schemas((*pointer, key, str(index)), inner)
