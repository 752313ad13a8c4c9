"""Request bodies that go into a stream."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

from scramjet_serving.errors import ClientDisconnected

from scramjet_hub.streams.broadcast import StreamEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.delivery import Undelivered
    from scramjet_serving.messages import Request

    from scramjet_hub.streams.broadcast import Reader


class Writer(Protocol):
    """Where a body goes: a writer of a topic, or of an Instance's input or stdin."""

    @property
    def ready(self) -> bool:
        """Whether `write` would return without waiting."""

    async def write(self, chunk: bytes) -> None:
        """Write, waiting while there is no room."""

    async def finish(self) -> None:
        """This was all."""

    def abandon(self) -> None:
        """It was broken off; does nothing after `finish`."""


async def pour(request: Request, writer: Writer) -> None:
    """Pass a request's body on as it comes, no faster than it is taken.

    Raises:
        ClientDisconnected: The client went before the end; what is held back of an incomplete record is dropped.
        StreamEnded: The stream takes nothing more.
    """
    try:
        async for chunk in request.chunks():
            # Watching for the client to go costs as much as the write, so only a write that waits is watched.
            await (writer.write(chunk) if writer.ready else request.unless_gone(writer.write(chunk)))
        await (writer.finish() if writer.ready else request.unless_gone(writer.finish()))
    finally:
        writer.abandon()


class Exchange:
    """The reply to a request whose body goes in while the reply comes out; an async iterator to be closed.

    Args:
        request: The request.
        writer: Where its body goes.
        sent: Called when all of it is there.
        output: Where the reply comes from.
    """

    def __init__(self, request: Request, writer: Writer, sent: Callable[[], object], output: Reader) -> None:
        self._output = output
        self._sending = asyncio.get_running_loop().create_task(self._send(request, writer, sent))

    async def _send(self, request: Request, writer: Writer, sent: Callable[[], object]) -> None:
        # If the client goes or the Instance takes nothing more, the reply tells by itself how it goes on.
        with contextlib.suppress(ClientDisconnected, StreamEnded):
            await pour(request, writer)
            sent()

    @property
    def waiting(self) -> int:
        """How many bytes of the reply are there to be taken."""
        return self._output.waiting

    def give_back(self, undelivered: Undelivered) -> None:
        """Take back what the client did not receive."""
        self._output.give_back(undelivered)

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Be told how to see that the client takes something, and what to do if it holds up others."""
        self._output.watch(progress, stuck)

    def __aiter__(self) -> Exchange:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._output)

    async def aclose(self) -> None:
        """Neither send nor receive any more."""
        await self._output.aclose()
        self._sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._sending


def ends_stream(request: Request, *, default: bool) -> bool:
    """Whether a request ends its stream, by its header `x-end-stream`.

    Existing clients send `true`, `false`, `True`, `False`, and `undefined` when they mean nothing by it.
    """
    value = request.headers.get("x-end-stream", "").lower()
    return value in ("true", "1") if value in ("true", "1", "false", "0") else default
