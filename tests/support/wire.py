"""HTTP by hand, for what a well-behaved client would not do."""

from __future__ import annotations

import contextlib
import json
import socket
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.hub_process import HubProcess

TIMEOUT = 10.0


class Reply(NamedTuple):
    """A reply, taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Wire:
    """A connection to a Hub that sends what it is told to."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self._buffer = b""

    def send(self, data: bytes | str) -> None:
        """Send as it is; text gets the line ends of HTTP."""
        self.socket.sendall(data.replace("\n", "\r\n").encode() if isinstance(data, str) else data)

    def read_until(self, mark: bytes) -> bytes:
        """Everything up to a mark and with it."""
        while mark not in self._buffer:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError(f"closed before {mark!r}, after {self._buffer!r}")
            self._buffer += data
        found, _, self._buffer = self._buffer.partition(mark)
        return found + mark

    def read_exactly(self, size: int) -> bytes:
        """So many bytes."""
        while len(self._buffer) < size:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError(f"closed after {self._buffer!r}")
            self._buffer += data
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found

    def read_head(self) -> tuple[int, dict[str, str]]:
        """Status and headers of the next reply."""
        status_line, *lines = self.read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")[:-2]
        headers = dict(line.split(": ", 1) for line in lines)
        return int(status_line.split()[1]), {name.lower(): value for name, value in headers.items()}

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
            self._buffer += data
            return not self._buffer
        return True


@contextlib.contextmanager
def connect(hub: HubProcess) -> Iterator[Wire]:
    """A connection to a Hub."""
    with socket.create_connection((hub.host, hub.port), timeout=TIMEOUT) as connection:
        yield Wire(connection)
