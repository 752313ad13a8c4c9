"""Ways to change a Hub from outside: what its handlers reply, what its objects do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scramjet_hub.handlers import OPERATIONS
from scramjet_serving.errors import ApiError
from scramjet_serving.messages import Response, StreamResponse, error_response
from scramjet_serving.operations import Registered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scramjet_hub.hub import Hub
    from scramjet_serving.messages import Reply, Request


def replace(target: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Put something else in the place of an attribute.

    Args:
        target: A class or a module.
        name: The attribute; it must be there.
        make: Gets what was there and gives what is to be there.
    """
    setattr(target, name, make(getattr(target, name)))


def change_handler(operation: str, make: Callable[[Any], Any]) -> None:
    """Put another handler in the place of an operation's; `make` gets the one that was there."""
    registered = OPERATIONS[operation]
    OPERATIONS[operation] = Registered(make(registered.handler), registered.statuses)


def change_reply(operation: str, change: Callable[[Reply, Request], Reply | None]) -> None:
    """Change what an operation replies, errors that its handler raises included."""

    def make(handler: Any) -> Any:
        async def handle(hub: Hub, request: Request) -> Reply:
            try:
                reply: Reply = await handler(hub, request)
            except ApiError as error:
                reply = error_response(error)
            return change(reply, request) or reply

        return handle

    change_handler(operation, make)


def change_json(operation: str, change: Callable[[Any], Any], status: int | None = 200) -> None:
    """Change the JSON that an operation replies with a status; None stands for any status."""

    def rewrite(reply: Reply, _request: Request) -> Reply | None:
        if not isinstance(reply, Response) or (status is not None and reply.status != status):
            return None
        data = json.loads(reply.body)
        changed = change(data)
        return with_json(data if changed is None else changed, reply.status)

    change_reply(operation, rewrite)


def with_json(data: Any, status: int = 200, **headers: str) -> Response:
    """A JSON reply."""
    return Response(json.dumps(data).encode(), status, {"content-type": "application/json", **headers})


def change_status(operation: str, status: int, instead: int) -> None:
    """Reply with another status."""

    def rewrite(reply: Reply, _request: Request) -> None:
        if reply.status == status:
            reply.status = instead

    change_reply(operation, rewrite)


def change_header(operation: str, name: str, value: str | None) -> None:
    """Reply with another value of a header, or without it."""

    def rewrite(reply: Reply, _request: Request) -> None:
        reply.headers = [(key, old) for key, old in reply.headers if key.decode().lower() != name]
        if value is not None:
            reply.headers.append((name.encode(), value.encode()))

    change_reply(operation, rewrite)


def change_stream(operation: str, change: Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]]) -> None:
    """Pass the body of a stream through something."""

    def rewrite(reply: Reply, _request: Request) -> None:
        if isinstance(reply, StreamResponse):
            reply.chunks = Through(reply.chunks, change)

    change_reply(operation, rewrite)


class Through:
    """A stream that goes through something and still closes what it comes from.

    Args:
        source: Where it comes from.
        change: What it goes through.
    """

    def __init__(
        self, source: AsyncIterator[bytes], change: Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]]
    ) -> None:
        self._source: Any = source
        self._changed = change(source)

    def __aiter__(self) -> Through:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._changed)

    async def aclose(self) -> None:
        """Leave the stream."""
        close = getattr(self._source, "aclose", None)
        if close is not None:
            await close()
