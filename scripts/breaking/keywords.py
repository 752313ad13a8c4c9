"""The keywords of JSON Schema, by how they are compared; `make lint` refuses all others in the description."""

from __future__ import annotations

LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")

ANNOTATIONS = frozenset({"title", "description", "default", "example", "examples", "deprecated", "$comment"})
"""Say nothing about what is valid. (`default` is compared by itself.)"""

STRUCTURE = frozenset(
    {
        *("$ref", "allOf", "oneOf", "anyOf", "type", "enum", "const", "format", "discriminator"),
        *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties", "required"),
        *("dependentRequired", "items", "prefixItems", "unevaluatedItems", "readOnly", "writeOnly"),
        *("pattern", "multipleOf", "uniqueItems"),
    }
)
"""Compared by their meaning, as the bounds are."""

OPAQUE = frozenset(
    {
        *("not", "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames"),
        *("dependentSchemas", "contentEncoding", "contentMediaType", "contentSchema"),
    }
)
"""Only compared for being the same, since what a difference means cannot be told in general."""

COMPARED = ANNOTATIONS | STRUCTURE | OPAQUE | {*LOWER_BOUNDS, *UPPER_BOUNDS}
"""All that may be used."""

FORMATS_WITHOUT_BOUND = frozenset({"int64", "double"})
"""Formats of numbers that take what any number of JSON is read as."""

NARROWER_FORMATS = {"int32": "int64", "float": "double"}
"""Formats of numbers, and the ones that hold all of theirs."""
