"""A server that hands on what it gets to another one and keeps the heads of requests; with TLS, or as a proxy."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import ssl
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = re.compile(rb"[A-Z]+ \S+ HTTP/1\.1\r\n(?:[^\r\n]+\r\n)+\r\n")


class Forwarder:
    """Hands bytes on, both ways.

    Args:
        host: Where to.
        port: Where to.
        tls: Speaks TLS with clients; None for plain text.
        proxied: Whether it is an HTTP proxy: what asks for a tunnel gets one.

    Attributes:
        port: Where it listens, on 127.0.0.1.
        heads: Heads of requests, in lower case, as they came.
    """

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None = None, *, proxied: bool = False) -> None:
        self._target = (host, port)
        self._tls = tls
        self._proxied = proxied
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self.port: int = self._listener.getsockname()[1]
        self.heads: list[str] = []

    def serve(self) -> None:
        """Take connections until the end."""
        while not self._over.is_set():
            if select.select([self._listener], [], [], 0.05)[0]:
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._hand_on, args=(client,))
                thread.start()
                self._threads.append(thread)

        for thread in self._threads:
            thread.join()
        self._listener.close()

    def end(self) -> None:
        """Have `serve` return, and all connections end."""
        self._over.set()

    def _hand_on(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            if self._tls is not None:
                client.settimeout(10)
                client = self._tls.wrap_socket(client, server_side=True)
                client.settimeout(None)
            with client, socket.create_connection(self._target) as server:
                if self._proxied and client.recv(8, socket.MSG_PEEK) == b"CONNECT ":
                    self._note(client.recv(65536))
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                self._pump(client, server)

    def _pump(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        while not self._over.is_set():
            pending = isinstance(client, ssl.SSLSocket) and client.pending()
            ready = [client] if pending else select.select(list(other), [], [], 0.05)[0]
            for sock in ready:
                data = sock.recv(65536)
                if not data:
                    return
                if sock is client:
                    self._note(data)
                other[sock].sendall(data)

    def _note(self, data: bytes) -> None:
        self.heads += [head.decode("latin-1").lower() for head in HEAD.findall(data)]


@contextlib.contextmanager
def forwarding(
    host: str, port: int, tls: ssl.SSLContext | None = None, *, proxied: bool = False
) -> Iterator[Forwarder]:
    """Run one."""
    forwarder = Forwarder(host, port, tls, proxied=proxied)
    thread = threading.Thread(target=forwarder.serve)
    thread.start()
    try:
        yield forwarder
    finally:
        forwarder.end()
        thread.join()
