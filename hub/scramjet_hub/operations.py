"""Operations: which handler answers which operation of the description."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from scramjet_hub.messages import Reply, Request, Response

Service = TypeVar("Service")
Handler: TypeAlias = Callable[[Service, Request], Awaitable[Reply]]
Snapshot: TypeAlias = Callable[[Service], Response]


class Registered(NamedTuple, Generic[Service]):
    """A handler and how its request's body is checked.

    Attributes:
        handler: Answers the request.
        statuses: Statuses for errors in certain fields of the JSON body; they are 400 otherwise.
        snapshot: Makes the same reply without a request, where nothing depends on it.
    """

    handler: Handler[Service]
    statuses: Mapping[str, int]
    snapshot: Snapshot[Service] | None = None


class Operations(dict[str, Registered[Service]]):
    """The handlers of one server, by operationId.

    `Service` is what they get beside the request: all that the server's requests can be about.
    """

    def operation(
        self, operation_id: str, statuses: Mapping[str, int] | None = None
    ) -> Callable[[Handler[Service]], Handler[Service]]:
        """Make the decorated function the handler of an operation of the description.

        Args:
            operation_id: The operationId.
            statuses: Statuses for errors in certain top-level fields of the JSON body; they are 400 otherwise.

        Raises:
            ValueError: The operation has a handler already.
        """

        def register(handler: Handler[Service]) -> Handler[Service]:
            self._add(operation_id, Registered(handler, statuses or {}))
            return handler

        return register

    def snapshot(self, operation_id: str) -> Callable[[Snapshot[Service]], Snapshot[Service]]:
        """Make the decorated function the handler of an operation whose reply shows the service as it is.

        It gets the service alone and may not wait, so that the server can answer without a task of its own.

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
