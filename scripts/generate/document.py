"""Facts about operations that the generator needs, read from the bundled description.

openapi-python-client's parser drops extensions, so they are read here, by operationId.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from scripts.description import references
from scripts.generate.naming import python_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
REPEATABLE = frozenset({"get", "put", "delete", "options", "head"})
"""Methods whose repetition has the same effect as one request (RFC 9110, 9.2.2)."""

JSON = "application/json"


@attrs.frozen
class Binding:
    """A method of a client class that calls an operation.

    Attributes:
        class_name: The class, such as `HostClient`.
        method: The method's name.
        aliases: Older names of the same method.
    """

    class_name: str
    method: str
    aliases: tuple[str, ...] = ()


@attrs.frozen
class Failure:
    """An error status of an operation, and its reason."""

    status: str
    description: str


@attrs.frozen
class Operation:
    """One operation of the description.

    Attributes:
        id: Its operationId.
        method: The HTTP method in lower case.
        path: Its path below the API base, with `{parameters}`.
        raw: The operation object of the description.
        bindings: The methods of the client classes that call it.
        body: The request body, if it takes one.
        responses: The replies by status.
    """

    id: str
    method: str
    path: str
    raw: Mapping[str, Any]
    bindings: tuple[Binding, ...]
    body: Mapping[str, Any] | None
    responses: Mapping[str, Mapping[str, Any]]

    @property
    def request(self) -> str:
        """Return the request line for documentation."""
        return f"{self.method.upper()} {self.path}"

    @property
    def summary(self) -> str:
        """Return the one-line summary."""
        return str(self.raw.get("summary", "")).strip()

    @property
    def description(self) -> str:
        """Return the full description."""
        return str(self.raw.get("description", "")).strip()

    @property
    def uploads(self) -> bool:
        """Return whether the request body is a stream."""
        return self.body is not None and "x-stream" in self.body

    @property
    def type_required(self) -> bool:
        """Return whether an upload without a media type is refused, which the API documents as 406."""
        return self.uploads and "406" in self.responses

    @property
    def downloads(self) -> bool:
        """Return whether the body of a successful reply is a stream."""
        return any("x-stream" in response for response in self.successes.values())

    @property
    def record_unit(self) -> str | None:
        """Return the unit of a streamed reply: `bytes` or `records`."""
        units = [response["x-stream"]["unit"] for response in self.successes.values() if "x-stream" in response]
        return units[0] if units else None

    @property
    def retry_safe(self) -> bool:
        """Return whether the request is idempotent."""
        return self.method in REPEATABLE and not self.uploads and not self.downloads

    @property
    def successes(self) -> dict[str, Mapping[str, Any]]:
        """Return the successful replies, by status."""
        return {status: response for status, response in self.responses.items() if status.startswith("2")}

    @property
    def failures(self) -> list[Failure]:
        """Return the error replies."""
        return [
            Failure(status, " ".join(str(response.get("description", "")).split()))
            for status, response in self.responses.items()
            if not status.startswith("2")
        ]

    @property
    def upload_types(self) -> list[str]:
        """Return the media types of the request body, except forms, which the client does not need."""
        content = (self.body or {}).get("content", {})
        return [name for name in content if not name.startswith("multipart/")]


class Document:
    """The bundled description.

    Args:
        content: The parsed bundle: one file with internal references only.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.operations = {operation.id: operation for operation in self._read_operations()}
        self._by_name = {python_name(name): operation for name, operation in self.operations.items()}
        self.enumerations = {frozenset(map(str, values)): values for values in _enumerations(content)}

    def by_name(self, name: str) -> Operation:
        """Find an operation by the name that its function has in Python.

        Raises:
            KeyError: There is no such operation.
        """
        return self._by_name[name]

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow a node's `$ref`, if it is one.

        Raises:
            KeyError: The reference leads nowhere.
        """
        found: Mapping[str, Any] = references.resolve(self.content, node)
        return found

    def _read_operations(self) -> Iterator[Operation]:
        for path, item in self.content["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, item[method])

    def _operation(self, path: str, method: str, raw: Mapping[str, Any]) -> Operation:
        return Operation(
            id=raw["operationId"],
            method=method,
            path=path,
            raw=raw,
            bindings=_bindings(raw.get("x-client") or []),
            body=self.resolve(raw["requestBody"]) if "requestBody" in raw else None,
            responses={str(status): self.resolve(response) for status, response in raw["responses"].items()},
        )


def for_clients(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a description without the operations that only other servers call (`x-client: []`)."""
    paths = {
        path: {key: value for key, value in item.items() if not _is_for_servers(value)}
        for path, item in content["paths"].items()
    }
    return {**content, "paths": {path: item for path, item in paths.items() if item}}


def _is_for_servers(operation: Any) -> bool:
    return isinstance(operation, dict) and operation.get("x-client") == []


def _bindings(value: Any) -> tuple[Binding, ...]:
    entries = value if isinstance(value, list) else [value]
    return tuple(Binding(entry["class"], entry["method"], tuple(entry.get("aliases", ()))) for entry in entries)


def _enumerations(node: Any) -> Iterator[list[Any]]:
    """Yield the values of all enumerations in the description, in its order."""
    if isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            yield node["enum"]
        for inner in node.values():
            yield from _enumerations(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _enumerations(inner)
