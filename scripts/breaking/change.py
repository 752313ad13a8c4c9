"""Breaking changes, and the documents that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from scripts.description.references import target

Schema: TypeAlias = "dict[str, Any]"
Direction: TypeAlias = Literal["request", "response"]
"""Whether a client sends what is compared, or gets it."""


@dataclass(frozen=True, order=True)
class Change:
    """A change that breaks a caller of the API.

    Attributes:
        where: The operation, and the part of it.
        what: What has changed there.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Document:
    """A bundled description.

    Args:
        content: The parsed bundle.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def resolve(self, node: Any) -> Any:
        """Return the target of a reference, merged with the keys beside the reference; or the node itself.

        Raises:
            KeyError: It leads nowhere.
        """
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            beside = {key: value for key, value in node.items() if key != "$ref"}
            found = target(self.content, node["$ref"])
            node = {**found, **beside} if beside and isinstance(found, dict) else found
        return node
