"""The register of handlers: which handler answers which operation of the description."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from scramjet_serving.errors import ApiError, DomainError, FieldError
from scramjet_serving.messages import Reply, Request, Response

Statuses: TypeAlias = Mapping[type[DomainError], int]
Fields: TypeAlias = Mapping[type[DomainError], str]
Service = TypeVar("Service")
Handler: TypeAlias = Callable[[Service, Request], Awaitable[Reply]]
Snapshot: TypeAlias = Callable[[Service], Response]


class Registered(NamedTuple, Generic[Service]):
    """A handler and how its request body is checked.

    Attributes:
        handler: Answers the request.
        statuses: Statuses for errors in certain fields of the JSON body; they are 400 otherwise.
        snapshot: Creates the same reply without a request, if it does not depend on one.
    """

    handler: Handler[Service]
    statuses: Mapping[str, int]
    snapshot: Snapshot[Service] | None = None


class Operations(dict[str, Registered[Service]]):
    """The handlers of one server, by operationId.

    Handlers get a `Service` besides the request: the object that all requests of the server operate on.

    Args:
        errors: The statuses of domain errors.
    """

    def __init__(self, errors: Statuses) -> None:
        super().__init__()
        self._errors = errors

    def operation(
        self,
        operation_id: str,
        statuses: Mapping[str, int] | None = None,
        errors: Statuses | None = None,
        fields: Fields | None = None,
        snapshot: Snapshot[Service] | None = None,
    ) -> Callable[[Handler[Service]], Handler[Service]]:
        """Make the decorated function the handler of an operation of the description.

        Args:
            operation_id: The operationId.
            statuses: Statuses for errors in certain top-level fields of the JSON body; they are 400 otherwise.
            errors: Statuses of domain errors that differ for this operation.
            fields: The fields of the request that domain errors of this operation are about.
            snapshot: Creates the reply to a request without parameters, all of which are optional; may not wait.

        Raises:
            ValueError: The operation has a handler already.
        """

        def register(handler: Handler[Service]) -> Handler[Service]:
            told = telling(handler, {**self._errors, **(errors or {})}, fields or {})
            self._add(operation_id, Registered(told, statuses or {}, snapshot))
            return handler

        return register

    def snapshot(self, operation_id: str) -> Callable[[Snapshot[Service]], Snapshot[Service]]:
        """Make the decorated function the handler of an operation whose reply shows the service's current state.

        It gets only the service and may not wait, so that the server can answer without a task.

        Args:
            operation_id: The operationId.

        Raises:
            ValueError: The operation has a handler already.
        """

        def register(show: Snapshot[Service]) -> Snapshot[Service]:
            async def handle(service: Service, _request: Request) -> Response:
                return show(service)

            self._add(operation_id, Registered(handle, {}, show))
            return show

        return register

    def _add(self, operation_id: str, registered: Registered[Service]) -> None:
        if (other := self.get(operation_id)) is not None:
            raise ValueError(f"{operation_id} has two handlers: {other.handler!r} and {registered.handler!r}")
        self[operation_id] = registered


def telling(handler: Handler[Service], errors: Statuses, fields: Fields) -> Handler[Service]:
    """Return the handler wrapped to map domain errors to statuses; one without a status is a server error."""

    @wraps(handler)
    async def handle(service: Service, request: Request) -> Reply:
        try:
            return await handler(service, request)
        except DomainError as error:
            status = errors.get(type(error))
            if status is None:
                raise
            about = fields.get(type(error))
            raise ApiError(status, str(error), fields=[FieldError(about, str(error))] if about else ()) from error

    return handle
