"""A stand-in for STH 1.0.1: the embedded Hub, of whose replies some are made what STH's are."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.support import http_servers

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = {"service": "@scramjet/host", "apiVersion": "v1", "version": "1.0.1", "build": "source"}
LACKING = re.compile(r"/health|/instance/[^/]+/(event|once)")
WANTS_JSON = re.compile(r"DELETE /(sequence|topics)/[^/]+|POST /sequence/[^/]+/start")
UPLOAD = re.compile(r"(POST|PUT) /sequence(/[^/]+)?")
EVENT = re.compile(r"GET /instance/[^/]+/event/[^/]+")


@contextlib.contextmanager
def running(hub: str) -> Iterator[str]:
    """Serve on loopback in front of an embedded Hub, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"origin": urlsplit(hub).netloc}))
    with http_servers.running(server):
        yield http_servers.base_of(server)


def refusal(method: str, path: str, content_type: str) -> int | None:
    """The status with which STH refuses a request without a body; None if it takes it."""
    request = f"{method} {path}"
    if method not in ("GET", "POST", "PUT", "DELETE") or (method == "GET" and LACKING.fullmatch(path)):
        return 404
    if WANTS_JSON.fullmatch(request) and not content_type.startswith("application/json"):
        return 400
    if UPLOAD.fullmatch(request) and content_type not in ("", "application/octet-stream", "application/gzip"):
        return 415
    return None


def changed(method: str, path: str, status: int, body: bytes) -> tuple[int, bytes]:
    """What STH makes of a reply of the embedded Hub."""
    if path == "/version":
        return status, json.dumps(VERSION).encode()
    if EVENT.fullmatch(f"{method} {path}") and body == b"true":
        return status, b""
    if method == "POST" and path.startswith("/topic/") and status == 202:
        return 200, b"{}"
    try:
        return status, json.dumps(_with_created_null(json.loads(body))).encode()
    except ValueError:
        return status, body


def _with_created_null(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_created_null(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: None if key == "created" else _with_created_null(item) for key, item in value.items()}


class _Handler(BaseHTTPRequestHandler):
    origin = ""

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path.removeprefix("/api/v1")
        content_type = self.headers.get("Content-Type") or ""
        if (status := refusal(self.command, path, content_type)) is not None:
            self._reply(status, "", b"")
        else:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._forward(path, body, content_type)

    do_GET = do_POST = do_PUT = do_DELETE = do_TRACE = do_PATCH = do_HEAD = do_OPTIONS = do_QUERY = do  # noqa: N815

    def _forward(self, path: str, body: bytes, content_type: str) -> None:
        with contextlib.closing(http.client.HTTPConnection(self.origin, timeout=60)) as connection:
            connection.request(self.command, self.path, body, {"Content-Type": content_type} if content_type else {})
            reply = connection.getresponse()
            kind = reply.headers.get("Content-Type") or ""
            if kind.startswith("application/json"):
                status, data = changed(self.command, path, reply.status, reply.read())
                self._reply(status, kind if data else "", data)
            else:
                self._stream(reply, kind)

    def _reply(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: http.client.HTTPResponse, kind: str) -> None:
        self.send_response(reply.status)
        if kind:
            self.send_header("Content-Type", kind)
        self.end_headers()
        while data := reply.read1(65536):
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        return
