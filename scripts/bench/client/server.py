"""A server that does as little as it can, so that the clients are what is measured.

`GET /bytes/N` gives N bytes, `GET /records/N` N records, both in chunks of 64 KiB; any other request is read to its
end. It prints its port, and serves until it is killed.
"""

from __future__ import annotations

import asyncio

import uvloop

CHUNK = 1 << 16
END = b"0\r\n\r\n"
DONE = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
BEGUN = b"HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ntransfer-encoding: chunked\r\n\r\n"
RECORD = b'{"name": "a record like many others", "number": 12345, "ok": true}\n'


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._head = b""
        self._left: int | None = 0
        self._tail = b""
        self._room = asyncio.Event()
        self._room.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment] # TCP gives this kind

    def pause_writing(self) -> None:
        """Wait for the client."""
        self._room.clear()

    def resume_writing(self) -> None:
        """Go on."""
        self._room.set()

    def data_received(self, data: bytes) -> None:
        """Read a head, or throw a body away."""
        if self._left == 0:
            self._head += data
            if b"\r\n\r\n" not in self._head:
                return
            head, _, data = self._head.partition(b"\r\n\r\n")
            self._head = b""
            self._begin(head)
        if self._left is None:
            self._tail = (self._tail + data)[-len(END) :]
            if self._tail == END:
                self._finish()
        elif self._left:
            self._left = max(self._left - len(data), 0)
            if not self._left:
                self._finish()

    def _begin(self, head: bytes) -> None:
        first, *lines = head.lower().split(b"\r\n")
        method, target, _ = first.split(b" ")
        headers = dict(line.split(b": ", 1) for line in lines)
        if method == b"get":
            kind, count = target.split(b"/")[-2:]
            piece = b"\0" if kind == b"bytes" else RECORD
            at_once = CHUNK // len(piece)
            number, rest = divmod(int(count), at_once)
            self._sending = asyncio.ensure_future(self._give(piece * at_once, number, piece * rest))
        elif headers.get(b"transfer-encoding") == b"chunked":
            self._left, self._tail = None, b""
        else:
            self._left = int(headers.get(b"content-length", 0))
            if not self._left:
                self._finish()

    async def _give(self, unit: bytes, number: int, rest: bytes) -> None:
        chunk = _chunk(unit)
        self._transport.write(BEGUN)
        for _ in range(number):
            self._transport.write(chunk)
            await self._room.wait()
        self._transport.write((_chunk(rest) if rest else b"") + END)

    def _finish(self) -> None:
        self._left = 0
        self._transport.write(DONE)


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


async def serve() -> None:
    """Serve on a free port."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
