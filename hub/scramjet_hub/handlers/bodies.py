"""Streams request bodies into Instances and topics."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

from scramjet_serving.errors import ClientDisconnected
from scramjet_serving.streams.broadcast import StreamEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.delivery import Undelivered
    from scramjet_serving.messages import Request
    from scramjet_serving.streams.broadcast import Reader


class Writer(Protocol):
    """The target of a body: a writer of a topic, or of an Instance's input or stdin."""

    @property
    def ready(self) -> bool:
        """Whether `write` would return without waiting."""

    async def write(self, chunk: bytes) -> None:
        """Write, waiting while there is no room (back-pressure)."""

    async def finish(self) -> None:
        """Complete the write."""

    def abandon(self) -> None:
        """Abandon an incomplete write; does nothing after `finish`."""


async def pour(request: Request, writer: Writer) -> None:
    """Pass a request body on as it arrives, no faster than the target takes it.

    Raises:
        ClientDisconnected: The client disconnected before the end; the incomplete record is dropped.
        StreamEnded: The stream accepts no more data.
    """
    try:
        async for chunk in request.chunks():
            # Watching for a disconnect costs as much as a write, so only writes that wait are watched.
            await (writer.write(chunk) if writer.ready else request.unless_gone(writer.write(chunk)))
        await (writer.finish() if writer.ready else request.unless_gone(writer.finish()))
    finally:
        writer.abandon()


class Exchange:
    """A reply that is sent while its request body is still arriving; an async iterator that must be closed.

    Args:
        request: The request.
        writer: The target of its body.
        sent: Called when the whole body has arrived.
        output: The source of the reply.
    """

    def __init__(self, request: Request, writer: Writer, sent: Callable[[], object], output: Reader) -> None:
        self._output = output
        self._sending = asyncio.get_running_loop().create_task(self._send(request, writer, sent))

    async def _send(self, request: Request, writer: Writer, sent: Callable[[], object]) -> None:
        # If the client disconnects or the Instance takes no more input, the reply shows how it continues.
        with contextlib.suppress(ClientDisconnected, StreamEnded):
            await pour(request, writer)
            sent()

    @property
    def waiting(self) -> int:
        """Bytes of the reply that wait to be read."""
        return self._output.waiting

    def give_back(self, undelivered: Undelivered) -> None:
        """Put back what the client did not receive."""
        self._output.give_back(undelivered)

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Set how to check the client's progress, and what to do if it blocks others."""
        self._output.watch(progress, stuck)

    def __aiter__(self) -> Exchange:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._output)

    async def aclose(self) -> None:
        """Stop sending and receiving."""
        await self._output.aclose()
        self._sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._sending


def ends_stream(request: Request, *, default: bool) -> bool:
    """Return whether a request ends its stream, by its header `x-end-stream`.

    Existing clients send `true`, `false`, `True`, `False`, and `undefined` for no value.
    """
    value = request.headers.get("x-end-stream", "").lower()
    return value in ("true", "1") if value in ("true", "1", "false", "0") else default
