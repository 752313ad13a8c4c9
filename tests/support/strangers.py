"""Servers that are no Hubs, each with one answer to everything."""

from __future__ import annotations

import contextlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.support import http_servers

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator


class Stranger(ThreadingHTTPServer):
    """Answers everything with the same, and keeps what it was asked.

    Attributes:
        status: The status of each reply.
        body: Its body.
        headers: Its headers.
        seen: What was asked: request line and headers, names in lower case.
        encrypted: Whether it speaks TLS.
    """

    daemon_threads = True

    def __init__(self, status: int, body: bytes, headers: dict[str, str], tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = status
        self.body = body
        self.headers = headers
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.encrypted = tls is not None
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http{'s' if self.encrypted else ''}://127.0.0.1:{self.server_port}/api/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that do not trust it hang up."""


class Handler(BaseHTTPRequestHandler):
    server: Stranger
    protocol_version = "HTTP/1.1"

    def _take(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append((self.requestline, headers))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_CONNECT = _take  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@contextlib.contextmanager
def answering(
    status: int, body: bytes = b"", headers: dict[str, str] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Stranger]:
    """A server that answers everything with the same."""
    server = Stranger(status, body, {"content-type": "application/json", **(headers or {})}, tls)
    with http_servers.running(server):
        yield server
