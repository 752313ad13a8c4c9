"""Finds changes of servers and authorization that break callers.

Decided on purpose:

- A server is the address that clients are generated with: its URL template with the defaults of its variables.
  An address that is gone breaks; the order of servers does not count, nor do the names of variables.
- A value that a variable may no longer have breaks.
- Authorization schemes are compared by content, not by name; one that is gone, or needs more scopes, breaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scripts.breaking.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.breaking.change import Document

SERVERS_BY_DEFAULT: list[dict[str, Any]] = [{"url": "/"}]


def server_changes(old: list[dict[str, Any]], new: list[dict[str, Any]], where: str) -> Iterator[Change]:
    """Find breaking changes between two lists of servers."""
    after = {_address(server): server for server in new}
    for server in old:
        address = _address(server)
        if address not in after:
            yield Change(where, f"the server {address} is gone")
            continue
        lost = _choices(server, after[address])
        if lost:
            yield Change(where, f"the server {address} no longer takes {', '.join(sorted(lost))}")


def security_changes(
    old: tuple[Document, dict[str, Any]], new: tuple[Document, dict[str, Any]], where: str
) -> Iterator[Change]:
    """Find breaking changes between the security of two operations, each with its document."""
    before, after = _ways(*old), _ways(*new)
    if {} in before and {} not in after:
        yield Change(where, "it cannot be called without a token any more")
    elif any(not _is_still_enough(way, after) for way in before):
        yield Change(where, "a way of authorization is gone")


def _address(server: dict[str, Any]) -> str:
    variables = server.get("variables", {})
    url = re.sub(r"{([^}]*)}", lambda name: str(variables.get(name[1], {}).get("default", name[0])), server["url"])
    return url.rstrip("/") or "/"


def _choices(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """Values of variables, by their place in the URL, that are no longer among those allowed."""
    lost: set[str] = set()
    for before, after in zip(_variables(old), _variables(new), strict=False):
        if "enum" in after:
            lost |= set(before.get("enum", [before["default"]])) - set(after["enum"])
            lost |= set() if "enum" in before else {"any other value"}
    return lost


def _variables(server: dict[str, Any]) -> list[dict[str, Any]]:
    return [server["variables"][name] for name in re.findall(r"{([^}]*)}", server["url"])]


def _ways(document: Document, operation: dict[str, Any]) -> list[dict[str, set[str]]]:
    """Return the ways to authorize an operation: for each, its schemes and their scopes."""
    required = operation.get("security", document.content.get("security", [])) or [{}]
    return [{_scheme(document, name): set(scopes) for name, scopes in way.items()} for way in required]


def _scheme(document: Document, name: str) -> str:
    found = document.resolve(document.content.get("components", {}).get("securitySchemes", {}).get(name, {}))
    told = {key: value for key, value in found.items() if key not in ("description", "bearerFormat")}
    if told.get("in") == "header":
        told["name"] = told["name"].lower()
    return repr(sorted((key, repr(value).lower() if key == "scheme" else repr(value)) for key, value in told.items()))


def _is_still_enough(way: dict[str, set[str]], after: list[dict[str, set[str]]]) -> bool:
    same_kind = [other for other in after if bool(other) == bool(way)]
    return any(other.keys() <= way.keys() and all(other[key] <= way[key] for key in other) for other in same_kind)
