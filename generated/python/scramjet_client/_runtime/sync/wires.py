# Copied by `make generate` from client/runtime/sync/wires.py: edit it there.
"""A connection of our own, outside the pool: both directions at once, from different threads."""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .. import process
from ..broken import WireBroken
from ..errors import ConfigurationError
from .limits import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from .. import http

READ_AT_ONCE = 1 << 16
Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""Waits for one socket: poll where there is one, since it takes any descriptor and needs none of its own."""

NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Wire:
    """An open connection, with or without TLS. One thread may read while another writes.

    Args:
        connected: The socket. It is made non-blocking, so that waiting happens outside the lock that TLS needs.
    """

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        self._socket = connected
        # One TLS session must not be used by two threads at the same moment.
        self._lock = threading.Lock()
        self._users = 0
        self._process = process.generation
        self._closed = False
        self._ahead: bytes | None = None
        self._failure: OSError | None = None

    @classmethod
    def connect(cls, peer: http.Peer, timeout: float | None) -> Self:
        """Connect.

        Args:
            peer: What to connect to.
            timeout: Seconds until it must be connected.

        Raises:
            OSError: No connection.
            TimeoutError: Not in time.
        """
        connected = _connected(peer, bounded(timeout))
        try:
            return cls(connected if peer.tls is None else peer.tls.wrap_socket(connected, server_hostname=peer.host))
        except BaseException:
            connected.close()
            raise

    def start_tls(self, tls: ssl.SSLContext, host: str, timeout: float | None) -> Self:
        """Encrypt it from here on; use what this gives instead.

        Args:
            tls: How.
            host: The server's name or address.
            timeout: Seconds until that must be done.

        Raises:
            OSError: It cannot be.
            TimeoutError: Not in time.
            ConfigurationError: It is encrypted already.
        """
        if isinstance(self._socket, ssl.SSLSocket):
            raise ConfigurationError(
                "The blocking client cannot read and write at once through an https:// proxy to an https:// server: "
                "use an http:// proxy, or the async client."
            )
        self._socket.settimeout(bounded(timeout))
        encrypted = tls.wrap_socket(self._socket, server_hostname=host)
        self._closed = True
        return type(self)(encrypted)

    def read(self, timeout: float | None) -> bytes:
        """Give the next bytes; none at the end.

        Args:
            timeout: Seconds until some must have come; None for ever.

        Raises:
            WireBroken: The connection broke.
            TimeoutError: Nothing came in time.
        """
        with self._in_use():
            timeout = bounded(timeout)
            end = None if timeout is None else time.monotonic() + timeout
            while not self.look_ahead():
                self._wait(selectors.EVENT_READ, end)
            if self._failure is not None:
                raise WireBroken(str(self._failure)) from self._failure
            if self._closed:
                # To HTTP the end that this gives would be the end of a body that has no length.
                raise WireBroken("closed from this side")
            data, self._ahead = self._ahead, None
            return data or b""

    def write(self, data: bytes, *, heed_reply: bool = False) -> bool:
        """Send bytes, waiting while the other side takes none.

        Args:
            data: What to send.
            heed_reply: Whether to stop where a reply comes before all is sent.

        Returns:
            Whether all was sent.

        Raises:
            WireBroken: The connection broke.
        """
        with self._in_use():
            left = memoryview(data)
            while left:
                if heed_reply and self.look_ahead():
                    return False
                try:
                    with self._lock:
                        left = left[self._socket.send(left) :]
                except NOT_NOW:
                    self._wait_to_write(heed_reply)
        return True

    def _wait_to_write(self, heed_reply: bool) -> None:
        timeout = bounded(None)
        end = None if timeout is None else time.monotonic() + timeout
        try:
            self._wait(selectors.EVENT_WRITE | (selectors.EVENT_READ if heed_reply else 0), end)
        except BaseException:
            # A piece that is half sent cannot be taken back, and another must not follow it.
            self.close()
            raise

    def close(self) -> None:
        """Close it at once, waking whoever waits."""
        with self._lock:
            self._closed = True
            if self._process != process.generation:
                # Shutting it down would end the other process's connection. Those who use it are in that process.
                self._socket.close()
                return
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            if not self._users:
                self._socket.close()

    def abandon(self) -> None:
        """Close it without waiting for anything."""
        if not self._closed:
            # Nobody holds it any more, so nobody is waiting, and no lock is needed; the collector may be in one.
            self._closed = True
            self._socket.close()

    def look_ahead(self) -> bool:
        """Tell whether something has come that nobody has read yet, be it the end.

        With TLS, that bytes came does not mean that they are for us, so this reads what is there.
        """
        if self._ahead is None and self._failure is None:
            try:
                with self._lock:
                    self._ahead = self._socket.recv(READ_AT_ONCE)
            except NOT_NOW:
                return False
            except OSError as error:
                # Whoever reads is told.
                self._failure = error
        return True

    def _wait(self, events: int, end: float | None) -> None:
        left = None if end is None else max(end - time.monotonic(), 0.0)
        with Selector() as selector:
            selector.register(self._socket, events)
            if not selector.select(left):
                raise TimeoutError("nothing came in time")

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """Keep the socket's number from being given to another file while somebody waits on it."""
        if self._process != process.generation:
            raise WireBroken("it was opened before a fork, and belongs to the other process")
        with self._lock:
            if self._closed:
                raise WireBroken("closed from this side")
            self._users += 1
        try:
            yield
        except (TimeoutError, WireBroken):
            raise
        except OSError as error:
            raise WireBroken(str(error)) from error
        finally:
            with self._lock:
                self._users -= 1
                if self._closed and not self._users:
                    self._socket.close()


def _connected(peer: http.Peer, timeout: float | None) -> socket.socket:
    if peer.unix_socket is None:
        connected = socket.create_connection((peer.host, peer.port), timeout)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected
    connected = socket.socket(socket.AF_UNIX)
    try:
        connected.settimeout(timeout)
        connected.connect(peer.unix_socket)
    except BaseException:
        connected.close()
        raise
    return connected


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Iterator": "collections.abc", "Self": "typing", "http": ".."})
