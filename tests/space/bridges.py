"""A bridge: takes a real Hub into a Space by the tunnel's protocol, and says of it what a test wants said."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

from scramjet_serving.access import cnonce
from scramjet_serving.mux.mux import Mux

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType
    from typing import Self

    from tests.support.hub_process import HubProcess
    from tests.support.platform_process import PlatformProcess

STANDING = b"POST /api/v1/platform "
LOAD = {"avgLoad": 1, "currentLoad": 1, "memFree": 1, "memUsed": 1, "fsSize": []}
PATIENCE = 60


class Refused(Exception):  # noqa: N818 - states what happened
    """The Space does not let the Hub in; has the status line."""


class Bridge:
    """A Hub in a Space; use as a context manager.

    Args:
        platform: The Platform.
        hub: The Hub that answers; without, nothing does.
        hub_id: The id that it claims.
        key: The access key.
        space: The Space.
        proof: A proof to send instead of a fresh one of the key.

    Attributes:
        heard: The messages of the Space.
        lost: Set when the connection is lost.
    """

    def __init__(
        self,
        platform: PlatformProcess,
        hub: HubProcess | None = None,
        hub_id: str = "bridged",
        key: str = "",
        space: str = "space-1",
        proof: str = "",
    ) -> None:
        self._address = (platform.host, platform.port)
        self._hub = hub
        headers = [f"CONNECT /api/v1//{space}/ HTTP/1.1", "host: space", f"x-sth-id: {hub_id}", 'x-sth-tags: ["a"]']
        if key or proof:
            headers.append(f'authorization: Digest cnonce="{proof or cnonce.make(key)}"')
        self._head = "\r\n".join([*headers, "", ""]).encode()
        self.heard: list[Any] = []
        self.lost = threading.Event()
        self.standing: asyncio.Transport | None = None
        self._stands = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._mux: Mux | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._join())
            assert self._stands.wait(PATIENCE)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._mux is not None and not self._mux.lost:
            self._loop.call_soon_threadsafe(self._mux.close, "The test ends")
            assert self.lost.wait(PATIENCE)
        self._end()

    def _end(self) -> None:
        async def rest() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(0)

        self._run(rest())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _join(self) -> None:
        reader, writer = await asyncio.open_connection(*self._address)
        writer.write(self._head)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 202 "):
            writer.close()
            raise Refused(head.partition(b"\r\n")[0].decode())
        self._writer = writer  # which would close the connection if nobody had it
        self._mux = Mux(lambda: _Channel(self), on_lost=lambda _reason: self.lost.set())
        assert isinstance(writer.transport, asyncio.Transport)
        writer.transport.set_protocol(self._mux)
        self._mux.connection_made(writer.transport)

    def say(self, code: int, payload: Any) -> None:
        """Send a message to the Space."""

        def send() -> None:
            assert self.standing is not None
            line = json.dumps([code, payload]).encode() + b"\n"
            self.standing.write(b"%x\r\n%b\r\n" % (len(line), line))

        self._loop.call_soon_threadsafe(send)

    def stands(self, transport: asyncio.Transport) -> None:
        """Take the channel of the messages."""
        self.standing = transport
        transport.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        self.say(7001, LOAD)
        self._stands.set()

    def take(self, data: bytes) -> None:
        """Take what the Space says, chunk sizes and all."""
        for line in data.splitlines():
            if line.startswith(b"["):
                self.heard.append(json.loads(line))

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the Hub."""
        if self._hub is None:
            raise ConnectionError("there is no Hub")
        return await asyncio.open_connection(self._hub.host, self._hub.port)


class _Channel(asyncio.Protocol):
    """A channel that the Space has opened."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._begun = b""
        self._is_standing = False
        self._incoming: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._is_standing:
            self._bridge.take(data)
            return
        if self._task is None:
            if data.startswith(STANDING):
                self._is_standing = True
                self._bridge.stands(self._transport)
                self._bridge.take(data)
                return
            self._task = asyncio.get_running_loop().create_task(self._carry())
        self._incoming.put_nowait(data)

    def eof_received(self) -> bool:
        self._incoming.put_nowait(None)
        return True

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _carry(self) -> None:
        try:
            reader, writer = await self._bridge.open()
        except OSError:
            self._transport.close()
            return
        back = asyncio.get_running_loop().create_task(self._back(reader))
        try:
            while (data := await self._incoming.get()) is not None:
                writer.write(data)
                await writer.drain()
            await back
        finally:
            back.cancel()
            writer.transport.abort()

    async def _back(self, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(65536):
            self._transport.write(data)
        self._transport.close()
