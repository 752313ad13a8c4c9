"""The bundled description as the contract tests need it: one object per operation, references resolved."""

from __future__ import annotations

import re
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


@attrs.frozen
class Operation:
    """One operation of the description.

    Attributes:
        id: The operationId.
        method: The HTTP method, in capitals.
        path: The template, such as `/sequence/{id}`.
        tag: Its first tag.
        served_by: Kind of server to its conditions (`x-served-by`).
        replies: Documented status to its media types; `-` means a reply without a body.
        accepts: Media types of the request body; empty without one.
        streams_down: Whether the success response is a stream.
        streams_up: Whether the request body is a stream.
        security: Its own security requirement, None where the root's applies.
    """

    id: str
    method: str
    path: str
    tag: str
    served_by: Mapping[str, Any]
    replies: Mapping[int, tuple[str, ...]]
    accepts: tuple[str, ...]
    streams_down: bool
    streams_up: bool
    security: Any

    @property
    def label(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def needs_token(self) -> bool:
        """Whether a Hub with tokens requires one for this operation."""
        return bool(self.security is None or any(self.security))


class Description:
    """The bundled description.

    Args:
        document: The parsed bundle.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @classmethod
    def load(cls, path: Path | None = None) -> Description:
        """Read the bundle: the given file, the one installed with the Hub, or the repository's.

        Raises:
            FileNotFoundError: None of them exists.
        """
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        document = yaml.load((path or bundle_path()).read_bytes(), Loader=loader)  # noqa: S506 - both loaders are safe
        return cls(document)

    def seen_by(self, kind: str) -> Description:
        """Return the description with the paths that a kind of server has: a MultiManager has Spaces elsewhere."""
        if kind != "multi-manager":
            return self
        moved = {re.sub("^/space/(?={space_id}/api/)", "/cpm/", path): item for path, item in self._paths.items()}
        return Description({**self.document, "paths": moved})

    @property
    def _paths(self) -> dict[str, Any]:
        paths: dict[str, Any] = self.document["paths"]
        return paths

    @cached_property
    def operations(self) -> dict[str, Operation]:
        """All operations by operationId, in the order of the description."""
        return {operation.id: operation for operation in self._read()}

    def served_by(self, kind: str, only: str | None = None) -> dict[str, Operation]:
        """Return the operations that a kind of server has.

        Args:
            kind: `hub`, `space`, `platform` or `multi-manager`; the last two have those of their Spaces, too.
            only: The particular server; operations that only another server has are left out.
        """
        kinds = (kind, "space") if kind in ("platform", "multi-manager") else (kind,)
        return {
            key: operation
            for key, operation in self.operations.items()
            for served in kinds
            if served in operation.served_by and (operation.served_by[served] or {}).get("only", only) == only
        }

    def resolve(self, node: Any) -> Any:
        """Return a node, following its reference if it is one."""
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def raw(self, operation: Operation) -> dict[str, Any]:
        """Return an operation as it is written in the description."""
        raw: dict[str, Any] = self.document["paths"][operation.path][operation.method.lower()]
        return raw

    def _read(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self._operation(method, path, item[method])

    def _operation(self, method: str, path: str, raw: dict[str, Any]) -> Operation:
        body = self.resolve(raw.get("requestBody", {}))
        replies = {int(status): self.resolve(reply) for status, reply in raw["responses"].items()}
        return Operation(
            id=raw["operationId"],
            method=method.upper(),
            path=path,
            tag=raw["tags"][0],
            served_by=raw.get("x-served-by", {}),
            replies={status: tuple(reply.get("content", {})) or ("-",) for status, reply in replies.items()},
            accepts=tuple(body.get("content", {})),
            streams_down=any(_streams(reply, "down") for reply in replies.values()),
            streams_up=_streams(body, "up"),
            security=raw.get("security"),
        )


def _streams(node: dict[str, Any], direction: str) -> bool:
    return bool(node.get("x-stream", {}).get("direction") == direction)


def bundle_path() -> Path:
    """Return the path of the bundle: installed with the Hub, or in the repository.

    Raises:
        FileNotFoundError: Neither exists.
    """
    installed = Path(str(resources.files("scramjet_serving"))) / "openapi.yaml"
    repository = Path(__file__).parents[3] / "generated" / "openapi.yaml"
    for candidate in (installed, repository):
        if candidate.is_file():
            return candidate
    raise FileNotFoundError("the description is missing: no openapi.yaml beside scramjet_serving, none in generated/")
