"""HTTP servers that misbehave on demand, in a thread of their own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections import defaultdict, deque
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import psutil

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable
    from typing import Self

PATIENCE = 10.0
"""Seconds after which something that should happen is said not to."""


class Crowded:
    """A server that no more connections get through to, until it admits them.

    Attributes:
        url: Its API base.
    """

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=0)
        self._port = self._listening.getsockname()[1]
        self._admitted: list[socket.socket] = []
        self._crowd: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._port}/api/v1"
        while not self._full():
            pass

    def _full(self) -> bool:
        self._crowd.append(socket.socket())
        self._crowd[-1].settimeout(0.1)
        try:
            self._crowd[-1].connect(("127.0.0.1", self._port))
        except TimeoutError:
            self._crowd.pop().close()
            return True
        return False

    @property
    def waiting(self) -> bool:
        """Whether somebody waits to get through."""
        connections = psutil.Process().net_connections("tcp4")
        return any(item.status == psutil.CONN_SYN_SENT and item.raddr.port == self._port for item in connections)

    def admit(self) -> None:
        """Let the next connections through."""
        for _ in self._crowd:
            self._admitted.append(self._listening.accept()[0])

    def nothing_was_asked(self) -> bool:
        """Whether all who got through have left, without a word."""
        self._listening.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                self._admitted.append(self._listening.accept()[0])
        newcomers = self._admitted[len(self._crowd) :]
        for newcomer in newcomers:
            newcomer.setblocking(False)
        try:
            return bool(newcomers) and [newcomer.recv(1) for newcomer in newcomers] == [b""] * len(newcomers)
        except BlockingIOError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in (self._listening, *self._crowd, *self._admitted):
            connection.close()


class Request(NamedTuple):
    """The head of a request."""

    method: str
    target: str
    headers: dict[str, str]


class Peer:
    """A client, seen from the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self._length: int | None = 0

    async def request(self) -> Request:
        """Read the head of a request."""
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:-2])}
        chunked = headers.get("transfer-encoding") == "chunked"
        self._length = None if chunked else int(headers.get("content-length", 0))
        return Request(method, target, headers)

    async def chunk(self) -> bytes:
        """Read a chunk of a chunked request body; empty at its end."""
        size = int(await self.reader.readuntil(b"\r\n"), 16)
        return (await self.reader.readexactly(size + 2))[:-2]

    async def body(self) -> bytes:
        """Read the body of the request."""
        if self._length is not None:
            return await self.reader.readexactly(self._length)
        chunks = []
        while chunk := await self.chunk():
            chunks.append(chunk)
        return b"".join(chunks)

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def send_reply(self, status: int = 200, body: bytes = b"{}", **headers: str) -> None:
        """Send a whole reply; an underscore in a header's name stands for a dash."""
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        await self.send(f"HTTP/1.1 {status} Why\r\ncontent-length: {len(body)}\r\n{lines}\r\n".encode() + body)

    async def begin_chunked(self) -> None:
        """Send the head of a reply that comes in chunks."""
        await self.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")

    async def send_chunk(self, data: bytes) -> None:
        """Send a chunk; an empty one is the end."""
        await self.send(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def closed(self) -> None:
        """Wait until the client has gone."""
        with contextlib.suppress(ConnectionError):
            while await self.reader.read(65536):
                pass

    def reset(self) -> None:
        """Break the connection off, so that what is under way is lost."""
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


class Server:
    """A server that hands each connection to a script; one connection may carry several requests.

    Args:
        script: What to do with a connection; it is closed afterwards.
        tls: How to encrypt.
        listening: The socket to accept connections from, instead of one of its own.

    Attributes:
        requests: The requests, in the order in which they came. Scripts record them with `record`.
        bodies: What was uploaded, likewise.
        connections: How many connections there have been.
        open: How many are open.
        counted: Bytes that a script has sent.
        told: Set by `tell`, for scripts to wait for.
        queues: What goes from one connection to others, by name.
        errors: What went wrong in scripts, other than connections that broke.
    """

    def __init__(
        self,
        script: Callable[[Server, Peer], Awaitable[None]],
        *,
        tls: ssl.SSLContext | None = None,
        listening: socket.socket | None = None,
    ) -> None:
        self.requests: list[Request] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.open = 0
        self.counted = 0
        self.told = asyncio.Event()
        self.queues: defaultdict[str, asyncio.Queue[bytes]] = defaultdict(asyncio.Queue)
        self.errors: deque[BaseException] = deque()
        self._script = script
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="server")
        self._scripts: set[asyncio.Task[None]] = set()
        self._thread.start()
        # A small buffer, so that a client that sends too much is held up after little.
        self._listening = listening or socket.create_server(("127.0.0.1", 0), backlog=200)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
        self._listening.setblocking(False)
        host, port = self._listening.getsockname() if listening is None else ("unix", 0)
        self.url = f"{'https' if tls else 'http'}://{host}:{port}/api/v1"
        self._loop.call_soon_threadsafe(self._loop.add_reader, self._listening, self._accept)

    def _accept(self) -> None:
        # Neither `asyncio.start_server` nor `sock_accept`: ended at the wrong moment, both forget a connection that has
        # just been accepted, and leak it.
        connected, _ = self._listening.accept()
        connected.setblocking(False)
        task = self._loop.create_task(self._serve(connected))
        self._scripts.add(task)
        task.add_done_callback(partial(self._forget, connected))

    def _forget(self, connected: socket.socket, task: asyncio.Task[None]) -> None:
        # A task that is stopped before it begins does not even get to its `finally`.
        connected.close()
        self._scripts.discard(task)

    async def _serve(self, connected: socket.socket) -> None:
        self.connections += 1
        self.open += 1
        writer = None
        try:
            reader = asyncio.StreamReader()
            protocol = asyncio.StreamReaderProtocol(reader)
            transport, _ = await self._loop.connect_accepted_socket(lambda: protocol, connected, ssl=self._tls)
            writer = asyncio.StreamWriter(transport, protocol, reader, self._loop)
            await self._script(self, Peer(reader, writer))
            writer.close()
            await writer.wait_closed()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        except BaseException as error:
            self.errors.append(error)
            raise
        finally:
            self.open -= 1
            if writer is not None:
                writer.transport.abort()

    async def record(self, peer: Peer) -> Request:
        """Read a request and note it."""
        request = await peer.request()
        self.requests.append(request)
        return request

    def tell(self) -> None:
        """Let scripts go on that wait to be told."""
        self._loop.call_soon_threadsafe(self.told.set)

    def stop(self) -> None:
        """Stop, and check that no script failed."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        assert not self.errors, self.errors

    async def _stop(self) -> None:
        self._loop.remove_reader(self._listening)
        self._listening.close()
        # The transports end in the next turns of the loop.
        for _ in range(5):
            for task in self._scripts:
                task.cancel()
            await asyncio.sleep(0)
        if self._scripts:
            await asyncio.wait(self._scripts)
        await asyncio.sleep(0)
