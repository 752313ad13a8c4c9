# Copied by `make generate` from client/runtime/aio/network.py: edit it there.
"""The connections of a pool as they are opened: none after the pool was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpcore

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Iterable


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """Opens the connections of a pool.

    Args:
        inner: The HTTP client's own network.
    """

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner
        self._closed = False

    def close(self) -> None:
        """Open no more connections: the HTTP client's closed pool would not close them."""
        self._closed = True

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to an address."""
        return await self._opened(await self._inner.connect_tcp(host, port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a Unix socket."""
        return await self._opened(await self._inner.connect_unix_socket(path, timeout, socket_options))

    async def _opened(self, stream: httpcore.AsyncNetworkStream) -> httpcore.AsyncNetworkStream:
        if self._closed:
            await stream.aclose()
            raise httpcore.ConnectError("closed from this side")
        return stream

    async def sleep(self, seconds: float) -> None:
        """Wait, as the HTTP client asks to."""
        await self._inner.sleep(seconds)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Iterable": "collections.abc"})
