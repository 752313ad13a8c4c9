# Copied by `make generate` from client/runtime/sync/duplex/sockets.py: edit it there.
"""The sockets of full-duplex requests, each used by several threads."""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ...._runtime.hints import lazy_hints
from ... import process
from ...broken import ConnectionBroken
from ...errors import ConfigurationError
from ..limits import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from ... import http

READ_AT_ONCE = 1 << 16
Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""The selector to wait for one socket: poll where available; it accepts any descriptor and needs none itself."""

NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class DuplexSocket:
    """An open connection, with or without TLS. One thread may read while another writes.

    Args:
        connected: The socket. It is made non-blocking, so that no wait happens inside the lock that TLS needs.
    """

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        self._socket = connected
        # Two threads must not use one TLS session at the same moment.
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
            peer: The endpoint.
            timeout: The time limit in seconds.

        Raises:
            OSError: Connecting failed.
            TimeoutError: The time is over.
        """
        connected = _connected(peer, bounded(timeout))
        try:
            return cls(connected if peer.tls is None else peer.tls.wrap_socket(connected, server_hostname=peer.host))
        except BaseException:
            connected.close()
            raise

    def start_tls(self, tls: ssl.SSLContext, host: str, timeout: float | None) -> Self:
        """Start TLS on the connection; use the returned one instead.

        Args:
            tls: The TLS context.
            host: The server's name or address.
            timeout: The time limit in seconds.

        Raises:
            OSError: The handshake failed.
            TimeoutError: The time is over.
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
        """Return the next bytes, empty at the end.

        Args:
            timeout: Seconds to wait for them; None for no limit.

        Raises:
            ConnectionBroken: The connection broke.
            TimeoutError: No data arrived in time.
        """
        with self._in_use():
            timeout = bounded(timeout)
            end = None if timeout is None else time.monotonic() + timeout
            while not self.look_ahead():
                self._wait(selectors.EVENT_READ, end)
            if self._failure is not None:
                raise ConnectionBroken(str(self._failure)) from self._failure
            if self._closed:
                # An HTTP parser would take this end for the end of a body without a length.
                raise ConnectionBroken("closed from this side")
            data, self._ahead = self._ahead, None
            return data or b""

    def write(self, data: bytes, *, stop_on_reply: bool = False) -> bool:
        """Send bytes; waits while the other side applies back-pressure.

        Args:
            data: The bytes.
            stop_on_reply: Whether to stop when a reply arrives before everything is sent.

        Returns:
            Whether everything was sent.

        Raises:
            ConnectionBroken: The connection broke.
        """
        with self._in_use():
            left = memoryview(data)
            while left:
                if stop_on_reply and self.look_ahead():
                    return False
                try:
                    with self._lock:
                        left = left[self._socket.send(left) :]
                except NOT_NOW:
                    self._wait_to_write(stop_on_reply)
        return True

    def _wait_to_write(self, stop_on_reply: bool) -> None:
        timeout = bounded(None)
        end = None if timeout is None else time.monotonic() + timeout
        try:
            self._wait(selectors.EVENT_WRITE | (selectors.EVENT_READ if stop_on_reply else 0), end)
        except BaseException:
            # A partly sent piece cannot be taken back, and no other may follow it.
            self.close()
            raise

    def close(self) -> None:
        """Close it at once, interrupting pending reads and writes."""
        with self._lock:
            self._closed = True
            if self._process != process.generation:
                # After a fork, shutting it down would end the parent's connection, and its users are in the parent.
                self._socket.close()
                return
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            if not self._users:
                self._socket.close()

    def abandon(self) -> None:
        """Close it without waiting."""
        # Being garbage-collected, it has no users and needs no lock, which the interrupted code may hold. Closed once
        # before, it may still be open: a user that was interrupted at the wrong moment is counted for good.
        self._closed = True
        self._socket.close()

    def look_ahead(self) -> bool:
        """Return whether unread data, or the end, has arrived.

        With TLS, arrived bytes may be protocol messages without data, so this reads them.
        """
        if self._ahead is None and self._failure is None:
            try:
                with self._lock:
                    self._ahead = self._socket.recv(READ_AT_ONCE)
            except NOT_NOW:
                return False
            except OSError as error:
                # The reader gets the error.
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
        """Keep the socket's descriptor from being reused while a thread waits on it."""
        if self._process != process.generation:
            raise ConnectionBroken("it was opened before a fork, and belongs to the other process")
        with self._lock:
            if self._closed:
                raise ConnectionBroken("closed from this side")
            self._users += 1
        try:
            yield
        except (TimeoutError, ConnectionBroken):
            raise
        except OSError as error:
            raise ConnectionBroken(str(error)) from error
        finally:
            with self._lock:
                self._users -= 1
                if self._closed and not self._users:
                    self._socket.close()


def _connected(peer: http.Peer, timeout: float | None) -> socket.socket:
    if peer.unix_socket is None:
        connected = socket.create_connection((peer.host, peer.port), timeout)
        with suppress(OSError):
            # It has been broken off already, which the first read or write tells.
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


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Iterator": "collections.abc", "Self": "typing", "http": "..."})
