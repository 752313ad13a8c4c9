"""The fast path: replies that depend on the service's state alone are written as soon as the request is read.

The operations that are polled most, such as `GET /version` or `GET /sequences`, cost a third this way: no task, no
scope, no routing. Any unusual request takes the normal path, which explains its errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from scramjet_serving.access.authorization import Target
from scramjet_serving.messages import new_request_id
from scramjet_serving.routing import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_serving.description import Description, Operation
    from scramjet_serving.messages import RawHeaders, Response
    from scramjet_serving.operations import Registered, Snapshot
    from scramjet_serving.service import Served

S = TypeVar("S", bound="Served")

# With one of these a request may have a body, or a reply that is not for every client.
UNUSUAL: Final = frozenset((b"content-length", b"transfer-encoding", b"expect", b"origin", b"sec-fetch-site"))


class Shown(NamedTuple, Generic[S]):
    """An operation whose reply is a snapshot."""

    operation: Operation
    show: Snapshot[S]


class FastPath(Generic[S]):
    """Answers requests for operations whose reply is a snapshot of the service.

    Args:
        service: The service they show.
        description: The operations to serve.
        handlers: The handlers, by operationId.
    """

    def __init__(self, service: S, description: Description, handlers: Mapping[str, Registered[S]]) -> None:
        self._service = service
        self._gate = service.gate
        # With CORS, every reply depends on the request; with the access log, all requests take the normal path.
        operations = [] if service.config.cors_origin or service.config.access_log else description.operations
        self._shown = {
            (BASE + operation.path).encode("ascii"): Shown(operation, show)
            for operation in operations
            if operation.id not in service.audit.codes
            and (show := handlers[operation.id].snapshot) is not None
            and is_fixed(operation)
        }

    def reply(self, target: bytes, headers: RawHeaders) -> Response | None:
        """Return the reply to a `GET` request.

        Args:
            target: The path and query, as sent.
            headers: The request headers, with names in lower case.

        Returns:
            None if the request has to take the normal path.
        """
        shown = self._shown.get(target)
        if shown is None or not self._may_see(shown.operation, headers):
            return None
        try:
            reply = shown.show(self._service)
        except Exception:  # noqa: BLE001 - it fails on the normal path too, which logs and answers it
            return None
        reply.headers.append((b"x-request-id", new_request_id().encode()))
        self._service.metrics.count(shown.operation.id, reply.status)
        return reply

    def _may_see(self, operation: Operation, headers: RawHeaders) -> bool:
        host = token = b""
        for name, value in headers:
            if name in UNUSUAL:
                return False
            if name == b"authorization":
                token = value
            elif name == b"host":
                host = value
        told = {"host": host.decode("latin-1"), "authorization": token.decode("latin-1")}
        grant = self._gate.identify(told) if self._gate.needs_token(open_to_all=operation.open) else None
        if grant is not None and grant.refusal(Target("GET", operation.path, {})) is not None:
            return False
        return self._gate.refusal(grant, "read", told, {}, open_to_all=operation.open) is None


def is_fixed(operation: Operation) -> bool:
    """Return whether a request of an operation without a query has nothing to check."""
    optional = all(parameter.place == "query" and not parameter.required for parameter in operation.parameters)
    return operation.method == "GET" and optional
