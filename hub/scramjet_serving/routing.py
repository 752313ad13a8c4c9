"""Routes: maps method and path to a handler, according to the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import unquote

import attrs

from scramjet_serving.config import API_BASE
from scramjet_serving.description import DescriptionError
from scramjet_serving.errors import ApiError
from scramjet_serving.validation import BodyCheck, ParameterCheck

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scramjet_serving.access.authorization import Scope
    from scramjet_serving.description import Description, Operation
    from scramjet_serving.operations import Handler, Registered

BASE: Final = API_BASE


@attrs.frozen
class Route:
    """An operation, ready to be served.

    Attributes:
        operation: The operation.
        handler: Its handler.
        scope: The scope that a token needs.
        parameters: The checks of its parameters.
        body: The check of its JSON body, None if it has none.
        statuses: Statuses for errors in certain fields, where they differ from the usual ones.
        audited: Whether the audit trail records it.
        forwarded: Whether another server answers it: its reply is passed on without a request id of ours.
        websocket: Whether it turns the connection into a WebSocket.
    """

    operation: Operation
    handler: Handler[Any]
    scope: Scope
    parameters: tuple[ParameterCheck, ...]
    body: BodyCheck | None
    statuses: Mapping[str, int]
    audited: bool
    forwarded: bool = False
    websocket: bool = False


class Mount(Protocol):
    """Paths that are served beside the described operations, such as those of another server."""

    def route(self, method: str, raw_path: bytes, values: dict[str, str]) -> Route | None:
        """Return the route of a request; None if the path is not among them.

        Args:
            method: The method.
            raw_path: The path as sent.
            values: Receives the path parameters.
        """


class Node:
    """One segment of the paths: its possible successors, and the operations of the path that ends here."""

    __slots__ = ("children", "parameter", "parameter_name", "routes")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.parameter: Node | None = None
        self.parameter_name = ""
        self.routes: dict[str, Route] = {}

    def add(self, segment: str) -> Node:
        """Return the node for a segment of a path template; creates it if necessary."""
        if not segment.startswith("{"):
            return self.children.setdefault(segment, Node())
        name = segment.strip("{}")
        if self.parameter is None:
            self.parameter, self.parameter_name = Node(), name
        if self.parameter_name != name:
            raise DescriptionError(f"The parameter {{{name}}} stands where another path has {{{self.parameter_name}}}")
        return self.parameter

    def step(self, segment: str, path: dict[str, str]) -> Node | None:
        """Return the node for a segment of a request path; adds a parameter's value to `path`."""
        child = self.children.get(segment)
        if child is None and self.parameter is not None and segment:
            path[self.parameter_name] = unquote(segment)
            return self.parameter
        return child

    @property
    def allow(self) -> str:
        """Return the value of the `Allow` header."""
        implied = {"OPTIONS", "HEAD"} if "GET" in self.routes else {"OPTIONS"}
        return ", ".join(sorted(implied.union(self.routes)))


class Router:
    """Finds the route of a request.

    Args:
        description: The operations to serve.
        handlers: The handlers, by operationId.
        audited: The operations recorded in the audit trail.

    Raises:
        DescriptionError: An operation has no handler or a handler no operation; the text names them.
    """

    def __init__(
        self, description: Description, handlers: Mapping[str, Registered[Any]], audited: Collection[str] = ()
    ) -> None:
        _check_handlers([operation.id for operation in description.operations], handlers)
        self._root = Node()
        self._fixed: dict[str, Node] = {}
        for operation in description.operations:
            recorded = operation.id in audited
            self._add(_route(operation, handlers[operation.id], description.components, audited=recorded))

    def _add(self, route: Route) -> None:
        node = self._root
        for segment in route.operation.path.strip("/").split("/"):
            node = node.add(segment)
        node.routes[route.operation.method] = route
        if "{" not in route.operation.path:
            self._fixed[BASE + route.operation.path] = node

    def node(self, path: str, raw_path: bytes, values: dict[str, str]) -> Node:
        """Return the node of a path; a slash at its end is ignored.

        Args:
            path: The path, decoded.
            raw_path: The path as sent: an encoded slash does not separate segments.
            values: Receives the path parameters.

        Raises:
            ApiError: 404, the path does not exist.
        """
        node = self._fixed.get(path) or self._walk(raw_path.decode("latin-1"), values)
        if node is None or not node.routes:
            raise ApiError(404, f"There is nothing at {path}; the API is described at /docs")
        return node

    def _walk(self, raw_path: str, values: dict[str, str]) -> Node | None:
        if not raw_path.startswith(BASE + "/"):
            return None
        node: Node | None = self._root
        for segment in raw_path[len(BASE) + 1 :].rstrip("/").split("/"):
            if node is None:
                return None
            node = node.step(segment, values)
        return node


def route_of(node: Node, method: str) -> Route:
    """Return the route for a method.

    Raises:
        ApiError: 405, the path is served, but not with this method.
    """
    route = node.routes.get(method) or (node.routes.get("GET") if method == "HEAD" else None)
    if route is None:
        raise ApiError(405, f"{method} is not possible here; what is: {node.allow}", {"allow": node.allow})
    return route


def _route(operation: Operation, registered: Registered[Any], components: dict[str, object], *, audited: bool) -> Route:
    # Without a 400 in the description, an object with an impossible name simply does not exist (404).
    websocket = 101 in operation.statuses
    refused = 400 if 400 in operation.statuses else 404
    return Route(
        operation=operation,
        handler=registered.handler,
        scope="read" if operation.method == "GET" and not websocket else "manage",
        parameters=tuple(ParameterCheck(parameter, components, refused) for parameter in operation.parameters),
        body=BodyCheck.of(operation, components, registered.statuses),
        statuses=registered.statuses,
        audited=audited,
        websocket=websocket,
    )


def _check_handlers(described: Collection[str], handlers: Collection[str]) -> None:
    missing = sorted(set(described) - set(handlers))
    superfluous = sorted(set(handlers) - set(described))
    problems = [f"no handler for the operation {', '.join(missing)}"] if missing else []
    problems += [f"no operation for the handler {', '.join(superfluous)}"] if superfluous else []
    if problems:
        raise DescriptionError(f"The description and the handlers differ: {'; '.join(problems)}")
