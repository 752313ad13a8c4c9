"""Which changes of a schema break a caller.

A request may accept more than before and never less; a response may hold less than before and never more.
Decided on purpose:

- Another value in an enumeration of a response breaks: clients in typed languages cannot decode it.
- Another property in a response does not: clients ignore what they do not know.
- A property that is gone breaks in both directions, also an optional one, and also one that would now be ignored.
- Another default in a request breaks: whoever leaves the value out gets something else.
- Looser bounds, patterns and lengths in a response do not break; nobody relies on what they have not seen.
- A pattern or format that differs breaks a request, since nobody can tell whether it takes less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.comparing.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.comparing.change import Direction, Document, Schema

LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
ANNOTATIONS = (
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "discriminator",
)
MISSING = object()


class SchemaComparison:
    """Compares schemas of two descriptions.

    Args:
        old: The description before.
        new: The description after.
        direction: Whether what the schemas describe is sent by a client or received.
    """

    def __init__(self, old: Document, new: Document, direction: Direction) -> None:
        self._old = old
        self._new = new
        self._direction = direction
        self._under_way: set[tuple[int, int]] = set()

    def changes(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        """The changes between two schemas that break a caller."""
        pair = (id(self._old.resolve(old)), id(self._new.resolve(new)))
        if pair in self._under_way:
            return  # a schema within itself
        self._under_way.add(pair)
        try:
            yield from self._alternatives(old, new, where)
        finally:
            self._under_way.remove(pair)

    @property
    def _is_request(self) -> bool:
        return self._direction == "request"

    def _alternatives(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        if self._is_request:
            yield from _default(self._old.resolve(old), self._new.resolve(new), where)
        before, after = alternatives(self._old, old), alternatives(self._new, new)
        if len(before) == len(after) == 1:
            yield from self._single(before[0], after[0], where)
            return
        lost, spare = self._unmatched(before, after)
        if len(lost) == len(spare) == 1:
            yield from self._single(*((lost[0], spare[0]) if self._is_request else (spare[0], lost[0])), where)
            return
        for one in lost:
            yield Change(where, f"{_name(one)} {'is no longer accepted' if self._is_request else 'may now come'}")

    def _unmatched(self, before: list[Schema], after: list[Schema]) -> tuple[list[Schema], list[Schema]]:
        """What has no counterpart: alternatives that must have one, and those that are left over on the other side."""
        fits = {(i, j) for i, one in enumerate(before) for j, other in enumerate(after) if self._fits(one, other)}
        old = [one for i, one in enumerate(before) if all(pair[0] != i for pair in fits)]
        new = [other for j, other in enumerate(after) if all(pair[1] != j for pair in fits)]
        return (old, new) if self._is_request else (new, old)

    def _fits(self, old: Schema, new: Schema) -> bool:
        return next(self._single(old, new, ""), None) is None

    def _single(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        if change := self._type(old, new, where):
            yield change  # and whatever else differs comes of it
            return
        yield from self._values(old, new, where)
        yield from self._formats(old, new, where)
        if self._is_request:
            yield from _bounds(old, new, where)
        yield from self._properties(old, new, where)
        yield from self._required(old, new, where)
        yield from self._more_properties(old, new, where)
        yield from self._items(old, new, where)

    def _type(self, old: Schema, new: Schema, where: str) -> Change | None:
        before, after = old.get("type"), new.get("type")
        narrow, wide = (after, before) if self._is_request else (before, after)
        # An integer is a number, and nothing said is anything.
        if before == after or narrow is None or (narrow, wide) == ("number", "integer"):
            return None
        return Change(where, f"the type was {before or 'any'} and is {after or 'any'}")

    def _values(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = _enumerated(old), _enumerated(new)
        small, large = (after, before) if self._is_request else (before, after)
        if small is None:
            return
        if large is None:
            yield Change(where, f"the value is {'now' if self._is_request else 'no longer'} one of {_list(small)}")
            return
        lost = [value for value in large if value not in small]
        if lost:
            word = "no longer accepted" if self._is_request else "new"
            yield Change(where, f"the value {_list(lost)} is {word}")

    def _formats(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("format"), new.get("format")
        bound = after if self._is_request else before
        if before != after and bound is not None:
            yield Change(where, f"the format was {before or 'any'} and is {after or 'any'}")

    def _properties(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name, schema in before.items():
            place = f"{where}/{name}"
            if name in after:
                yield from self.changes(schema, after[name], place)
            else:
                yield Change(place, "the property is gone")

    def _required(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = set(old.get("required", ())), set(new.get("required", ()))
        if self._is_request:
            for name in sorted(after - before):
                yield Change(f"{where}/{name}", "the property is now required")
            return
        for name in sorted(before - after):
            if name in new.get("properties", {}):
                yield Change(f"{where}/{name}", "the property may now be missing")

    def _more_properties(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.changes(before, after, f"{where}/*")
        elif self._is_request and before is not False and after is False:
            yield Change(where, "further properties are no longer accepted")
        elif self._is_request and before is True and isinstance(after, dict) and after:
            yield Change(where, "further properties are no longer of any kind")
        elif not self._is_request and isinstance(before, dict) and before and after is True:
            yield Change(where, "further properties may now be of any kind")

    def _items(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("prefixItems", []), new.get("prefixItems", [])
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from self.changes(one, other, f"{where}/{index}")
        if len(before) != len(after):
            yield Change(where, f"the array had {len(before)} fixed elements and has {len(after)}")
        one, other = old.get("items", {}), new.get("items", {})
        if one or other:
            yield from self.changes(one, other, f"{where}/[]")


def alternatives(document: Document, schema: Schema) -> list[Schema]:
    """What a schema may be: the branches of its `oneOf` or `anyOf`, or its types, each by itself."""
    schema = _merged(document, document.resolve(schema))
    branches = schema.get("oneOf") or schema.get("anyOf")
    if branches:
        common = {key: value for key, value in schema.items() if key not in ("oneOf", "anyOf", *ANNOTATIONS)}
        found = [alternatives(document, branch) for branch in branches]
        return [{**common, **branch} for group in found for branch in group]
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return [{**schema, "type": kind} for kind in kinds]
    return [schema]


def _merged(document: Document, schema: Schema) -> Schema:
    """A schema with the parts of its `allOf` in it."""
    if "allOf" not in schema:
        return schema
    merged: Schema = {key: value for key, value in schema.items() if key != "allOf"}
    for part in schema["allOf"]:
        inner = _merged(document, document.resolve(part))
        properties = {**merged.get("properties", {}), **inner.get("properties", {})}
        required = [*merged.get("required", ()), *inner.get("required", ())]
        merged = {**inner, **merged, "properties": properties, "required": required}
    return merged


def _default(old: Schema, new: Schema, where: str) -> Iterator[Change]:
    before, after = old.get("default", MISSING), new.get("default", MISSING)
    if before is not MISSING and before != after:
        said = "none" if after is MISSING else after
        yield Change(where, f"the default was {before} and is {said}")


def _bounds(old: Schema, new: Schema, where: str) -> Iterator[Change]:
    for key in (*LOWER_BOUNDS, *UPPER_BOUNDS):
        before, after = old.get(key), new.get(key)
        if after is None or before == after:
            continue
        if before is None or (after > before if key in LOWER_BOUNDS else after < before):
            yield Change(where, f"{key} was {'none' if before is None else before} and is {after}")
    for key in ("pattern", "multipleOf"):
        if key in new and new[key] != old.get(key):
            yield Change(where, f"{key} was {old.get(key, 'none')} and is {new[key]}")
    if new.get("uniqueItems") and not old.get("uniqueItems"):
        yield Change(where, "elements have to differ now")


def _enumerated(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _list(values: list[Any]) -> str:
    return ", ".join(map(str, values))


def _name(schema: Schema) -> str:
    return str(schema.get("title") or schema.get("const") or f"a value of type {schema.get('type', 'any')}")
