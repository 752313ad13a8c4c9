"""The API description: which operations a server has to serve, and what each accepts."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import orjson
import yaml

from scramjet_serving.errors import CannotStart

if TYPE_CHECKING:
    from collections.abc import Collection

Json: TypeAlias = dict[str, Any]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# A wheel contains the bundle beside this module; in a checkout it is in the build's output folder.
PLACES: Final = (
    Path(__file__).with_name("openapi.yaml"),
    Path(__file__).parents[2] / "generated" / "openapi.yaml",
)


class DescriptionError(CannotStart):
    """The description cannot be used, or does not match the handlers."""


@attrs.frozen
class Parameter:
    """A parameter of an operation.

    Attributes:
        name: Its name; lower case for headers.
        place: `path`, `query` or `header`.
        required: Whether it must be there.
        schema: Its JSON schema.
        lenient: Whether a value that does not fit the schema counts as missing instead of being refused.
    """

    name: str
    place: str
    required: bool
    schema: Json
    lenient: bool = False


@attrs.frozen
class Operation:
    """An operation of the description, with references resolved down to the schemas.

    Attributes:
        id: The operationId.
        method: The HTTP method, in capitals.
        path: The path template, such as `/instance/{id}`.
        parameters: The parameters of the path item and the operation.
        bodies: Schema by media type; empty if it accepts no body.
        body_required: Whether a body is required.
        streams_up: Whether the request body is a stream that the handler reads itself.
        statuses: The described statuses.
        open: Whether it is served without a token.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    bodies: dict[str, Json]
    body_required: bool
    streams_up: bool
    statuses: frozenset[int]
    open: bool

    @property
    def json_schema(self) -> Json | None:
        """The schema of a JSON body."""
        return None if self.streams_up else self.bodies.get("application/json")


@attrs.frozen
class Description:
    """The operations that a server has to serve.

    Attributes:
        kinds: The kinds of server that serve them.
        operations: The operations, in the order of the description.
        components: The components that their schemas reference.
    """

    kinds: frozenset[str]
    operations: tuple[Operation, ...]
    components: Json


def load(kinds: str | Collection[str], path: Path | None = None) -> Description:
    """Read the bundled description.

    Args:
        kinds: The kind of server, such as hub, space or platform, or several; operations of other kinds are left out.
        path: The file, if not the installed one.

    Raises:
        DescriptionError: The file is missing or not a description.
    """
    document = _parse(path or place())
    wanted = frozenset({kinds} if isinstance(kinds, str) else kinds)
    return Description(wanted, tuple(_operations(document, wanted)), document.get("components", {}))


def place() -> Path:
    """Return the file of the bundled description.

    Raises:
        DescriptionError: It is missing.
    """
    found = next((place for place in PLACES if place.is_file()), None)
    if found is None:
        raise DescriptionError("There is no bundled description (openapi.yaml); in a checkout, run `make generate`")
    return found


@functools.lru_cache(maxsize=1)
def as_json() -> bytes:
    """Return the bundled description as JSON; the first call takes a second.

    Raises:
        DescriptionError: It is missing, or not a description.
    """
    return orjson.dumps(_parse(place()))


def _parse(place: Path) -> Json:
    document = yaml.load(place.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    if not isinstance(document, dict) or "paths" not in document:
        raise DescriptionError(f"{place} is not an OpenAPI description")
    return document


def _operations(document: Json, kinds: frozenset[str]) -> list[Operation]:
    return [
        _operation(document, path, method, item)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item and not kinds.isdisjoint(item[method].get("x-served-by", {}))
    ]


def _operation(document: Json, path: str, method: str, item: Json) -> Operation:
    node = item[method]
    body = _resolve(document, node.get("requestBody", {}))
    parameters = [_resolve(document, p) for p in item.get("parameters", []) + node.get("parameters", [])]
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        parameters=tuple(_parameter(parameter) for parameter in parameters),
        bodies={name: media.get("schema", {}) for name, media in body.get("content", {}).items()},
        body_required=body.get("required", False),
        streams_up="x-stream" in body,
        statuses=frozenset(int(status) for status in node["responses"] if str(status).isdigit()),
        # The root's security says what a server may require; an operation's own security applies to it alone.
        open={} in node.get("security", ()),
    )


def _parameter(node: Json) -> Parameter:
    name = node["name"].lower() if node["in"] == "header" else node["name"]
    lenient = node.get("x-lenient", False)
    return Parameter(name, node["in"], node.get("required", False), node.get("schema", {}), lenient)


def _resolve(document: Json, node: Json) -> Json:
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
