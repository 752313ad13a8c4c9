"""Calls to the Hubs that are measured, which cost little beside what is timed."""

from __future__ import annotations

import http.client
import json
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scripts.servers.wire import Wire, head

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

BUFFER = 1 << 20
TIMEOUT = 60.0
# Both Hubs close a connection that was idle for 5 seconds; a call must not meet that.
KEPT_ALIVE = 2.0


class BenchError(Exception):
    """A Hub did not do what is being timed; the figure would be worth nothing."""


@dataclass(frozen=True)
class Base:
    """An API base, taken apart for sockets."""

    host: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Take apart `http://HOST:PORT/PATH`."""
        parts = urlsplit(url)
        if parts.hostname is None or parts.port is None:
            raise ValueError(f"an API base with a host and a port is needed, not {url}")
        return cls(parts.hostname, parts.port, parts.path)

    def head(self, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        """Write the head of a request."""
        return head(method, self.path + path, {"Host": f"{self.host}:{self.port}", **headers})

    def connect(self) -> socket.socket:
        """Open a connection that sends at once what it is given."""
        connection = socket.create_connection((self.host, self.port), timeout=TIMEOUT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def open(self, method: str, path: str, headers: Mapping[str, str]) -> Wire:
        """Open a connection and send the head of a request on it."""
        wire = Wire(self.connect())
        wire.send(self.head(method, path, headers))
        return wire


def expect(wire: Wire, *statuses: int) -> None:
    """Read the head of a reply that must have one of the statuses; what has come of its body is in `wire.rest`."""
    try:
        status, _ = wire.read_head()
    except EOFError as error:
        raise BenchError(f"no reply: {error}") from None
    if status not in statuses:
        raise BenchError(f"status {status} instead of {' or '.join(map(str, statuses))}")


class Api:
    """One keep-alive connection for the calls around what is timed."""

    def __init__(self, url: str) -> None:
        self.base = Base.of(url)
        self._connection = http.client.HTTPConnection(self.base.host, self.base.port, timeout=TIMEOUT)
        self._last_used = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def send(self, method: str, path: str, body: bytes | None = None, content_type: str = "application/json") -> int:
        """Make a call and return its status alone."""
        return self.exchange(method, path, body, content_type)[0]

    def call(self, method: str, path: str, body: bytes | None = None, content_type: str = "application/json") -> Any:
        """Make a call that must succeed and return its JSON."""
        status, reply = self.exchange(method, path, body, content_type)
        if status >= 300:
            raise BenchError(f"{method} {path} was answered {status}: {reply[:300]!r}")
        return json.loads(reply) if reply else None

    def exchange(
        self, method: str, path: str, body: bytes | None = None, content_type: str = "application/json"
    ) -> tuple[int, bytes]:
        """Make a call and return its status and body."""
        if time.monotonic() - self._last_used > KEPT_ALIVE:
            self._connection.close()
        # The second header lets our Hub delete a Sequence with Instances; STH needs the first one for it.
        headers = {"Content-Type": content_type, "x-seq-kill-inst": "true"}
        self._connection.request(method, self.base.path + path, body, headers)
        reply = self._connection.getresponse()
        content = reply.read()
        self._last_used = time.monotonic()
        return reply.status, content
