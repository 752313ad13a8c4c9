"""Finds changes of operations that break callers.

Decided on purpose, beside what `schemas` says:

- An operation is its method and its path; its operationId and the names of parameters in its path may change.
- A parameter that is gone breaks, though servers ignore what they do not know: it no longer does what it did.
- A status or a media type that is gone breaks, another one does not: every caller has to cope with any status.
- A header of a response that is gone breaks only if it was always there.
- Being served by fewer kinds of servers, or under more conditions, breaks.
- Asking for a token where none was needed breaks; see also `access`.
- A media type covers another if it is the same in any spelling, or a range with that type in it; so do statuses.
- The encoding of a part of a form breaks if it differs.
- What was a stream and is none, or the other way round, breaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scripts.breaking.access import SERVERS_BY_DEFAULT, security_changes, server_changes
from scripts.breaking.change import Change, Document
from scripts.breaking.schemas import SchemaComparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.breaking.change import Direction, Schema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


def breaking_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Find the changes between two versions of the description that break callers.

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
        yield from server_changes(_servers(self._old.content), _servers(self._new.content), "servers")
        after = dict(_operations(self._new))
        for key, old in _operations(self._old):
            where = f"{key[0].upper()} {old['path']}"
            if key in after:
                yield from self._operation(old, after[key], where)
            else:
                yield Change(where, "the operation is gone")

    def _operation(self, old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
        yield from _served(old, new, where)
        if "servers" in old or "servers" in new:
            before = old.get("servers") or _servers(self._old.content)
            yield from server_changes(before, new.get("servers") or _servers(self._new.content), where)
        yield from security_changes((self._old, old), (self._new, new), where)
        yield from self._parameters(old, new, where)
        bodies = (self._old.resolve(old.get("requestBody")), self._new.resolve(new.get("requestBody")))
        yield from self._body(*bodies, f"{where}, body")
        for status, response in old["responses"].items():
            place = f"{where}, {status}"
            after = _covering(status, new["responses"])
            if after is None:
                yield Change(place, "the status is gone")
            else:
                yield from self._response(self._old.resolve(response), self._new.resolve(after), place)

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
        for flag in ("allowReserved", "allowEmptyValue"):
            if old.get(flag) and not new.get(flag):
                yield Change(where, f"{flag} is no longer true")
        yield from self._value(old, new, where, "request")

    def _value(self, old: dict[str, Any], new: dict[str, Any], where: str, direction: Direction) -> Iterator[Change]:
        """Find changes in the value of a parameter or header, which has a schema or else one media type."""
        if "content" in old and "content" in new:
            yield from self._content(old, new, where, direction)
        elif "content" in old or "content" in new:
            yield Change(where, "it is written in another way")
        else:
            yield from self._schema(old.get("schema", {}), new.get("schema", {}), where, direction)

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
        yield from self._value(old, new, where, "response")

    def _content(self, old: dict[str, Any], new: dict[str, Any], where: str, direction: Direction) -> Iterator[Change]:
        if old.get("x-stream") != new.get("x-stream"):
            yield Change(where, f"the stream was {_told(old)} and is {_told(new)}")
        after = {_media_type(name): media for name, media in new.get("content", {}).items()}
        for name, media in old.get("content", {}).items():
            place = f"{where}, {name}"
            other = _covering_media(_media_type(name), after)
            if other is None:
                yield Change(place, "the media type is gone")
                continue
            yield from _encoding(media, other, place)
            yield from self._schema(media.get("schema", {}), other.get("schema", {}), place, direction)

    def _schema(self, old: Schema, new: Schema, where: str, direction: Direction) -> Iterator[Change]:
        yield from SchemaComparison(self._old, self._new, direction).changes(old, new, f"{where} ")


def _operations(document: Document) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for path, reference in document.content.get("paths", {}).items():
        item = document.resolve(reference)
        for method in METHODS:
            if method in item:
                common = item.get("parameters", [])
                whole = {key: item[key] for key in ("servers",) if key in item} | item[method]
                whole |= {"path": path, "parameters": [*common, *item[method].get("parameters", [])]}
                yield (method, re.sub(r"{[^}]*}", "{}", path)), whole


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


def _servers(content: dict[str, Any]) -> list[dict[str, Any]]:
    return content.get("servers") or SERVERS_BY_DEFAULT


def _covering(status: str, responses: dict[str, Any]) -> dict[str, Any] | None:
    """The response that describes a status: its own, that of its class, or the default."""
    found = {str(key).upper(): response for key, response in responses.items()}
    return next((found[key] for key in (str(status).upper(), f"{str(status)[0]}XX", "DEFAULT") if key in found), None)


def _media_type(name: str) -> str:
    """A media type in one spelling: names in small letters, parameters in order (RFC 9110, section 8.3.1)."""
    kind, *parameters = [part.strip() for part in name.split(";")]
    pairs = [part.partition("=") for part in parameters if part]
    return ";".join([kind.lower(), *sorted(f"{key.strip().lower()}={_plain(value)}" for key, _, value in pairs)])


def _plain(value: str) -> str:
    return value.strip().strip('"').lower()


def _covering_media(name: str, content: dict[str, Any]) -> dict[str, Any] | None:
    kind = name.partition(";")[0]
    ranges = (name, kind, f"{kind.partition('/')[0]}/*", "*/*")
    return next((content[key] for key in ranges if key in content), None)


def _encoding(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
    before, after = old.get("encoding", {}), new.get("encoding", {})
    for part in sorted(before.keys() | after.keys()):
        if before.get(part) != after.get(part):
            yield Change(where, f"the part {part} is encoded in another way")
