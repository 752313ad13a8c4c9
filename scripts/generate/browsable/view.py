"""Builds the view: badges for `x-served-by` and `x-stream`, a list for `x-deviations`, programs for `x-client`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from scripts.description.references import resolve
from scripts.generate.browsable.calls import call_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.generate.browsable.calls import Call

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
NARROW: Final = "orange"
STREAM: Final = "teal"
OPEN: Final = "green"
"""Colours of badges: what not every server has, streams, and what needs no token."""


def view(document: Mapping[str, Any], calls: Mapping[tuple[str, str], Call]) -> dict[str, Any]:
    """Return the description with its extensions in a form that Scalar displays.

    `x-served-by` stays, because each server shows only the operations that it serves.

    Args:
        document: The bundle.
        calls: The methods of the Python client, by class and name.

    Raises:
        GenerationError: `x-client` names a method that the client does not have.
    """
    viewer = _Viewer(document, calls)
    paths = {path: viewer.path(item) for path, item in document["paths"].items()}
    components = {key: value for key, value in document["components"].items() if key != "x-deviations"}
    return {**document, "paths": paths, "components": components}


@attrs.frozen
class _Viewer:
    document: Mapping[str, Any]
    calls: Mapping[tuple[str, str], Call]

    def path(self, item: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self.operation(value) if key in METHODS else value for key, value in item.items()}

    def operation(self, node: Mapping[str, Any]) -> dict[str, Any]:
        shown = {key: value for key, value in node.items() if key not in ("x-deviations", "x-client")}
        shown["description"] = "\n".join([node.get("description", ""), *_differences(self.document, node)]).strip()
        shown["x-badges"] = [{"name": name, "color": color} for name, color in _badges(self.document, node)]
        shown["x-codeSamples"] = list(_samples(node, self.calls))
        return shown


def _badges(document: Mapping[str, Any], node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, conditions in node["x-served-by"].items():
        if "since" in conditions:
            yield f"{kind} {conditions['since']}+", NARROW
        if "only" in conditions:
            yield f"{kind}: {conditions['only']} only", NARROW
    for stream in _streams(document, node):
        yield f"stream {stream['direction']}: {stream['unit']}", STREAM
    if {} in node.get("security", ()):
        yield "no token needed", OPEN


def _streams(document: Mapping[str, Any], node: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Return the different streams of an operation, in the order of the description."""
    places = [node.get("requestBody", {}), *node["responses"].values()]
    found = [resolve(document, place).get("x-stream") for place in places]
    return [stream for number, stream in enumerate(found) if stream and stream not in found[:number]]


def _differences(document: Mapping[str, Any], node: Mapping[str, Any]) -> Iterator[str]:
    deviations = [resolve(document, deviation) for deviation in node.get("x-deviations", ())]
    if deviations:
        yield from ("", "**Real servers differ**", "")
    for deviation in deviations:
        reason = f" ({deviation['reason'].strip().rstrip('.')}.)" if "reason" in deviation else ""
        told = " ".join(f"{deviation['what']}{reason}".split())
        yield f"- {deviation['server']} `{deviation['versions']}`: {told}"


def _samples(node: Mapping[str, Any], calls: Mapping[tuple[str, str], Call]) -> Iterator[dict[str, str]]:
    bindings = node.get("x-client", ())
    for binding in [bindings] if isinstance(bindings, dict) else bindings:
        call = call_of(calls, binding["class"], binding["method"])
        several = f" ({call.class_name})" if len(bindings) > 1 and not isinstance(bindings, dict) else ""
        for label, blocking in (("Python", False), ("Python, blocking", True)):
            yield {"lang": "python", "label": label + several, "source": call.program(blocking=blocking)}
