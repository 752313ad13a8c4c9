"""Rubbish on the wire: the Hub replies in HTTP or closes the connection, and serves on."""

from __future__ import annotations

import random
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.support.fuzzing import THOROUGHNESS
from tests.support.hub_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.hub_process import HubProcess

TARGETS = [
    b"/api/v1/version",
    b"/api/v1/sequences?x=1&x",
    b"/api/v1/sequence/%41%2f%00",
    b"/api/v1/sequence",
    b"/api/v1/sequence/x/start",
    b"/api/v1/topics",
    b"/api/v1/instance/x/_stop",
    b"/api/v1/instance/x/inout",
    b"/api/v1/../../etc/passwd",
    b"//",
    b"*",
    b"http://elsewhere/api/v1/version",
    b"/api/v1/" + b"x" * 300,
    b"/\xff\xfe",
    b"/api/v1/version#x",
]
METHODS = [b"GET", b"POST", b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"PATCH", b"TRACE", b"CONNECT", b"get", b"BREW"]
HEADERS = [
    b"Content-Length: 10",
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999",
    b"Content-Length: 0x10",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: chunked, gzip",
    b"Transfer-Encoding : chunked",
    b"Content-Type: application/json",
    b"Content-Type: application/octet-stream",
    b"Content-Type: multipart/form-data; boundary=x",
    b"Content-Type: \xff\xfe",
    b"Expect: 100-continue",
    b"Expect: the unexpected",
    b"Connection: close",
    b"Connection: keep-alive, upgrade",
    b"Upgrade: websocket",
    b"Authorization: Bearer \xff",
    b"x-name: \xc5\x82",
    b"x-seq-kill-inst: maybe",
    b"x-end-stream: undefined",
    b"Host:",
    b" folded: x",
    b"no colon",
    b": no name",
    b"a" * 5000 + b": x",
]
BODIES = [
    b"",
    b"{}",
    b"0123456789",
    b"[" * 500,
    b"a\r\n0123456789\r\n0\r\n\r\n",
    b"5\r\nhello\r\n",
    b"zz\r\n",
    b"fffffffffffffffff\r\n",
    b"5;" + b"x" * 3000 + b"\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
    b"--x\r\n\r\n--x--",
    b"\x1f\x8b\x08\x00" + b"\0" * 50,
]
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


def odd_request(choice: random.Random) -> bytes:
    """A request that may be right, and most often is not."""
    if choice.random() < 0.1:
        return choice.randbytes(choice.randrange(1, 2000))
    version = choice.choice([b"HTTP/1.1"] * 6 + [b"HTTP/1.0", b"HTTP/3"])
    line = b" ".join([choice.choice(METHODS), choice.choice(TARGETS), version])
    headers = choice.sample(HEADERS, choice.choice([0, 1, 1, 2, 3, 6]))
    if choice.random() < 0.95:
        headers.append(b"Host: localhost")
    request = b"\r\n".join([line, *headers, b"", choice.choice(BODIES)])
    if choice.random() < 0.3:
        position = choice.randrange(len(request))
        request = request[:position] + choice.randbytes(choice.randrange(1, 5)) + request[position + 1 :]
    return request


def converse(hub: HubProcess, seed: int) -> list[bytes]:
    """Send odd requests over one connection, in odd pieces, and end it in an odd way; the statuses that came."""
    choice = random.Random(seed)  # noqa: S311 - the same rubbish each time is what is wanted
    data = b"".join(odd_request(choice) for _ in range(choice.randrange(1, 4)))
    received = b""
    with socket.create_connection((hub.host, hub.port), timeout=0.2) as connection:
        try:
            while data:
                size = choice.randrange(1, len(data) + 1)
                connection.sendall(data[:size])
                data = data[size:]
            if choice.random() < 0.6:
                connection.shutdown(socket.SHUT_WR)
            while choice.random() < 0.95 and (part := connection.recv(65536)):
                received += part
        except OSError:
            pass
    return STATUS.findall(received)


@pytest.mark.timeout(120 * THOROUGHNESS)
def test_rubbish_does_no_harm(start_hub: Callable[..., HubProcess]) -> None:
    last = 100 + 3000 * THOROUGHNESS
    hub = start_hub("--head-timeout", "2")
    process = psutil.Process(hub.process.pid)
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(lambda seed: converse(hub, seed), range(100)):
            pass
        descriptors, memory = process.num_fds(), process.memory_info().rss
        statuses = [
            status for found in pool.map(lambda seed: converse(hub, seed), range(100, last)) for status in found
        ]

    assert len(statuses) > 2000 * THOROUGHNESS
    # 501 and 505 say that the request asks for what is not supported; other 5xx would be failures of the Hub.
    assert {status[:1] for status in statuses if status not in (b"501", b"505")} <= {b"1", b"2", b"4"}
    assert {b"400", b"404", b"405", b"415", b"422"} <= set(statuses)
    assert "ERROR" not in hub.stderr
    with hub.client() as client:
        assert client.get("/version").status_code == 200
    # Nothing of all that stays: no connection, no memory, no file.
    assert wait_until(lambda: process.num_fds() <= descriptors, 10)
    assert process.memory_info().rss - memory < 20_000_000
    assert not list((hub.data_dir / "work").iterdir())


@pytest.mark.parametrize("content_type", ["application/octet-stream", "multipart/form-data; boundary=x"])
def test_uploads_of_rubbish_leave_nothing(api: httpx.Client, hub: HubProcess, content_type: str) -> None:
    choice = random.Random(5)  # noqa: S311 - as above
    for _ in range(50):
        body = choice.choice(BODIES) + choice.randbytes(choice.randrange(5000)) + choice.choice(BODIES)
        reply = api.post("/sequence", content=body, headers={"content-type": content_type})
        assert reply.status_code == 422
    assert not list((hub.data_dir / "sequences").iterdir())
    assert not list((hub.data_dir / "work").iterdir())
