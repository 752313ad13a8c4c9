"""Writes the derived bundles beside the one they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scripts.description.bundle import HEADER, as_yaml
from scripts.description.derived import v30, v32
from scripts.description.source import BUNDLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from scripts.description.derived.walk import Node


@attrs.frozen
class Dialect:
    """A version of OpenAPI, and how the bundle becomes that.

    Attributes:
        file: The name of the file.
        purpose: What the file is for: comments for its head.
        derive: Makes the document.
    """

    file: str
    purpose: str
    derive: Callable[[Node], Node]

    def text(self, document: Node) -> str:
        """Return the file's text, made of the bundle's document."""
        return HEADER + self.purpose + as_yaml(self.derive(document))


DIALECTS: Mapping[str, Dialect] = {
    "3.0": Dialect("openapi-3.0.yaml", v30.PURPOSE, v30.to_30),
    "3.2": Dialect("openapi-3.2.yaml", v32.PURPOSE, v32.to_32),
}


def write_derived(document: Node, folder: Path = BUNDLE.parent) -> None:
    """Write every derived bundle to a folder."""
    for dialect in DIALECTS.values():
        (folder / dialect.file).write_text(dialect.text(document), encoding="utf-8")
