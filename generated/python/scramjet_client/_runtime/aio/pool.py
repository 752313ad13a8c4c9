# Copied by `make generate` from client/runtime/aio/pool.py: edit it there.
"""The async connection pool: one pool for each event loop that uses the client."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import attrs

from ..._runtime.hints import lazy_hints
from .. import http, process
from ..errors import ConfigurationError
from .primitives import running_loop

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from ..settings.config import Settings
    from .network import AsyncNetwork


@attrs.define(eq=False)
class _LoopPool:
    """The connections of one event loop, and the hook that closes them when the loop ends."""

    transport: http.AsyncBaseTransport
    guard: AsyncGenerator[None, None]


_inherited: list[object] = []
"""Pools of the parent process after a fork; garbage-collecting them would close them, in the parent's loop."""


class AsyncPool:
    """The connections of one client.

    Connections belong to the event loop that opened them. A client may be used in several (as with several calls
    of `asyncio.run`, or in several threads), so every loop gets its own, closed at the loop's end.

    Args:
        settings: How to connect.
        transport: An httpx transport to use instead of sockets; used in every loop and never closed here.
    """

    def __init__(self, settings: Settings, transport: http.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._given = transport
        self._owner: tuple[int, asyncio.AbstractEventLoop] | None = None
        self._renew()

    def _renew(self) -> None:
        self._process = process.generation
        self._pools: WeakKeyDictionary[asyncio.AbstractEventLoop, _LoopPool] = WeakKeyDictionary()
        self._lock = threading.Lock()

    async def send(self, request: http.Request) -> http.Response:
        """Send a request and return the reply as soon as its headers have arrived.

        Raises:
            http.TransportError: It was not sent or not answered.
        """
        loop = running_loop()
        transport = self._given
        if transport is None:
            if self._process != process.generation:
                _inherited.append(self._pools)
                self._renew()
            pool = self._pools.get(loop)
            transport = await self._open() if pool is None else pool.transport
        elif http.holds_connections(transport):
            self._check_owner(loop)
        return await transport.handle_async_request(request)

    def _check_owner(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._owner is None:
            self._owner = (process.generation, loop)
        if self._owner[0] != process.generation or self._owner[1] is not loop:
            raise ConfigurationError(
                "The transport that was given has connections of another process or event loop: give each its own, "
                "or use the other HttpOptions, with which the client takes care of that."
            )

    async def _open(self) -> http.AsyncBaseTransport:
        transport, network = http.async_transport(self._settings)
        pool = _LoopPool(transport, _close_with_loop(transport, network))
        with self._lock:
            # Forget ended loops: their closed connections would keep the loop object alive.
            for loop in [loop for loop in self._pools if loop.is_closed()]:
                del self._pools[loop]
            self._pools[asyncio.get_running_loop()] = pool
        await anext(pool.guard)
        return transport

    async def aclose(self) -> None:
        """Close the connections of the running loop; other loops close theirs when they end."""
        if self._process != process.generation:
            return
        with self._lock:
            pool = self._pools.pop(running_loop(), None)
        if pool is not None:
            await pool.guard.aclose()


async def _close_with_loop(transport: http.AsyncBaseTransport, network: AsyncNetwork) -> AsyncGenerator[None, None]:
    """Close connections when the running loop ends.

    At its end, a loop first finishes its async generators (`shutdown_asyncgens`), while connections can still be
    closed; it also finishes a generator that is garbage-collected.
    """
    try:
        yield
    finally:
        network.close()
        await transport.aclose()


def chunks_of(response: http.Response) -> AsyncIterator[bytes]:
    """Return the body of a reply as it arrives."""
    if "content-encoding" in response.headers:
        return response.aiter_bytes()
    # Without a content encoding the raw bytes are the body.
    return response.stream.__aiter__()  # type: ignore[union-attr] # an async transport gives async streams


async def close(response: http.Response) -> None:
    """Release the connection of a reply, even if its body was not read to the end."""
    await response.stream.aclose()  # type: ignore[union-attr] # as above


def let_go(pool: AsyncPool, response: http.Response) -> None:
    """Release the connection of a reply without waiting: the reading task does that when it ends."""


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncGenerator": "collections.abc",
        "AsyncIterator": "collections.abc",
        "AsyncNetwork": ".network",
        "Settings": "..settings.config",
    },
)
