"""What Jenkins takes for JUnit XML: elements, in which order and how often, and their attributes.

Written after the schema that its xUnit plugin validates against (junit-10.xsd), as a table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MANY = 1 << 30
WHOLE = re.compile(r"\d+")
NUMBER = re.compile(r"\d+(\.\d+)?")
ANY = re.compile(r".*", re.DOTALL)
CHILDREN: dict[str, tuple[tuple[str, int], ...]] = {
    "testsuites": (("testsuite", MANY),),
    "testsuite": (("properties", 1), ("testcase", MANY), ("system-out", 1), ("system-err", 1)),
    "testcase": (("skipped", 1), ("error", MANY), ("failure", MANY), ("system-out", MANY), ("system-err", MANY)),
    "properties": (("property", MANY),),
}
REQUIRED = {"testsuite": {"name", "tests"}, "testcase": {"name"}, "property": {"name", "value"}}
NUMBERS = {"tests": WHOLE, "failures": WHOLE, "errors": WHOLE, "skipped": WHOLE, "disabled": WHOLE, "time": NUMBER}
ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors", "disabled"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id"},
    "testcase": {"name", "assertions", "time", "classname", "status"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": set[str](),
    "property": {"name", "value"},
}


def violations(node: Element) -> Iterator[str]:
    """What in a document is not as Jenkins takes it."""
    if node.tag not in ATTRIBUTES and node.tag not in ("properties", "system-out", "system-err"):
        yield f"no element {node.tag}"
        return
    yield from _attributes(node)
    yield from _children(node)
    for child in node:
        yield from violations(child)


def _attributes(node: Element) -> Iterator[str]:
    for name in REQUIRED.get(node.tag, set()) - set(node.attrib):
        yield f"{node.tag} lacks {name}"
    for name, value in node.attrib.items():
        if name not in ATTRIBUTES.get(node.tag, set()):
            yield f"{node.tag} has {name}"
        elif not NUMBERS.get(name, ANY).fullmatch(value):
            yield f"{name} of {node.tag} is {value}"


def _children(node: Element) -> Iterator[str]:
    allowed = CHILDREN.get(node.tag, ())
    order = [name for name, _ in allowed]
    names = [child.tag for child in node]
    if any(name not in order for name in names):
        yield f"{node.tag} holds {names}"
        return
    places = [order.index(name) for name in names]
    if places != sorted(places):
        yield f"{node.tag} holds {names} in another order"
    for name, most in allowed:
        if names.count(name) > most:
            yield f"{node.tag} holds {names.count(name)} of {name}"
    if allowed and node.text and node.text.strip():
        yield f"{node.tag} holds text"
