"""The sockets of a pool, tracked so that closing the pool interrupts pending reads, and forks share none."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import httpcore

from .limits import bounded

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable


def _time_left(timeout: float | None, error: type[Exception]) -> float | None:
    try:
        return bounded(timeout)
    except TimeoutError as over:
        raise error(str(over)) from None


class WatchedStream(httpcore.NetworkStream):
    """A pooled connection.

    Args:
        inner: The HTTP client's own stream.
        network: The network that tracks it.
    """

    def __init__(self, inner: httpcore.NetworkStream, network: Network) -> None:
        self._inner = inner
        self._network = network
        self._interrupted = False
        network.watch(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, empty at the end."""
        data = self._inner.read(max_bytes, _time_left(timeout, httpcore.ReadTimeout))
        if not data and self._interrupted:
            # The HTTP client would take this for the end of a body without a length.
            raise httpcore.ReadError("closed from this side")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, _time_left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close it."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Start TLS on the connection."""
        try:
            left = _time_left(timeout, httpcore.ConnectTimeout)
        except httpcore.ConnectTimeout:
            # The HTTP client counts on a failed handshake closing the connection.
            self.close()
            raise
        return WatchedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._network)

    def get_extra_info(self, info: str) -> Any:
        """Return a property of the connection to the HTTP client."""
        return self._inner.get_extra_info(info)

    def interrupt(self) -> None:
        """Interrupt pending reads and writes.

        Closing a socket does not wake a thread that waits for data; shutting it down does.
        """
        self._interrupted = True
        with suppress(OSError):
            # Not the TLS socket's own `shutdown`, which changes its state while another thread reads.
            socket.socket.shutdown(self.get_extra_info("socket"), socket.SHUT_RDWR)

    def drop(self) -> None:
        """Close this process's file descriptor without shutting down the connection."""
        with suppress(OSError):
            self.get_extra_info("socket").close()


class Network(httpcore.NetworkBackend):
    """Opens the connections of a pool."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()
        self._streams: WeakSet[WatchedStream] = WeakSet()
        self._lock = threading.Lock()
        self._interrupted = False

    def watch(self, stream: WatchedStream) -> None:
        """Track a connection for as long as it exists."""
        with self._lock:
            self._streams.add(stream)

    def interrupt(self) -> None:
        """Interrupt pending reads and writes on all of them, and open no more."""
        with self._lock:
            self._interrupted = True
            streams = list(self._streams)
        for stream in streams:
            stream.interrupt()

    def drop(self) -> None:
        """Close this process's descriptors after a fork; takes no lock, which a thread of the parent may have held."""
        for stream in list(self._streams):
            stream.drop()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to an address."""
        left = _time_left(timeout, httpcore.ConnectTimeout)
        return self._opened(self._inner.connect_tcp(host, port, left, local_address, socket_options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Connect to a Unix socket."""
        left = _time_left(timeout, httpcore.ConnectTimeout)
        return self._opened(self._inner.connect_unix_socket(path, left, socket_options))

    def _opened(self, inner: httpcore.NetworkStream) -> WatchedStream:
        stream = WatchedStream(inner, self)
        if self._interrupted:
            # The pool was closed meanwhile, and will not close this one.
            stream.close()
            raise httpcore.ConnectError("closed from this side")
        return stream
