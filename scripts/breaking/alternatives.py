"""Expands a schema into its alternatives, in one normal form.

`enum`, `const` and a `oneOf` of constants say the same in three ways, as do a list of types and a `oneOf` of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.breaking.keywords import ANNOTATIONS, LOWER_BOUNDS, UPPER_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.breaking.change import Document, Schema

TYPES: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


def alternatives(document: Document, schema: Any) -> list[Schema]:
    """Return the alternatives of a schema: the branches of its `oneOf` or `anyOf`, its types, its values of one type.

    Args:
        document: Where its references lead.
        schema: A schema, which JSON Schema allows to be true (anything) or false (nothing).

    Returns:
        Schemas without alternatives. None, if nothing is valid.
    """
    return _gathered(_spread(document, schema))


def enumerated(schema: Schema) -> list[Any] | None:
    """The values that a schema is limited to, or None."""
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _spread(document: Document, schema: Any) -> list[Schema]:
    if isinstance(schema, bool):
        return [{}] if schema else []
    schema = _merged(document, document.resolve(schema))
    if isinstance(schema, bool):
        return _spread(document, schema)
    for key in ("oneOf", "anyOf"):
        if key in schema:
            rest = {name: value for name, value in schema.items() if name not in (key, "discriminator", *ANNOTATIONS)}
            return [one for branch in schema[key] for one in _spread(document, {"allOf": [branch, rest]})]
    return _by_value(schema) if enumerated(schema) is not None else _by_type(schema)


def _by_type(schema: Schema) -> list[Schema]:
    kinds = schema.get("type")
    return [{**schema, "type": kind} for kind in kinds] if isinstance(kinds, list) else [schema]


def _by_value(schema: Schema) -> list[Schema]:
    """One schema for each type among the values; values of a type that is not allowed are none."""
    allowed = schema.get("type")
    allowed = [allowed] if isinstance(allowed, str) else allowed
    by_type: dict[str, list[Any]] = {}
    for value in enumerated(schema) or ():
        kind = _type_of(value)
        if allowed is None or kind in allowed or (kind == "integer" and "number" in allowed):
            by_type.setdefault(kind, []).append(value)
    rest = {key: value for key, value in schema.items() if key not in ("const", "enum", "type")}
    return [{**rest, "type": kind, "enum": values} for kind, values in by_type.items()]


def _type_of(value: Any) -> str:
    return TYPES.get(type(value), "null")


def _gathered(found: list[Schema]) -> list[Schema]:
    """The same, with all that only lists values of one type as one."""
    lists: dict[str, Schema] = {}
    rest: list[Schema] = []
    for schema in found:
        if schema.keys() - ANNOTATIONS != {"type", "enum"}:
            rest.append(schema)
        elif known := lists.get(schema["type"]):
            known["enum"] += [value for value in schema["enum"] if value not in known["enum"]]
        else:
            lists[schema["type"]] = {**schema, "enum": [*schema["enum"]]}
            rest.append(lists[schema["type"]])
    return rest


def _merged(document: Document, schema: Any) -> Any:
    """A schema with the parts of its `allOf` in it, each keyword as narrow as all of them together."""
    if isinstance(schema, bool) or "allOf" not in schema:
        return schema
    merged: Schema = {key: value for key, value in schema.items() if key != "allOf"}
    for part in schema["allOf"]:
        inner = _merged(document, document.resolve(part))
        if inner is False:
            return False
        if isinstance(inner, dict):
            merged = _both(merged, inner)
    return merged


def _both(one: Schema, other: Schema) -> Schema:
    joined = {**other, **one}
    for key in one.keys() & other.keys() - ANNOTATIONS:
        if one[key] != other[key]:
            joined[key] = JOINED.get(key, _each)(one[key], other[key])
    return joined


def _each(one: Any, other: Any) -> Any:
    return {"allOf": [one, other]}


def _properties(one: Schema, other: Schema) -> Schema:
    both = {name: _each(one[name], other[name]) for name in one.keys() & other.keys() if one[name] != other[name]}
    return {**other, **one, **both}


def _common(one: Any, other: Any) -> list[Any]:
    left, right = ([value] if isinstance(value, str) else value for value in (one, other))
    # An integer is a number.
    return [value for value in left if value in right or (value == "integer" and "number" in right)] or [
        value for value in right if value == "integer" and "number" in left
    ]


def _pairs(one: list[Any], other: list[Any]) -> list[Any]:
    return [_each(left, right) for left in one for right in other]


JOINED: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(LOWER_BOUNDS, max),
    **dict.fromkeys(UPPER_BOUNDS, min),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), _properties),
    **dict.fromkeys(("type", "enum"), _common),
    **dict.fromkeys(("oneOf", "anyOf"), _pairs),
    "required": lambda one, other: list(dict.fromkeys([*one, *other])),
}
"""How two values of a keyword become one that demands both; others become an `allOf`."""
