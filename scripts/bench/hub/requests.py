"""Requests a second over keep-alive connections: by wrk where it is installed, else by a load of our own."""

from __future__ import annotations

import re
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from scripts.bench.hub.wire import Base, BenchError

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from scripts.bench.hub.contenders import Contender
    from scripts.bench.hub.figures import Effort


def load_tool() -> str:
    """Name what makes the load."""
    return "wrk" if shutil.which("wrk") else "our own epoll loop (wrk is not installed)"


def requests_per_second(contender: Contender, path: str, connections: int, seconds: float) -> float:
    """Count how many GET requests of one path a Hub answers in a second.

    Args:
        contender: The Hub.
        path: Below its API base.
        connections: Kept alive, each with one request under way at a time.
        seconds: How long to count.
    """
    if shutil.which("wrk"):
        return _with_wrk(contender.url + path, connections, seconds)
    return with_epoll(Base.of(contender.url), path, connections, seconds)


def measure(path: str, connections: int) -> _Measured:
    """Return what measures one path with so many connections."""
    return _Measured(path, connections)


class _Measured:
    def __init__(self, path: str, connections: int) -> None:
        self.path = path
        self.connections = connections

    def __call__(self, contender: Contender, effort: Effort) -> Sequence[float]:
        return [requests_per_second(contender, self.path, self.connections, effort.seconds)]


def _with_wrk(url: str, connections: int, seconds: float) -> float:
    # wrk counts whole seconds; one thread leaves the other processor to the Hub.
    duration = f"{max(1, round(seconds))}s"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{duration}", url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - fixed words, our URL
    found = re.search(r"Requests/sec:\s*([\d.]+)", out)
    if found is None or "Non-2xx" in out or "Socket errors" in out:
        raise BenchError(f"wrk met errors on {url}:\n{out}")
    return float(found.group(1))


def with_epoll(base: Base, path: str, connections: int, seconds: float) -> float:
    """Make the load in this process: the next request goes out when the whole reply to the last one is in.

    The length of a reply is learnt once, so every reply has to be as long as the first.
    """
    request = base.head("GET", path, {})
    length = _reply_length(base, request)
    sockets = [base.connect() for _ in range(connections)]
    try:
        return _drive(sockets, request, length, seconds)
    finally:
        for connection in sockets:
            connection.close()


def _reply_length(base: Base, request: bytes) -> int:
    with base.connect() as connection:
        # Where the reply to the second request begins, the first one ends.
        connection.sendall(request * 2)
        got = b""
        while got.count(b"HTTP/1.1 ") < 2:
            piece = connection.recv(65536)
            if not piece:
                raise BenchError("the Hub closed a connection that should be kept alive")
            got += piece
    if not got.startswith(b"HTTP/1.1 200 "):
        raise BenchError(f"no 200 but {got[:100]!r}")
    return got.index(b"HTTP/1.1 ", 1)


def _drive(sockets: list[socket.socket], request: bytes, length: int, seconds: float) -> float:
    waiting = {connection.fileno(): connection for connection in sockets}
    missing = dict.fromkeys(waiting, length)
    with select.epoll() as poll:
        for number, connection in waiting.items():
            poll.register(number, select.EPOLLIN)
            connection.sendall(request)
        replies = 0
        begin = time.perf_counter()
        while time.perf_counter() - begin < seconds:
            for number, _ in poll.poll(1):
                replies += _next(waiting[number], number, missing, request, length)
        return replies / (time.perf_counter() - begin)


def _next(connection: socket.socket, number: int, missing: dict[int, int], request: bytes, length: int) -> int:
    got = len(connection.recv(65536))
    if got == 0 or got > missing[number]:
        raise BenchError("a reply was cut off, or longer than the first one")
    missing[number] -= got
    if missing[number]:
        return 0
    missing[number] = length
    connection.sendall(request)
    return 1
