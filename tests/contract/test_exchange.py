"""A reproduction repeats the request it stands for."""

from __future__ import annotations

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_contract.exchange import KEEP, Exchange, as_curl, as_python, printable

from tests.support import http_servers
from tests.support.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator


needs_curl = needs("curl")


class Recorder(ThreadingHTTPServer):
    """Keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []


class Handler(BaseHTTPRequestHandler):
    server: Recorder

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append((self.command, self.path, headers, body))
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_GET = do_POST = do_PUT = do_DELETE = _take  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with http_servers.running(Recorder()) as server:
        yield server


BODIES = [None, b"", b'{"a": "it\'s"}', b"line\n$HOME `id`\n", bytes(range(256)), b"@file", "\u2028ü".encode()]


@pytest.mark.parametrize("body", BODIES, ids=["none", "empty", "quotes", "shell", "binary", "at", "unicode"])
@pytest.mark.parametrize("language", [pytest.param("curl", marks=needs_curl), "python"])
def test_repeats_the_request(recorder: Recorder, language: str, body: bytes | None) -> None:
    exchange = Exchange("x", "POST", f"http://127.0.0.1:{recorder.server_port}/api/v1/x%20y?a=b&c")
    exchange.request_headers = [("Host", "elsewhere"), ("X-Odd", "a 'b' \"c\" $d"), ("Content-Type", "text/plain")]
    exchange.request_headers.append(("Authorization", "Bearer secret"))
    if body is not None:
        exchange.sent(body)

    text = as_curl(exchange) if language == "curl" else as_python(exchange)
    command = ["sh", "-c", text] if language == "curl" else [sys.executable, "-c", text]
    subprocess.run(command, check=True, capture_output=True, env={"TOKEN": "secret", "PATH": "/usr/bin:/bin"})

    method, path, headers, sent = recorder.seen[0]
    assert (method, path, sent) == ("POST", "/api/v1/x%20y?a=b&c", body or b"")
    assert headers["x-odd"] == "a 'b' \"c\" $d"
    assert headers["content-type"] == "text/plain"
    assert headers["authorization"] == "Bearer secret"
    assert "secret" not in text


def test_keeps_the_start_of_long_bodies() -> None:
    exchange = Exchange("x", "GET", "http://hub/")
    for _ in range(3):
        exchange.received(bytes(KEEP // 2))
    assert (len(exchange.reply_body), exchange.reply_size) == (KEEP, KEEP // 2 * 3)


def test_tells_types_without_parameters() -> None:
    exchange = Exchange("x", "GET", "http://hub/", reply_headers=[("content-type", "Text/Plain; charset=utf-8")])
    assert exchange.media_type == "text/plain"
    assert Exchange("x", "GET", "http://hub/").media_type is None


def test_prints_any_body() -> None:
    assert printable(b"text") == "text"
    assert printable(b"\xff\xfe") == "ff fe"
    assert printable(b"x" * 5000).endswith("5000 bytes in all")
    assert printable("é".encode() * 2000, 5) == "éé\n... 4000 bytes in all"
    assert printable(b"a\n\tb") == "a\n\tb"
    assert printable("\0\r\x1b[2J\u202e".encode()) == r"\x00\r\x1b[2J\u202e"
