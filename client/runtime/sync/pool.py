"""The blocking connection pool, shared by all threads of a client."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from .. import http, process
from ..errors import ConfigurationError
from .network import Network
from .primitives import interrupt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..settings.config import Settings


class Pool:
    """The connections of one client.

    Args:
        settings: How to connect.
        transport: An httpx transport to use instead of sockets; never closed here.
    """

    def __init__(self, settings: Settings, transport: http.BaseTransport | None = None) -> None:
        self._settings = settings
        self._given = transport
        self._renew()

    def _renew(self) -> None:
        self._process = process.generation
        self._transport = self._given
        self._network = Network()
        self._lock = threading.Lock()
        self.dropped: deque[http.Response] = deque()

    def send(self, request: http.Request) -> http.Response:
        """Send a request and return the reply as soon as its headers have arrived.

        Raises:
            http.TransportError: It was not sent or not answered.
        """
        if self._process != process.generation:
            self._leave()
        if self.dropped:
            self._clear()
        return (self._transport or self._open()).handle_request(request)

    def _leave(self) -> None:
        """Leave the connections to the parent process after a fork."""
        with process.lock:
            if self._process == process.generation:
                return
            if http.holds_connections(self._given):
                raise ConfigurationError(
                    "The transport that was given has connections of the process before the fork: give each "
                    "process its own, or use the other HttpOptions, with which the client takes care of that."
                )
            self._network.drop()
            self._renew()

    def _clear(self) -> None:
        """Remove the connections of dropped replies from the HTTP client's pool."""
        with suppress(IndexError):
            while True:
                close(self.dropped.popleft())

    def _open(self) -> http.BaseTransport:
        with self._lock:
            if self._transport is None:
                self._transport = http.transport(self._settings, self._network)
            return self._transport

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        if self._process != process.generation:
            return
        with self._lock:
            transport, self._transport = self._transport, self._given
            network, self._network = self._network, Network()
        if transport is not None and transport is not self._given:
            network.interrupt()
            transport.close()


def chunks_of(response: http.Response) -> Iterator[bytes]:
    """Return the body of a reply as it arrives."""
    if "content-encoding" in response.headers:
        return response.iter_bytes()
    # Without a content encoding the raw bytes are the body.
    return response.stream.__iter__()  # type: ignore[union-attr] # a blocking transport gives blocking streams


def close(response: http.Response) -> None:
    """Release the connection of a reply, even if its body was not read to the end."""
    response.stream.close()  # type: ignore[union-attr] # as above


def let_go(pool: Pool, response: http.Response) -> None:
    """Close the descriptor of a dropped reply; safe to call from any code.

    The garbage collector may run while this very thread is inside the HTTP client and holds its lock: work that
    needs the lock is left for the next call.
    """
    interrupt(response.extensions, close=True)
    pool.dropped.append(response)
