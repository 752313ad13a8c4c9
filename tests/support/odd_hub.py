"""Hubs that list odd things: one that answers as told, and one that spoils what a real Hub says."""

from __future__ import annotations

import contextlib
import http.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.support import http_servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Reply = tuple[int, str, bytes]
"""Status, content type and body."""


@contextlib.contextmanager
def serving(answer: Callable[[str, str, bytes, str | None], Reply]) -> Iterator[str]:
    """Serve on loopback what `answer` says to method, path, body and content type, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, content_type, data = answer(self.command, self.path, body, self.headers.get("Content-Type"))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = do  # noqa: N815 - what http.server looks for

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with http_servers.running(server):
        yield http_servers.base_of(server)


@contextlib.contextmanager
def spoiled(hub: str, spoil: Callable[[str, bytes], bytes]) -> Iterator[str]:
    """A Hub in front of another one: what is got from a path goes through `spoil`."""
    origin = urlsplit(hub).netloc

    def answer(method: str, path: str, body: bytes, content_type: str | None) -> Reply:
        connection = http.client.HTTPConnection(origin, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Content-Type": content_type} if content_type else {})
            reply = connection.getresponse()
            data = reply.read()
            kind = reply.headers.get("Content-Type", "")
        return reply.status, kind, spoil(path, data) if method == "GET" else data

    with serving(answer) as url:
        yield url
