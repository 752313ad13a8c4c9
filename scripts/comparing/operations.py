"""Which changes of an operation break a caller.

Decided on purpose, beside what `schemas` says:

- An operation is its method and its path; its operationId and the names of parameters in its path may change.
- A parameter that is gone breaks, though servers ignore what they do not know: it no longer does what it did.
- A status or a media type that is gone breaks, another one does not: every caller has to cope with any status.
- A header of a response that is gone breaks only if it was always there.
- Being served by fewer kinds of servers, or under more conditions, breaks.
- Asking for a token where none was needed breaks.
- What was a stream and is none, or the other way round, breaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scripts.comparing.change import Change, Document
from scripts.comparing.schemas import SchemaComparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.comparing.change import Direction, Schema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


def breaking_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """What breaks a caller of the API between two versions of the description.

    Args:
        old: The bundle before.
        new: The bundle after.

    Returns:
        The changes, in the order of the operations before.
    """
    comparison = _Comparison(Document(old), Document(new))
    return list(dict.fromkeys(comparison.changes()))


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self._old = old
        self._new = new

    def changes(self) -> Iterator[Change]:
        after = dict(_operations(self._new))
        for key, old in _operations(self._old):
            where = f"{key[0].upper()} {old['path']}"
            if key in after:
                yield from self._operation(old, after[key], where)
            else:
                yield Change(where, "the operation is gone")

    def _operation(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        yield from _served(old, new, where)
        yield from self._security(old, new, where)
        yield from self._parameters(old, new, where)
        yield from self._body(old.get("requestBody"), new.get("requestBody"), f"{where}, body")
        after = new["responses"]
        for status, response in old["responses"].items():
            place = f"{where}, {status}"
            if status in after:
                yield from self._response(self._old.resolve(response), self._new.resolve(after[status]), place)
            else:
                yield Change(place, "the status is gone")

    def _security(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        before = old.get("security", self._old.content.get("security", [{}])) or [{}]
        after = new.get("security", self._new.content.get("security", [{}])) or [{}]
        if {} in before and {} not in after:
            yield Change(where, "it cannot be called without a token any more")
        elif any(one != {} and one not in after for one in before):
            yield Change(where, "a way of authorization is gone")

    def _parameters(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        before, after = _parameters(self._old, old), _parameters(self._new, new)
        for key, parameter in before.items():
            place = f"{where}, {parameter['in']} parameter {parameter['name']}"
            if key in after:
                yield from self._parameter(parameter, after[key], place)
            else:
                yield Change(place, "the parameter is gone")
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                yield Change(f"{where}, {after[key]['in']} parameter {after[key]['name']}", "it is new and required")

    def _parameter(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        if new.get("required") and not old.get("required"):
            yield Change(where, "it is now required")
        if _style(old) != _style(new):
            yield Change(where, "it is written in another style")
        yield from self._schema(old.get("schema", {}), new.get("schema", {}), where, "request")

    def _body(self, old: dict[str, Any] | None, new: dict[str, Any] | None, where: str) -> Iterator[Change]:
        if new is None:
            if old is not None:
                yield Change(where, "it is gone")
            return
        if new.get("required") and not (old or {}).get("required"):
            yield Change(where, "it is now required")
        if old is not None:
            yield from self._content(old, new, where, "request")

    def _response(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        yield from self._content(old, new, where, "response")
        after = {name.lower(): header for name, header in new.get("headers", {}).items()}
        for name, reference in old.get("headers", {}).items():
            place = f"{where}, header {name}"
            header = self._old.resolve(reference)
            if name.lower() in after:
                yield from self._header(header, self._new.resolve(after[name.lower()]), place)
            elif header.get("required"):
                yield Change(place, "the header is gone")

    def _header(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        if old.get("required") and not new.get("required"):
            yield Change(where, "the header may now be missing")
        yield from self._schema(old.get("schema", {}), new.get("schema", {}), where, "response")

    def _content(self, old: dict[str, Any], new: dict[str, Any], where: str, direction: Direction) -> Iterator[Change]:
        if old.get("x-stream") != new.get("x-stream"):
            yield Change(where, f"the stream was {_told(old)} and is {_told(new)}")
        after = new.get("content", {})
        for name, media in old.get("content", {}).items():
            place = f"{where}, {name}"
            if name in after:
                yield from self._schema(media.get("schema", {}), after[name].get("schema", {}), place, direction)
            else:
                yield Change(place, "the media type is gone")

    def _schema(self, old: Schema, new: Schema, where: str, direction: Direction) -> Iterator[Change]:
        yield from SchemaComparison(self._old, self._new, direction).changes(old, new, f"{where} ")


def _operations(document: Document) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for path, item in document.content.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                common = item.get("parameters", [])
                parameters = [*common, *item[method].get("parameters", [])]
                yield (method, re.sub(r"{[^}]*}", "{}", path)), {**item[method], "path": path, "parameters": parameters}


def _parameters(document: Document, operation: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Parameters by place and name; those in the path by their position, as their names do not show."""
    names = re.findall(r"{([^}]*)}", operation["path"])
    found = {}
    for reference in operation["parameters"]:
        parameter = document.resolve(reference)
        place, name = parameter["in"], parameter["name"]
        key = (
            str(names.index(name)) if place == "path" and name in names else name.lower() if place == "header" else name
        )
        found[place, key] = parameter
    return found


def _style(parameter: dict[str, Any]) -> tuple[str, bool]:
    style = parameter.get("style", STYLES.get(parameter["in"], "form"))
    return style, parameter.get("explode", style == "form")


def _served(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
    before, after = old.get("x-served-by", {}), new.get("x-served-by", {})
    for kind, condition in before.items():
        if kind not in after:
            yield Change(where, f"it is no longer served by {kind}")
        elif after[kind] != condition and after[kind]:
            yield Change(where, f"it is served by {kind} only under {after[kind]}")


def _told(body: dict[str, Any]) -> str:
    stream = body.get("x-stream")
    return f"{stream['direction']}, {stream['unit']}" if stream else "none"
