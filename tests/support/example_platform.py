"""A stand-in for a Platform, which replies with the examples of the description, and passes on what is for a Hub."""

from __future__ import annotations

import functools
import http.client
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml

from scripts.description.references import resolve
from scripts.description.source import BUNDLE

BASE = "/api/v1"
HUB = re.compile(BASE + r"/(?:space|cpm)/[^/]+/api/v1/sth/[^/]+(/api/v1/.*)")
KINDS = ("platform", "space", "multi-manager")


class Asked(NamedTuple):
    """A request: method and path with query, headers in lower case, and the body."""

    line: str
    headers: dict[str, str]
    body: bytes


class ExamplePlatform(ThreadingHTTPServer):
    """Replies to each operation of Platforms, Spaces and MultiManagers with its first example of success.

    Args:
        hub: The port of a Hub on this machine, which gets what is for a Hub; None for none.
    """

    daemon_threads = True

    def __init__(self, hub: int | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub = hub
        self.asked: list[Asked] = []


@functools.cache
def _operations() -> list[tuple[str, re.Pattern[str], int, str, bytes]]:
    """Return method, path, status, content type and body of every reply."""
    document = yaml.load(BUNDLE.read_bytes(), Loader=yaml.CSafeLoader)
    return [
        (method.upper(), re.compile(re.sub(r"{\w+}", "[^/]+", path)), *_reply(document, operation))
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if not operation["x-served-by"].keys().isdisjoint(KINDS)
    ]


def _reply(document: dict[str, Any], operation: dict[str, Any]) -> tuple[int, str, bytes]:
    status = next(status for status in operation["responses"] if status.startswith("2"))
    content = resolve(document, operation["responses"][status]).get("content", {})
    for kind, media in content.items():
        example = resolve(document, next(iter(media["examples"].values())))["value"]
        return int(status), kind, example.encode() if isinstance(example, str) else json.dumps(example).encode() + b"\n"
    return int(status), "", b""


class _Handler(BaseHTTPRequestHandler):
    server: ExamplePlatform
    protocol_version = "HTTP/1.1"

    def _handle(self) -> None:
        body = self._body()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(f"{self.command} {self.path}", headers, body))
        path = urlsplit(self.path).path
        if (hub := HUB.fullmatch(self.path)) is not None:
            self._pass_on(hub[1], body)
            return
        path = re.sub(f"^{BASE}/cpm/(?!.*/stop$)", f"{BASE}/space/", path).removeprefix(BASE)
        found = (
            reply for method, pattern, *reply in _operations() if method == self.command and pattern.fullmatch(path)
        )
        status, kind, content = next(found, (404, "application/json", b'{"error": "unknown"}'))
        self._answer(int(str(status)), str(kind), content if isinstance(content, bytes) else b"")

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length", 0)))
        chunks = b""
        while size := int(self.rfile.readline(), 16):
            chunks += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return chunks

    def _pass_on(self, path: str, body: bytes) -> None:
        if self.server.hub is None:
            self._answer(404, "application/json", b'{"error": "no such Hub"}')
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.server.hub, timeout=60)
        left_out = ("host", "transfer-encoding", "content-length", "connection", "authorization")
        headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
        connection.request(self.command, path, body, headers)
        reply = connection.getresponse()
        self._answer(reply.status, reply.headers.get("content-type", ""), reply.read())
        connection.close()

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        if kind:
            self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815 - the names are http.server's

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""
