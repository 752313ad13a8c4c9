"""Routes: which handler answers which method and path, made from the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
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
        handler: Who answers.
        scope: What a token has to allow.
        parameters: The checks of its parameters.
        body: The check of its JSON body, None if it has none.
        statuses: Statuses for errors in certain fields, where they are not the usual ones.
        audited: Whether the audit trail records it.
    """

    operation: Operation
    handler: Handler[Any]
    scope: Scope
    parameters: tuple[ParameterCheck, ...]
    body: BodyCheck | None
    statuses: Mapping[str, int]
    audited: bool


class Node:
    """One segment of the paths: what may follow it, and what is served where it is the last."""

    __slots__ = ("children", "parameter", "parameter_name", "routes")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.parameter: Node | None = None
        self.parameter_name = ""
        self.routes: dict[str, Route] = {}

    def add(self, segment: str) -> Node:
        """The node for a segment of a path template; it is made if there is none."""
        if not segment.startswith("{"):
            return self.children.setdefault(segment, Node())
        name = segment.strip("{}")
        if self.parameter is None:
            self.parameter, self.parameter_name = Node(), name
        if self.parameter_name != name:
            raise DescriptionError(f"The parameter {{{name}}} stands where another path has {{{self.parameter_name}}}")
        return self.parameter

    def step(self, segment: str, path: dict[str, str]) -> Node | None:
        """The node for a segment of a request's path; a parameter's value is added to `path`."""
        child = self.children.get(segment)
        if child is None and self.parameter is not None and segment:
            path[self.parameter_name] = unquote(segment)
            return self.parameter
        return child

    @property
    def allow(self) -> str:
        """What belongs in an `Allow` header."""
        implied = {"OPTIONS", "HEAD"} if "GET" in self.routes else {"OPTIONS"}
        return ", ".join(sorted(implied.union(self.routes)))


class Router:
    """Finds the route of a request.

    Args:
        description: What is to be served.
        handlers: Who serves it, by operationId.
        audited: The operations that the audit trail records.

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
            route = _route(operation, handlers[operation.id], description.components)
            self._add(attrs.evolve(route, audited=operation.id in audited))

    def _add(self, route: Route) -> None:
        node = self._root
        for segment in route.operation.path.strip("/").split("/"):
            node = node.add(segment)
        node.routes[route.operation.method] = route
        if "{" not in route.operation.path:
            self._fixed[BASE + route.operation.path] = node

    def node(self, path: str, raw_path: bytes, values: dict[str, str]) -> Node:
        """What is at a path; a slash at its end does not count.

        Args:
            path: The path, decoded.
            raw_path: The path as sent: an encoded slash does not separate segments.
            values: Takes the path parameters.

        Raises:
            ApiError: 404, there is nothing.
        """
        node = self._fixed.get(path) or self._walk(raw_path.decode("latin-1"), values)
        if node is None or not node.routes:
            raise ApiError(404, f"There is nothing at {path}")
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
    """The route for a method.

    Raises:
        ApiError: 405, the path is served, but not with this method.
    """
    route = node.routes.get(method) or (node.routes.get("GET") if method == "HEAD" else None)
    if route is None:
        raise ApiError(405, f"{method} is not possible here; what is: {node.allow}", {"allow": node.allow})
    return route


def _route(operation: Operation, registered: Registered[Any], components: dict[str, object]) -> Route:
    # Where the description has no 400, what cannot be a name is simply not there.
    refused = 400 if 400 in operation.statuses else 404
    return Route(
        operation=operation,
        handler=registered.handler,
        scope="read" if operation.method == "GET" else "manage",
        parameters=tuple(ParameterCheck(parameter, components, refused) for parameter in operation.parameters),
        body=BodyCheck.of(operation, components, registered.statuses),
        statuses=registered.statuses,
        audited=False,
    )


def _check_handlers(described: Collection[str], handlers: Collection[str]) -> None:
    missing = sorted(set(described) - set(handlers))
    superfluous = sorted(set(handlers) - set(described))
    problems = [f"no handler for the operation {', '.join(missing)}"] if missing else []
    problems += [f"no operation for the handler {', '.join(superfluous)}"] if superfluous else []
    if problems:
        raise DescriptionError(f"The description and the handlers differ: {'; '.join(problems)}")
