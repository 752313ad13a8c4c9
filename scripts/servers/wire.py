"""HTTP/1.1 by hand, for what a well-behaved client would not do, and for loads that have to cost little.

`scramjet_contract.wire` is apart: it is installed without this repository, and speaks TLS and with proxies.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from scripts.servers.hub import HubServer

TIMEOUT = 10.0
LAST_CHUNK = b"0\r\n\r\n"


def head(method: str, target: str, headers: Mapping[str, str]) -> bytes:
    """Write the head of a request."""
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(data: bytes) -> bytes:
    """Write a chunk of a body; an empty one ends it."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def reset_on_close(connection: socket.socket) -> None:
    """Have the other side see a reset when the connection is closed, and not its end."""
    # Lingering for no time makes the kernel send a reset.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Reply(NamedTuple):
    """A reply, taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Wire:
    """A connection that sends what it is told to; closed at the end of a `with` block.

    Args:
        connection: The socket, connected.

    Attributes:
        socket: The same.
        rest: What has come and was not read yet.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes | str) -> None:
        """Send as it is; text gets the line ends of HTTP."""
        self.socket.sendall(data.replace("\n", "\r\n").encode() if isinstance(data, str) else data)

    def read_until(self, mark: bytes) -> bytes:
        """Everything up to a mark and with it.

        Raises:
            EOFError: The connection ended before.
        """
        while mark not in self.rest:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError(f"closed before {mark!r}, after {self.rest!r}")
            self.rest += data
        found, _, self.rest = self.rest.partition(mark)
        return found + mark

    def read_exactly(self, size: int) -> bytes:
        """So many bytes.

        Raises:
            EOFError: The connection ended before.
        """
        while len(self.rest) < size:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError(f"closed after {self.rest!r}")
            self.rest += data
        found, self.rest = self.rest[:size], self.rest[size:]
        return found

    def read_head(self) -> tuple[int, dict[str, str]]:
        """Status and headers of the next reply; the names in small letters.

        Raises:
            EOFError: The connection ended before.
        """
        status_line, *lines = self.read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")[:-2]
        headers = dict(line.split(":", 1) for line in lines)
        return int(status_line.split()[1]), {name.lower(): value.strip() for name, value in headers.items()}

    def read_chunk(self) -> bytes:
        """The next chunk of a chunked body; empty at its end."""
        size = int(self.read_until(b"\r\n").strip(), 16)
        return self.read_exactly(size + 2)[:-2]

    def read_reply(self) -> Reply:
        """A whole reply."""
        status, headers = self.read_head()
        if headers.get("transfer-encoding") == "chunked":
            return Reply(status, headers, b"".join(iter(self.read_chunk, b"")))
        return Reply(status, headers, self.read_exactly(int(headers.get("content-length", 0))))

    def at_end(self) -> bool:
        """Whether the Hub has closed the connection and everything was read."""
        with contextlib.suppress(ConnectionResetError):
            data = self.socket.recv(65536)
            self.rest += data
            return not self.rest
        return True


@contextlib.contextmanager
def connect(hub: HubServer) -> Iterator[Wire]:
    """A connection to a Hub."""
    with Wire(socket.create_connection((hub.host, hub.port), timeout=TIMEOUT)) as wire:
        yield wire
