"""Finds changes of schemas that break callers.

A request may accept more than before and never less; a response may hold less than before and never more.
Decided on purpose:

- Another value in an enumeration of a response breaks: clients in typed languages cannot decode it.
- Another property in a response does not: clients ignore what they do not know.
- A property that is gone breaks in both directions, also an optional one, and also one that would now be ignored.
- What is `readOnly` is not there in a request, what is `writeOnly` is not there in a response.
- Another default in a request breaks: callers who leave the value out get something else.
- Looser bounds, patterns and lengths in a response do not break; no caller relies on what it has not seen.
- A pattern or format that differs breaks a request, since it cannot be told whether it takes less.
- `not`, `if`, `contains` and their like (`keywords.OPAQUE`) break where they differ and may take something away:
  new ones in a request, lost ones in a response.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scripts.breaking.alternatives import alternatives, enumerated
from scripts.breaking.change import Change
from scripts.breaking.keywords import (
    ANNOTATIONS,
    FORMATS_WITHOUT_BOUND,
    LOWER_BOUNDS,
    NARROWER_FORMATS,
    OPAQUE,
    UPPER_BOUNDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.breaking.change import Direction, Document, Schema

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
        self._under_way: set[str] = set()

    def changes(self, old: Any, new: Any, where: str) -> Iterator[Change]:
        """The changes between two schemas that break a caller."""
        pair = json.dumps([_bare(old), _bare(new)], sort_keys=True, default=str)
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

    def _alternatives(self, old: Any, new: Any, where: str) -> Iterator[Change]:
        if self._is_request:
            yield from _default(self._old.resolve(old), self._new.resolve(new), where)
        yield from self._discriminator(self._old.resolve(old), self._new.resolve(new), where)
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
        """Return alternatives without a counterpart that must have one, and the unmatched ones of the other side."""
        fits = {(i, j) for i, one in enumerate(before) for j, other in enumerate(after) if self._fits(one, other)}
        old = [one for i, one in enumerate(before) if all(pair[0] != i for pair in fits)]
        new = [other for j, other in enumerate(after) if all(pair[1] != j for pair in fits)]
        return (old, new) if self._is_request else (new, old)

    def _fits(self, old: Schema, new: Schema) -> bool:
        return next(self._single(old, new, ""), None) is None

    def _single(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        if change := self._type(old, new, where):
            yield change  # and any other difference follows from it
            return
        yield from self._values(old, new, where)
        yield from self._formats(old, new, where)
        if self._is_request:
            yield from _bounds(old, new, where)
        yield from self._opaque(old, new, where)
        yield from self._properties(old, new, where)
        yield from self._patterns(old, new, where)
        yield from self._required(old, new, where)
        yield from self._dependencies(old, new, where)
        yield from self._more(old, new, "additionalProperties", "further properties", where)
        yield from self._more(old, new, "unevaluatedProperties", "unevaluated properties", where)
        yield from self._items(old, new, where)

    def _type(self, old: Schema, new: Schema, where: str) -> Change | None:
        before, after = old.get("type"), new.get("type")
        narrow, wide = (after, before) if self._is_request else (before, after)
        # An integer is a number, and nothing said is anything.
        if before == after or narrow is None or (narrow, wide) == ("number", "integer"):
            return None
        return Change(where, f"the type was {before or 'any'} and is {after or 'any'}")

    def _values(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = enumerated(old), enumerated(new)
        large, small = (before, after) if self._is_request else (after, before)
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
        bound, other = (after, before) if self._is_request else (before, after)
        if bound in (None, other) or NARROWER_FORMATS.get(str(other)) == bound:
            return
        if other is None and bound in FORMATS_WITHOUT_BOUND:
            return
        yield Change(where, f"the format was {before or 'any'} and is {after or 'any'}")

    def _opaque(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        for key in sorted(OPAQUE):
            before, after = _bare(old.get(key, MISSING)), _bare(new.get(key, MISSING))
            bound = after if self._is_request else before
            if before != after and bound is not MISSING:
                yield Change(where, f"{key} was {_said(before)} and is {_said(after)}")

    def _discriminator(self, old: Any, new: Any, where: str) -> Iterator[Change]:
        before, after = (one.get("discriminator") if isinstance(one, dict) else None for one in (old, new))
        if not before or not after:
            return
        if before["propertyName"] != after["propertyName"]:
            yield Change(where, f"the discriminator was {before['propertyName']} and is {after['propertyName']}")
        large, small = (before, after) if self._is_request else (after, before)
        for name in sorted(large.get("mapping", {}).keys() - small.get("mapping", {}).keys()):
            word = "no longer accepted" if self._is_request else "new"
            yield Change(where, f"the discriminator's value {name} is {word}")

    def _properties(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = self._visible(self._old, old), self._visible(self._new, new)
        for name, schema in before.items():
            place = f"{where}/{name}"
            if name in after:
                yield from self.changes(schema, after[name], place)
            else:
                yield Change(place, "the property is gone")
        if self._is_request:
            yield from self._restricted(old, before, after, where)

    def _restricted(self, old: Schema, before: Schema, after: Schema, where: str) -> Iterator[Change]:
        """Find restrictions that new properties put on values sent under their names."""
        further = old.get("additionalProperties", True)
        if isinstance(further, dict) and further:
            for name in after.keys() - before.keys():
                yield from self.changes(further, after[name], f"{where}/{name}")

    def _visible(self, document: Document, schema: Schema) -> Schema:
        hidden = "readOnly" if self._is_request else "writeOnly"
        properties = schema.get("properties", {})
        return {name: one for name, one in properties.items() if not _marked(document, one, hidden)}

    def _patterns(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("patternProperties", {}), new.get("patternProperties", {})
        for pattern in before.keys() & after.keys():
            yield from self.changes(before[pattern], after[pattern], f"{where}/~{pattern}")
        if self._is_request:
            for pattern in sorted(after.keys() - before.keys()):
                yield Change(where, f"properties that match {pattern} are now restricted")
        for pattern in sorted(before.keys() - after.keys()):
            yield Change(where, f"properties that match {pattern} are no longer described")

    def _required(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = set(old.get("required", ())), set(new.get("required", ()))
        known = new.get("properties", {})
        visible = self._visible(self._new, new)
        if self._is_request:
            for name in sorted(after - before):
                if name in visible or name not in known:
                    yield Change(f"{where}/{name}", "the property is now required")
            return
        for name in sorted(before - after):
            if name in visible:
                yield Change(f"{where}/{name}", "the property may now be missing")

    def _dependencies(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("dependentRequired", {}), new.get("dependentRequired", {})
        more, less = (after, before) if self._is_request else (before, after)
        word = "is now required" if self._is_request else "may now be missing"
        for name, names in more.items():
            for other in sorted(set(names) - set(less.get(name, ()))):
                yield Change(f"{where}/{other}", f"the property {word} beside {name}")

    def _more(self, old: Schema, new: Schema, key: str, called: str, where: str) -> Iterator[Change]:
        before, after = _opened(old.get(key, True)), _opened(new.get(key, True))
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.changes(before, after, f"{where}/*")
        elif self._is_request and before is not False and after is False:
            yield Change(where, f"{called} are no longer accepted")
        elif self._is_request and before is True and after is not True:
            yield Change(where, f"{called} are no longer of any kind")
        elif not self._is_request and isinstance(before, dict) and after is True:
            yield Change(where, f"{called} may now be of any kind")

    def _items(self, old: Schema, new: Schema, where: str) -> Iterator[Change]:
        before, after = old.get("prefixItems", []), new.get("prefixItems", [])
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from self.changes(one, other, f"{where}/{index}")
        if len(before) != len(after):
            yield Change(where, f"the array had {len(before)} fixed elements and has {len(after)}")
        for key, place in (("items", f"{where}/[]"), ("unevaluatedItems", f"{where}/[*]")):
            one, other = old.get(key, {}), new.get(key, {})
            if one != other or (one and one is not True):
                yield from self.changes(one, other, place)


def _marked(document: Document, schema: Any, mark: str) -> bool:
    resolved = document.resolve(schema)
    return isinstance(resolved, dict) and resolved.get(mark) is True


def _opened(schema: Any) -> Any:
    return True if schema == {} else schema


def _default(old: Any, new: Any, where: str) -> Iterator[Change]:
    before, after = (_given_default(schema) for schema in (old, new))
    if before is not MISSING and before != after:
        said = "none" if after is MISSING else after
        yield Change(where, f"the default was {before} and is {said}")


def _given_default(schema: Any) -> Any:
    return schema.get("default", MISSING) if isinstance(schema, dict) else MISSING


def _bounds(old: Schema, new: Schema, where: str) -> Iterator[Change]:
    for key in (*LOWER_BOUNDS, *UPPER_BOUNDS):
        before, after = old.get(key), new.get(key)
        if after is None or before == after:
            continue
        if before is None or (after > before if key in LOWER_BOUNDS else after < before):
            yield Change(where, f"{key} was {'none' if before is None else before} and is {after}")
    if "pattern" in new and new["pattern"] != old.get("pattern"):
        yield Change(where, f"pattern was {old.get('pattern', 'none')} and is {new['pattern']}")
    if "multipleOf" in new and not _divides(new["multipleOf"], old.get("multipleOf")):
        yield Change(where, f"multipleOf was {old.get('multipleOf', 'none')} and is {new['multipleOf']}")
    if new.get("uniqueItems") and not old.get("uniqueItems"):
        yield Change(where, "elements have to differ now")


def _divides(part: Any, whole: Any) -> bool:
    if isinstance(part, int | float) and isinstance(whole, int | float):
        return Decimal(str(whole)) % Decimal(str(part)) == 0
    return bool(part == whole)


def _bare(schema: Any) -> Any:
    """A schema without its texts, to compare it with another."""
    if isinstance(schema, dict):
        # A property may be called like an annotation; then its value is a schema.
        texts = {key for key in schema.keys() & ANNOTATIONS if not isinstance(schema[key], dict)}
        return {key: _bare(value) for key, value in schema.items() if key not in texts}
    return [_bare(item) for item in schema] if isinstance(schema, list) else schema


def _said(value: Any) -> str:
    return "none" if value is MISSING else json.dumps(value, default=str)


def _list(values: list[Any]) -> str:
    return ", ".join(map(str, values))


def _name(schema: Schema) -> str:
    values = enumerated(schema)
    return str(schema.get("title") or (values and _list(values)) or f"a value of type {schema.get('type', 'any')}")
